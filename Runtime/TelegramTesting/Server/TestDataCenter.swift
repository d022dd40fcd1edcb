/// One data centre of a ``TestServer``: where it listens, and the key that proves it.
public struct TestDataCenter: Sendable, Hashable {
    /// The number that clients know it by.
    public let id: Int32
    /// The address it listens on.
    public let host: String
    /// The port it listens on, for all transports.
    public let port: UInt16
    /// The public RSA key of its key exchange, as PEM (PKCS #1).
    public let publicKeyPEM: String
}
