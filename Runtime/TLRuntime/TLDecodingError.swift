/// Why a run of bytes is not the value it should be.
///
/// Offsets count from the first byte that was handed to the decoder. Decoding stops at the first problem, so the offset
/// is where the bytes stopped making sense, which is at or after the place where they went wrong.
public enum TLDecodingError: Error, Sendable, Equatable {
    /// The bytes end before the value does.
    case unexpectedEnd(needed: Int, left: Int, offset: Int)
    /// No constructor of the expected type has this number: the sender speaks another layer, or the bytes are damaged.
    case unknownConstructor(id: UInt32, expected: String, offset: Int)
    /// A vector announces more elements than the bytes that are left could hold, or a negative number of them.
    case invalidCount(count: Int, left: Int, offset: Int)
    /// Values are nested deeper than `limit` levels.
    case tooDeep(limit: Int, offset: Int)
    /// The value ended, and bytes are left over.
    case trailingBytes(count: Int, offset: Int)

    /// Where decoding stopped, in bytes from the start.
    public var offset: Int {
        switch self {
        case .unexpectedEnd(_, _, let offset), .unknownConstructor(_, _, let offset), .invalidCount(_, _, let offset),
            .tooDeep(_, let offset), .trailingBytes(_, let offset):
            offset
        }
    }
}

extension TLDecodingError: CustomStringConvertible {
    /// One sentence with the numbers of the case; never contains the bytes themselves.
    public var description: String {
        switch self {
        case .unexpectedEnd(let needed, let left, let offset):
            "the bytes end too early at offset \(offset): \(needed) more needed, \(left) left"
        case .unknownConstructor(let id, let expected, let offset):
            "unknown constructor 0x\(hexText(id)) at offset \(offset), where a value of type '\(expected)' was expected"
        case .invalidCount(let count, _, let offset) where count < 0:
            "a vector at offset \(offset) announces \(count) elements, which is fewer than none"
        case .invalidCount(let count, let left, let offset):
            "a vector at offset \(offset) announces \(count) elements, more than the \(left) bytes after it can hold"
        case .tooDeep(let limit, let offset):
            "values are nested deeper than \(limit) levels at offset \(offset)"
        case .trailingBytes(let count, let offset):
            "the value ends at offset \(offset), but the bytes go on: \(count) left"
        }
    }
}

/// Eight lower-case hex digits, as schemas write numbers of constructors.
func hexText(_ number: UInt32) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 8 - digits.utf8.count) + digits
}
