/// What a test has waited for did not happen in time.
public struct TestTimeout: Error, CustomStringConvertible, Sendable {
    /// What has happened instead, in a sentence.
    public let description: String

    init(_ description: String) { self.description = description }
}
