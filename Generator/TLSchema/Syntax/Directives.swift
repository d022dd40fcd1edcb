/// The comment `// LAYER n`.
public struct LayerDirective: Sendable, Hashable {
    /// The layer's number, from 0.
    public let number: Int
    /// Where the number is written.
    public let location: SourceLocation

    /// Creates a layer comment.
    public init(number: Int, location: SourceLocation) {
        self.number = number
        self.location = location
    }
}

/// A name whose number is known not to be the CRC32 of its line, as listed in the head of a schema file.
public struct KnownNumber: Sendable, Hashable {
    /// The constructor or function.
    public let name: QualifiedName
    /// What stands in parentheses behind the name, `historical` for `a (historical)`.
    public let reason: String?
    /// Where the name is written.
    public let location: SourceLocation

    /// Creates an entry of the list.
    public init(name: QualifiedName, reason: String? = nil, location: SourceLocation) {
        self.name = name
        self.reason = reason
        self.location = location
    }
}
