/// An MTProxy of a ``TestServer``.
public struct TestMTProxy: Sendable, Hashable {
    /// The address it listens on.
    public let host: String
    /// The port it listens on.
    public let port: UInt16
    /// The secret, as it was given.
    public let secret: String
}
