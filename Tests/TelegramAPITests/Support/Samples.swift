import TLSchema
import TelegramAPI
import TelegramTesting

/// Random encodings of everything that code is generated for.
struct Samples {
    /// So many constructors the schema of layer 228 has, not counting the three of `Bool` and `Vector`.
    static let constructorCount = 1642
    static let functionCount = 808

    private let combinators: [Combinator]
    private var sampler: ValueSampler

    init(of schema: Schema, seed: UInt64) {
        combinators = schema.constructors + schema.functions
        sampler = ValueSampler(schema: schema, seed: seed)
    }

    /// A new value of each constructor and each function.
    mutating func round(depth: Int) -> [(combinator: Combinator, bytes: [UInt8])] {
        combinators.map { ($0, sampler.bytes(of: $0, depth: depth)) }
    }
}

/// Decodes a constructor or a function with generated code and encodes it again.
func recoded(_ bytes: [UInt8], as kind: Combinator.Kind) throws -> [UInt8] {
    switch kind {
    case .constructor: try TL.object(decoding: bytes).encoded()
    case .function: try TL.function(decoding: bytes).encoded()
    }
}

/// Whether generated code reads the bytes as a constructor or function.
func decodes(_ bytes: [UInt8], as kind: Combinator.Kind) -> Bool {
    switch kind {
    case .constructor: (try? TL.object(decoding: bytes)) != nil
    case .function: (try? TL.function(decoding: bytes)) != nil
    }
}
