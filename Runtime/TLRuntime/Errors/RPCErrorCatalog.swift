/// The known error names of a schema and the class of each; generated code holds one.
public struct RPCErrorCatalog: Sendable {
    /// A known name (upper case, with `%d` where a number stands), what it means (may be empty, and `%d` stands for the
    /// number there, too), and its class.
    public typealias Entry = (name: StaticString, explanation: StaticString, type: RPCError.Type)

    /// By upper-case name; the mark for a number is `%D` there.
    private let entries: [String: Entry]

    /// Indexes the entries. Case does not matter, and of two entries with one name the later counts.
    public init(_ list: [Entry]) {
        var entries: [String: Entry] = [:]
        entries.reserveCapacity(list.count)
        for entry in list { entries[entry.name.description.uppercased()] = entry }
        self.entries = entries
    }

    /// The error for an answer of the server.
    ///
    /// Looks for the exact name, then for the name with one of its numbers taken out, then falls back to the family of
    /// the code, and for unknown codes to ``RPCError`` itself. A known name keeps the number that was taken out, any
    /// other the first number in it. Runs of more than 15 digits count as no number, so that callers can calculate with
    /// what they get, and only the first four numbers of a name are tried.
    /// - Parameters:
    ///   - code: As it came; its sign does not matter.
    ///   - name: As it came, `FLOOD_WAIT_42`.
    ///   - path: The requests that led to it, wrappers first; see ``TLFunction/path``.
    public func error(code: Int, name: String, path: [String] = []) -> RPCError {
        let upper = name.uppercased()
        if let entry = entries[upper] {
            return make(entry, code: code, name: name, value: nil, path: path)
        }
        let numbers = NumberInName.all(in: upper)
        for number in numbers {
            if let entry = entries[number.pattern] {
                return make(entry, code: code, name: name, value: number.value, path: path)
            }
        }
        return RPCError.family(ofCode: code).init(code: code, name: name, value: numbers.first?.value, path: path)
    }

    private func make(_ entry: Entry, code: Int, name: String, value: Int?, path: [String]) -> RPCError {
        var explanation = entry.explanation.utf8CodeUnitCount > 0 ? entry.explanation.description : nil
        if let value { explanation = explanation?.replacing("%d", with: "\(value)") }
        return entry.type.init(code: code, name: name, value: value, path: path, explanation: explanation)
    }
}

/// One run of digits in an upper-case error name, and the name with `%D` in its place.
private struct NumberInName {
    let value: Int
    let pattern: String

    /// Longer names exist only to do harm: no pattern is looked for in them.
    private static let longestName = 256
    /// So many digits can be multiplied by 60, or slept for, without a trap.
    private static let mostDigits = 15
    private static let mostNumbers = 4

    /// The numbers, from the left.
    static func all(in name: String) -> [NumberInName] {
        let bytes = Array(name.utf8.prefix(longestName + 1))
        guard bytes.count <= longestName else { return [] }
        var numbers: [NumberInName] = []
        var index = 0
        while index < bytes.count, numbers.count < mostNumbers {
            guard isDigit(bytes[index]) else {
                index += 1
                continue
            }
            let start = index
            while index < bytes.count, isDigit(bytes[index]) { index += 1 }
            guard index - start <= mostDigits else { continue }
            let value = bytes[start..<index].reduce(0) { $0 * 10 + Int($1 - 0x30) }
            let pattern = bytes[..<start] + Array("%D".utf8) + bytes[index...]
            numbers.append(NumberInName(value: value, pattern: String(decoding: pattern, as: UTF8.self)))
        }
        return numbers
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
