import Foundation
import MTProto
import TelegramAPI

/// What clients cost that are connected and do nothing.
struct IdleMeasurements {
    let facts: ServerFacts
    let count: Int

    func all() async throws -> [String: Double] {
        let empty = Self.residentBytes()
        let watch = Stopwatch()
        // The first one pays for threads and tables that all of them share.
        var senders = [try await connected()]
        let first = Self.residentBytes()
        for _ in 1..<count { senders.append(try await connected()) }
        let (seconds, cpu) = (watch.elapsed(), watch.processorTime())
        let last = Self.residentBytes()
        for sender in senders { await sender.disconnect() }
        return [
            "processMegabytes": empty / 1e6,
            "firstClientKilobytes": (first - empty) / 1e3,
            "clientKilobytes": (last - first) / 1e3 / Double(max(1, count - 1)),
            "connectMilliseconds": seconds * 1e3 / Double(count),
            "connectCPUMilliseconds": cpu * 1e3 / Double(count),
        ]
    }

    private func connected() async throws -> Sender {
        let sender = try facts.sender()
        try await sender.connect()
        _ = try await sender.call(TL.help.GetConfig())
        return sender
    }

    /// Linux only; zero elsewhere.
    private static func residentBytes() -> Double {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
        let fields = text.split(separator: " ")
        return fields.count > 1 ? (Double(fields[1]) ?? 0) * 4096 : 0
    }
}
