/// Why bytes are no value, with the place where that shows.
public struct ValueDecodingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was found in place of what was expected.
    public enum Reason: Sendable, Hashable {
        /// Fewer bytes are left than the value takes.
        case truncated(needed: Int, left: Int)
        /// No constructor or function of the schema has this number.
        case unknownNumber(UInt32)
        /// The schema has this number, but it cannot stand here.
        case unexpectedNumber(UInt32, name: QualifiedName)
        /// A vector says it has more elements than the bytes that are left can hold.
        case count(UInt32, left: Int)
        /// A string starts with 255, which no length does.
        case length
        /// Values are nested deeper than ``ValueDecoder/maximumDepth``.
        case depth
        /// A flags word that an optional field needs does not stand before it.
        case missingFlags(String)
        /// The type cannot be decoded by itself: a type parameter, or a constructor that no schema declares.
        case undecodable
    }

    /// What happened.
    public let reason: Reason
    /// Where, in bytes from the start.
    public let offset: Int
    /// What was expected there: a type, and the field that has it.
    public let expected: String

    /// `at byte 8: found the unknown number 0x12345678, expected InputPeer for 'messages.sendMessage.peer'`.
    public var description: String {
        "at byte \(offset): \(found), expected \(expected)"
    }

    private var found: String {
        switch reason {
        case .truncated(let needed, let left): "\(needed) bytes are needed, but \(left) are left"
        case .unknownNumber(let number): "found the unknown number 0x\(hexNumber(number))"
        case .unexpectedNumber(let number, let name): "found '\(name)' (0x\(hexNumber(number)))"
        case .count(let count, let left): "found a count of \(count), but \(left) bytes are left"
        case .length: "found 255, which is not the start of a length"
        case .depth: "values are nested deeper than \(ValueDecoder.maximumDepth) levels"
        case .missingFlags(let word): "the flags word '\(word)' does not stand before its field"
        case .undecodable: "found a type that cannot be decoded by itself"
        }
    }
}
