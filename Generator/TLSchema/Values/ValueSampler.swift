/// Makes the bytes of random values from a schema alone, the same ones for the same seed everywhere.
///
/// Property tests feed them to code that was generated from that schema, which must read them and write them again.
/// All values are canonical: zero padding, unused bits of flags words zero, shared bits honoured.
public struct ValueSampler: Sendable {
    /// Past so many bytes a value gets no more optional parts, so that no sample is huge.
    public static let comfortableSize = 16 << 10

    private let schema: Schema
    private let heights: ConstructorHeights
    private var random: SeededRandom

    /// Creates a sampler for the types and functions of a schema.
    public init(schema: Schema, seed: UInt64) {
        self.schema = schema
        heights = ConstructorHeights(schema)
        random = SeededRandom(seed: seed)
    }

    /// The bytes of a random value of a constructor or function, its number first.
    ///
    /// Down to `depth` levels of objects everything is random: constructors, presence bits, vectors of 0 to 3. Below,
    /// each type is written as its shallowest constructor, optional objects are absent and vectors empty.
    public mutating func bytes(of combinator: Combinator, depth: Int = 3) -> [UInt8] {
        var bytes: [UInt8] = []
        append(combinator, isBoxed: true, depth: depth, to: &bytes)
        return bytes
    }

    /// The bytes of a random value of a type. For `.generic` that is a whole function, as in a field `!X`.
    ///
    /// Of a type or constructor that the schema lacks nothing is written.
    public mutating func bytes(of type: TypeReference, depth: Int = 3) -> [UInt8] {
        var bytes: [UInt8] = []
        append(type, depth: depth, to: &bytes)
        return bytes
    }

    private func isFree(_ depth: Int, _ bytes: [UInt8]) -> Bool {
        depth > 0 && bytes.count < Self.comfortableSize
    }

    private mutating func append(_ combinator: Combinator, isBoxed: Bool, depth: Int, to bytes: inout [UInt8]) {
        if isBoxed { ValueEncoder.append(combinator.number, to: &bytes) }
        var words: [(name: String, bits: UInt32)] = []
        for field in combinator.fields {
            if let flag = field.flagBit {
                let bits = words.last { $0.name == flag.word }?.bits ?? 0
                guard bits >> UInt32(flag.bit) & 1 == 1 else { continue }
            }
            switch field.content {
            case .flags:
                let bits = presence(in: combinator, word: field.name, isFree: isFree(depth, bytes))
                words.append((field.name, bits))
                ValueEncoder.append(bits, to: &bytes)
            case .presence: break
            case .value(let type, _): append(type, depth: depth - 1, to: &bytes)
            }
        }
    }

    /// A random word of the bits that fields know. Where nothing is free, bits of objects and vectors stay zero.
    private mutating func presence(in combinator: Combinator, word: String, isFree: Bool) -> UInt32 {
        var known: UInt32 = 0
        var heavy: UInt32 = 0
        for field in combinator.fields {
            guard let flag = field.flagBit, flag.word == word else { continue }
            known |= 1 << UInt32(flag.bit)
            if let type = field.type, !type.isScalar { heavy |= 1 << UInt32(flag.bit) }
        }
        let bits: UInt32 =
            switch random.below(8) {
            case 0: 0
            case 1: ~0
            default: UInt32(truncatingIfNeeded: random.next())
            }
        return bits & (isFree ? known : known & ~heavy)
    }

    private mutating func append(_ type: TypeReference, depth: Int, to bytes: inout [UInt8]) {
        switch type {
        case .int: ValueEncoder.append(random.integer(UInt32.self), to: &bytes)
        case .long: ValueEncoder.append(random.integer(UInt64.self), to: &bytes)
        case .double: ValueEncoder.append(random.double().bitPattern, to: &bytes)
        case .int128: bytes += random.bytes(16)
        case .int256: bytes += random.bytes(32)
        case .string:
            let count = random.contentLength(isShort: !isFree(1, bytes))
            ValueEncoder.appendContent(random.text(count), to: &bytes)
        case .bytes:
            let count = random.contentLength(isShort: !isFree(1, bytes))
            ValueEncoder.appendContent(random.bytes(count), to: &bytes)
        case .bool:
            ValueEncoder.append(random.below(2) == 0 ? WireNumber.boolFalse : WireNumber.boolTrue, to: &bytes)
        case .boxed(let name):
            guard let type = schema.type(named: name) else { return }
            let choice = isFree(depth, bytes) ? random.below(type.constructors.count) : heights.shallowest(of: name)
            append(type.constructors[choice], isBoxed: true, depth: depth, to: &bytes)
        case .bare(let name):
            guard let constructor = schema.constructor(named: name) else { return }
            append(constructor, isBoxed: false, depth: depth, to: &bytes)
        case .vector(let element, let isBoxed):
            if isBoxed { ValueEncoder.append(WireNumber.vector, to: &bytes) }
            let count = isFree(depth, bytes) ? random.below(4) : 0
            ValueEncoder.append(UInt32(count), to: &bytes)
            for _ in 0..<count { append(element, depth: depth, to: &bytes) }
        case .generic:
            appendQuery(depth: depth, to: &bytes)
        }
    }

    private mutating func appendQuery(depth: Int, to bytes: inout [UInt8]) {
        // Functions that wrap another one would never come to an end where nothing is free.
        let isFree = isFree(depth, bytes)
        guard let choice = isFree ? random.below(schema.functions.count) : heights.shallowestFunction,
            schema.functions.indices.contains(choice)
        else { return }
        append(schema.functions[choice], isBoxed: true, depth: depth, to: &bytes)
    }
}

extension TypeReference {
    /// Whether values hold no objects and no vectors.
    fileprivate var isScalar: Bool {
        switch self {
        case .int, .long, .double, .int128, .int256, .string, .bytes, .bool: true
        case .boxed, .bare, .vector, .generic: false
        }
    }
}
