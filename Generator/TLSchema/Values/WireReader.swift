/// Reads scalars from bytes that nobody has checked.
struct WireReader {
    private let bytes: [UInt8]
    private(set) var offset = 0
    /// What is being read, for errors; set by the decoder before each value.
    var expectation = WireExpectation()

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var left: Int { bytes.count - offset }

    func failure(_ reason: ValueDecodingError.Reason, at offset: Int? = nil) -> ValueDecodingError {
        ValueDecodingError(reason: reason, offset: offset ?? self.offset, expected: expectation.description)
    }

    mutating func take(_ count: Int) throws(ValueDecodingError) -> ArraySlice<UInt8> {
        guard left >= count else { throw failure(.truncated(needed: count, left: left)) }
        defer { offset += count }
        return bytes[offset..<offset + count]
    }

    mutating func word() throws(ValueDecodingError) -> UInt32 {
        try take(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    mutating func longWord() throws(ValueDecodingError) -> UInt64 {
        try take(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// A `string` or `bytes`: length, content, padding up to a multiple of four.
    ///
    /// What the padding holds does not matter, nor does a short length in the long form: an inspector shows what came.
    mutating func content() throws(ValueDecodingError) -> [UInt8] {
        let start = offset
        let first = try take(1).first ?? 0
        var length = Int(first)
        if first == 254 {
            length = try take(3).reversed().reduce(0) { $0 << 8 | Int($1) }
        } else if first == 255 {
            throw failure(.length, at: start)
        }
        let content = try take(length)
        _ = try take((4 - (offset - start) % 4) % 4)
        return Array(content)
    }
}

/// What a reader is after, kept in parts: text is made of it only when reading fails.
struct WireExpectation {
    var type: TypeReference?
    var owner: QualifiedName?
    var field: String?

    var description: String {
        let wanted = type.map { "\($0.schemaText)" } ?? "a constructor or function"
        guard let owner, let field else { return wanted }
        return "\(wanted) for '\(owner).\(field)'"
    }
}

extension TypeReference {
    /// The type in the spelling of the schema; bare references as the name of the constructor behind `%`.
    var schemaText: String {
        switch self {
        case .int: "int"
        case .long: "long"
        case .double: "double"
        case .int128: "int128"
        case .int256: "int256"
        case .string: "string"
        case .bytes: "bytes"
        case .bool: "Bool"
        case .boxed(let name): name.description
        case .bare(let name): "%\(name)"
        case .vector(let element, let isBoxed): "\(isBoxed ? "Vector" : "vector")<\(element.schemaText)>"
        case .generic(let name): "!\(name)"
        }
    }
}
