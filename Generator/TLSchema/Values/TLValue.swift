/// A value as it stands on the wire, with the names that the schema gives its parts.
///
/// Nothing is lost in it: ``ValueEncoder`` makes the same bytes again, but for padding.
public indirect enum TLValue: Sendable {
    /// 32-bit signed integer.
    case int(Int32)
    /// 64-bit signed integer.
    case long(Int64)
    /// IEEE 754 binary64.
    case double(Double)
    /// 16 bytes, in the order of the wire.
    case int128([UInt8])
    /// 32 bytes, in the order of the wire.
    case int256([UInt8])
    /// The bytes of a `string`, which ought to be UTF-8 and sometimes are not.
    case string([UInt8])
    /// The bytes of a `bytes`.
    case bytes([UInt8])
    /// `boolTrue` or `boolFalse`.
    case bool(Bool)
    /// A flags word, with bits that no field knows as they came.
    case flags(UInt32)
    /// A presence bit that is set; it takes no bytes.
    case present
    /// Elements; `isBoxed` if the number of `Vector` stands before their count.
    case vector([TLValue], isBoxed: Bool)
    /// A constructor or function with its fields.
    case object(TLObject)
}

/// A constructor or function with the values of its fields.
public struct TLObject: Sendable {
    /// What it is.
    public let combinator: Combinator
    /// Whether its number stands before the fields.
    public let isBoxed: Bool
    /// One for each field of the combinator, in order; `nil` for an optional field that is absent.
    public let values: [TLValue?]

    /// Creates an object; `values` has one element for each field.
    public init(combinator: Combinator, isBoxed: Bool, values: [TLValue?]) {
        self.combinator = combinator
        self.isBoxed = isBoxed
        self.values = values
    }

    /// The value of the field with that name; `nil` if it is absent or there is no such field.
    public subscript(name: String) -> TLValue? {
        for (field, value) in zip(combinator.fields, values) where field.name == name { return value }
        return nil
    }
}

/// Numbers that the wire format itself defines.
enum WireNumber {
    static let boolTrue: UInt32 = 0x9972_75B5
    static let boolFalse: UInt32 = 0xBC79_9737
    static let vector: UInt32 = 0x1CB5_C415
}
