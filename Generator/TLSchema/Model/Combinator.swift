/// A constructor or a function: a number, fields in the order of the wire, and a result.
public struct Combinator: Sendable, Hashable {
    /// Which section of the schema it stands in.
    public enum Kind: Sendable, Hashable {
        /// Builds a value of a type.
        case constructor
        /// Is called, and answered with a value of its result.
        case function
    }

    /// Section.
    public let kind: Kind
    /// As the schema spells it.
    public let name: QualifiedName
    /// The number that stands first on the wire.
    public let number: UInt32
    /// Names of type parameters, `["X"]` for `{X:Type}`.
    public let typeParameters: [String]
    /// Fields in the order of the wire, flags words included.
    public let fields: [Field]
    /// For a constructor `.boxed` of its type; for a function anything, `.generic("X")` for wrappers.
    public let result: TypeReference
    /// The line whose CRC32 the number usually is: see ``CanonicalLine``.
    public let canonicalLine: String
    /// Where its name is written.
    public let location: SourceLocation

    /// Creates a combinator from its parts.
    public init(
        kind: Kind,
        name: QualifiedName,
        number: UInt32,
        typeParameters: [String] = [],
        fields: [Field],
        result: TypeReference,
        canonicalLine: String,
        location: SourceLocation
    ) {
        self.kind = kind
        self.name = name
        self.number = number
        self.typeParameters = typeParameters
        self.fields = fields
        self.result = result
        self.canonicalLine = canonicalLine
        self.location = location
    }

    /// Eight hex digits, as schemas and logs write the number.
    public var numberText: String { hexNumber(number) }
}

/// Eight lower-case hex digits.
public func hexNumber(_ number: UInt32) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
}
