/// A type as written, with the place of its first character.
public struct TypeSyntax: Sendable, Hashable, CustomStringConvertible {
    /// The ways to write a type.
    public indirect enum Form: Sendable, Hashable {
        /// `int`, `Peer`, `messages.Chats`, `future_salt`, or a type parameter.
        case name(QualifiedName)
        /// `%T`.
        case bare(TypeSyntax)
        /// `Vector<T>`, `vector<T>` or `(Vector T)`.
        case applied(QualifiedName, argument: TypeSyntax)
        /// `!X`.
        case query(String)
        /// `#`.
        case flagsWord
    }

    /// Vectors of vectors may nest this deep, far more than any schema needs; deeper ones are a syntax error.
    public static let maximumNesting = 8

    /// What is written.
    public let form: Form
    /// Where it starts.
    public let location: SourceLocation

    /// Creates a type.
    public init(_ form: Form, location: SourceLocation) {
        self.form = form
        self.location = location
    }

    /// The type in its usual spelling, angle brackets for every application.
    public var description: String {
        switch form {
        case .name(let name): name.description
        case .bare(let type): "%\(type)"
        case .applied(let name, let argument): "\(name)<\(argument)>"
        case .query(let name): "!\(name)"
        case .flagsWord: "#"
        }
    }
}
