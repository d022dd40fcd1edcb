/// Who may call a method.
public enum Availability: String, Sendable, Hashable, CaseIterable {
    /// Accounts of people only.
    case user
    /// Bots only.
    case bot
    /// Everybody.
    case both
}

/// What is known about a method beyond its line in the schema.
public struct MethodFacts: Sendable, Hashable {
    /// As the schema spells it.
    public let method: QualifiedName
    /// Who may call it.
    public let usableBy: Availability
    /// Names of errors it is known to be answered with, as the error table spells them, sorted as in the file.
    public let errors: [String]
    /// Methods of the friendly client that call it, or will.
    public let friendly: [FriendlyMethod]
    /// One sentence that says what it does; `nil` while nobody has written it.
    public let summary: String?
    /// Where the method's name stands in the table.
    public let location: SourceLocation
    /// Where its list of errors starts.
    public let errorsLocation: SourceLocation

    /// Creates the facts of one method.
    public init(
        method: QualifiedName,
        usableBy: Availability,
        errors: [String] = [],
        friendly: [FriendlyMethod] = [],
        summary: String? = nil,
        location: SourceLocation,
        errorsLocation: SourceLocation? = nil
    ) {
        self.method = method
        self.usableBy = usableBy
        self.errors = errors
        self.friendly = friendly
        self.summary = summary
        self.location = location
        self.errorsLocation = errorsLocation ?? location
    }
}
