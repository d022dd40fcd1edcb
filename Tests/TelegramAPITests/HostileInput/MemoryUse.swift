import Foundation

/// What the process takes from the system, in bytes, as Linux tells; `nil` elsewhere.
enum MemoryUse {
    /// The most address space so far. Room that is reserved and never touched counts here, and nowhere else.
    static var addressSpacePeak: Int? { value(of: "VmPeak:") }

    /// The memory that is in use now.
    static var resident: Int? { value(of: "VmRSS:") }

    private static func value(of key: String) -> Int? {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix(key) }),
            let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
        else { return nil }
        return kilobytes << 10
    }
}
