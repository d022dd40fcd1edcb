/// Decodes the bytes of any constructor or function of a schema, with nothing but the schema at hand.
///
/// It trusts no byte: reads are bounds checked, vector counts are held against the bytes that are left, nesting is
/// limited. It is made for inspecting, not for speed.
public struct ValueDecoder: Sendable {
    /// Objects and vectors may be nested this deep.
    public static let maximumDepth = 64

    /// Elements that take no bytes at all, bare constructors without fields, may be so many in a vector.
    private static let maximumEmptyElements = 1024

    /// A value and how much stands behind it.
    public struct Result: Sendable {
        /// What the bytes start with.
        public let value: TLValue
        /// How many bytes follow the value.
        public let trailingCount: Int
    }

    private var byNumber: [UInt32: Combinator] = [:]
    private var constructorsByName: [QualifiedName: Combinator] = [:]

    /// Creates a decoder that knows several schemas; where two use a number or a name, the first one wins.
    public init(schemas: [Schema]) {
        for schema in schemas {
            for constructor in schema.types.lazy.flatMap(\.constructors) { add(constructor) }
            for constructor in schema.builtInConstructors { add(constructor) }
            for function in schema.functions where byNumber[function.number] == nil {
                byNumber[function.number] = function
            }
        }
    }

    private mutating func add(_ constructor: Combinator) {
        if byNumber[constructor.number] == nil { byNumber[constructor.number] = constructor }
        if constructorsByName[constructor.name] == nil { constructorsByName[constructor.name] = constructor }
    }

    /// The constructor or function with a number.
    public func combinator(numbered number: UInt32) -> Combinator? {
        byNumber[number]
    }

    /// Decodes a constructor or function, whichever number the bytes start with.
    ///
    /// A vector does not tell what it holds; ask for its type with ``decode(_:as:)``.
    public func decode(_ bytes: [UInt8]) throws(ValueDecodingError) -> Result {
        var reader = WireReader(bytes)
        let value = try anything(&reader)
        return Result(value: value, trailingCount: reader.left)
    }

    /// Decodes a value of a known type, such as the result of a function.
    ///
    /// For `.generic`, which stands for a whole function among fields, the bytes must be those of a function.
    public func decode(_ bytes: [UInt8], as type: TypeReference) throws(ValueDecodingError) -> Result {
        var reader = WireReader(bytes)
        reader.expectation.type = type
        let value = try value(of: type, &reader, depth: 0)
        return Result(value: value, trailingCount: reader.left)
    }

    private func anything(_ reader: inout WireReader) throws(ValueDecodingError) -> TLValue {
        let start = reader.offset
        let number = try reader.word()
        switch number {
        case WireNumber.boolTrue: return .bool(true)
        case WireNumber.boolFalse: return .bool(false)
        default:
            guard let combinator = byNumber[number] else { throw reader.failure(.unknownNumber(number), at: start) }
            return .object(try object(combinator, isBoxed: true, &reader, depth: 0))
        }
    }

    private func value(
        of type: TypeReference,
        _ reader: inout WireReader,
        depth: Int
    ) throws(ValueDecodingError) -> TLValue {
        switch type {
        case .int: return .int(Int32(bitPattern: try reader.word()))
        case .long: return .long(Int64(bitPattern: try reader.longWord()))
        case .double: return .double(Double(bitPattern: try reader.longWord()))
        case .int128: return .int128(Array(try reader.take(16)))
        case .int256: return .int256(Array(try reader.take(32)))
        case .string: return .string(try reader.content())
        case .bytes: return .bytes(try reader.content())
        case .bool: return .bool(try bool(&reader))
        case .boxed, .generic: return .object(try boxed(type, &reader, depth: depth))
        case .bare(let name):
            guard let constructor = constructorsByName[name] else { throw reader.failure(.undecodable) }
            return .object(try object(constructor, isBoxed: false, &reader, depth: depth))
        case .vector(let element, let isBoxed):
            return .vector(try vector(of: element, isBoxed: isBoxed, &reader, depth: depth), isBoxed: isBoxed)
        }
    }

    private func bool(_ reader: inout WireReader) throws(ValueDecodingError) -> Bool {
        let start = reader.offset
        let number = try reader.word()
        switch number {
        case WireNumber.boolTrue: return true
        case WireNumber.boolFalse: return false
        default: throw unexpected(number, reader, at: start)
        }
    }

    /// A value with its number: of a type, or for `!X` any function.
    private func boxed(
        _ type: TypeReference,
        _ reader: inout WireReader,
        depth: Int
    ) throws(ValueDecodingError) -> TLObject {
        let start = reader.offset
        let number = try reader.word()
        guard let combinator = byNumber[number] else { throw unexpected(number, reader, at: start) }
        let fits: Bool
        if case .generic = type {
            fits = combinator.kind == .function
        } else {
            fits = combinator.kind == .constructor && combinator.result == type
        }
        guard fits else { throw unexpected(number, reader, at: start) }
        return try object(combinator, isBoxed: true, &reader, depth: depth)
    }

    private func unexpected(_ number: UInt32, _ reader: WireReader, at offset: Int) -> ValueDecodingError {
        guard let known = byNumber[number] else { return reader.failure(.unknownNumber(number), at: offset) }
        return reader.failure(.unexpectedNumber(number, name: known.name), at: offset)
    }

    private func object(
        _ combinator: Combinator,
        isBoxed: Bool,
        _ reader: inout WireReader,
        depth: Int
    ) throws(ValueDecodingError) -> TLObject {
        guard depth < Self.maximumDepth else { throw reader.failure(.depth) }
        let outer = reader.expectation
        var words: [(name: String, bits: UInt32)] = []
        var values: [TLValue?] = []
        values.reserveCapacity(combinator.fields.count)
        for field in combinator.fields {
            reader.expectation = WireExpectation(type: field.type, owner: combinator.name, field: field.name)
            if let flag = field.flagBit {
                guard let word = words.last(where: { $0.name == flag.word }) else {
                    throw reader.failure(.missingFlags(flag.word))
                }
                guard word.bits >> UInt32(flag.bit) & 1 == 1 else {
                    values.append(nil)
                    continue
                }
            }
            switch field.content {
            case .flags:
                let bits = try reader.word()
                words.append((field.name, bits))
                values.append(.flags(bits))
            case .presence:
                values.append(.present)
            case .value(let type, _):
                values.append(try value(of: type, &reader, depth: depth + 1))
            }
        }
        reader.expectation = outer
        return TLObject(combinator: combinator, isBoxed: isBoxed, values: values)
    }

    private func vector(
        of element: TypeReference,
        isBoxed: Bool,
        _ reader: inout WireReader,
        depth: Int
    ) throws(ValueDecodingError) -> [TLValue] {
        guard depth < Self.maximumDepth else { throw reader.failure(.depth) }
        if isBoxed {
            let start = reader.offset
            let number = try reader.word()
            guard number == WireNumber.vector else { throw unexpected(number, reader, at: start) }
        }
        let start = reader.offset
        let count = try reader.word()
        // A count is believed only as far as the bytes that are left can bear it, so that four bytes cannot make the
        // decoder reserve gigabytes.
        let size = minimumSize(of: element, depth: depth)
        let limit = size == 0 ? Self.maximumEmptyElements : reader.left / size
        guard Int(count) <= limit else { throw reader.failure(.count(count, left: reader.left), at: start) }
        let outer = reader.expectation
        var values: [TLValue] = []
        values.reserveCapacity(Int(count))
        for _ in 0..<count {
            reader.expectation.type = element
            values.append(try value(of: element, &reader, depth: depth + 1))
        }
        reader.expectation = outer
        return values
    }

    private func minimumSize(of type: TypeReference, depth: Int) -> Int {
        switch type {
        case .int, .string, .bytes, .bool, .boxed, .generic, .vector(_, isBoxed: false): return 4
        case .long, .double, .vector(_, isBoxed: true): return 8
        case .int128: return 16
        case .int256: return 32
        case .bare(let name):
            guard depth < Self.maximumDepth, let constructor = constructorsByName[name] else { return 0 }
            return constructor.fields.reduce(0) { sum, field in
                switch field.content {
                case .flags: sum + 4
                case .value(let type, when: nil): sum + minimumSize(of: type, depth: depth + 1)
                case .presence, .value: sum
                }
            }
        }
    }
}
