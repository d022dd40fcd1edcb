/// A constructor or function exactly as written, before any name is looked up.
public struct DeclarationSyntax: Sendable, Hashable, CustomStringConvertible {
    /// The section it stands in.
    public let kind: Combinator.Kind
    /// Its name.
    public let name: QualifiedName
    /// Where the name starts.
    public let location: SourceLocation
    /// What stands behind `#`; `nil` if the line has no number, which then is the CRC32 of its ``CanonicalLine``.
    public let number: UInt32?
    /// Where the digits start; `nil` if there are none.
    public let numberLocation: SourceLocation?
    /// `{X:Type}` and the like, in order.
    public let typeParameters: [TypeParameterSyntax]
    /// Fields in the order of the wire.
    public let fields: [FieldSyntax]
    /// For declarations of scalars and of `vector`, which use forms that no other line has, what stands before `=`:
    /// `?` for `int ? = Int;`. There are neither type parameters nor fields then. `nil` for every ordinary line.
    public let builtInBody: String?
    /// What stands behind `=`.
    public let result: TypeSyntax

    /// Creates a declaration.
    public init(
        kind: Combinator.Kind,
        name: QualifiedName,
        location: SourceLocation,
        number: UInt32? = nil,
        numberLocation: SourceLocation? = nil,
        typeParameters: [TypeParameterSyntax] = [],
        fields: [FieldSyntax] = [],
        builtInBody: String? = nil,
        result: TypeSyntax
    ) {
        self.kind = kind
        self.name = name
        self.location = location
        self.number = number
        self.numberLocation = numberLocation
        self.typeParameters = typeParameters
        self.fields = fields
        self.builtInBody = builtInBody
        self.result = result
    }

    /// The declaration in its usual spelling: single spaces, eight-digit number if one is written, `;` at the end.
    public var description: String {
        var text = "\(name)"
        if let number { text += "#\(hexNumber(number))" }
        if let builtInBody, !builtInBody.isEmpty { text += " \(builtInBody)" }
        for parameter in typeParameters { text += " {\(parameter.name):Type}" }
        for field in fields { text += " \(field)" }
        return text + " = \(result);"
    }
}

/// `{X:Type}`.
public struct TypeParameterSyntax: Sendable, Hashable {
    /// `X`.
    public let name: String
    /// Where the name is written.
    public let location: SourceLocation

    /// Creates a type parameter.
    public init(name: String, location: SourceLocation) {
        self.name = name
        self.location = location
    }
}
