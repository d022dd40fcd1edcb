/// `name:type` or `name:flags.N?type`.
public struct FieldSyntax: Sendable, Hashable, CustomStringConvertible {
    /// The condition of an optional field: `flags.N?`.
    public struct Condition: Sendable, Hashable {
        /// The flags word and its bit, 0 to 31. Whether there is such a word has not been checked.
        public let bit: FlagBit
        /// Where the name of the word starts.
        public let location: SourceLocation

        /// Creates a condition.
        public init(bit: FlagBit, location: SourceLocation) {
            self.bit = bit
            self.location = location
        }
    }

    /// The name, an identifier.
    public let name: String
    /// Where the name starts.
    public let location: SourceLocation
    /// The condition, if the field is optional.
    public let condition: Condition?
    /// The type.
    public let type: TypeSyntax

    /// Creates a field.
    public init(name: String, location: SourceLocation, condition: Condition? = nil, type: TypeSyntax) {
        self.name = name
        self.location = location
        self.condition = condition
        self.type = type
    }

    /// Whether this is `name:flags.N?true`, which takes no bytes: it *is* the bit.
    public var isPresence: Bool {
        condition != nil && type.form == .name(QualifiedName(namespace: nil, name: "true"))
    }

    /// The field in its usual spelling.
    public var description: String {
        guard let bit = condition?.bit else { return "\(name):\(type)" }
        return "\(name):\(bit.word).\(bit.bit)?\(type)"
    }
}
