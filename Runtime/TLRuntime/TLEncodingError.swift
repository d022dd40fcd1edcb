/// Why a value cannot be put into bytes. Nothing is ever sent of such a value.
public enum TLEncodingError: Error, Sendable, Equatable {
    /// Fields that share one bit of a flags word must be present or absent together, and some are present.
    ///
    /// `fields` names the whole group as Swift spells it, separated by commas.
    case incompleteGroup(fields: String, of: String)
    /// A string or byte array is longer than the 16,777,215 bytes that its length prefix can express.
    case tooLong(byteCount: Int)
    /// A vector has more than 2,147,483,647 elements.
    case tooManyElements(count: Int)
}

extension TLEncodingError: CustomStringConvertible {
    /// One sentence that says what to change.
    public var description: String {
        switch self {
        case .incompleteGroup(let fields, let name):
            "the fields \(fields) of '\(name)' go together: set all of them or none"
        case .tooLong(let byteCount):
            "a string or byte array of \(byteCount) bytes is too long: the most is 16777215"
        case .tooManyElements(let count):
            "a vector of \(count) elements is too long: the most is 2147483647"
        }
    }
}
