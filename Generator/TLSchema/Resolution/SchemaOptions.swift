/// What is known about a schema beyond its text.
public struct SchemaOptions: Sendable {
    /// Constructors and functions whose number is not the CRC32 of their line, and rightly so.
    ///
    /// They add to the names that the files list themselves. A name that no file declares does no harm. A function
    /// that is listed may share its number with one that is not: some files describe wrappers in two forms.
    public var knownNumbers: Set<QualifiedName>

    /// Creates options.
    public init(knownNumbers: Set<QualifiedName> = []) {
        self.knownNumbers = knownNumbers
    }
}
