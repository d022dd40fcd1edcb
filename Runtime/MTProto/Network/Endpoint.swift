/// A place to connect to: a host by name or by number, and a port.
public struct Endpoint: Sendable, Hashable, CustomStringConvertible {
    /// A host name, an IPv4 or an IPv6 address, without brackets.
    public var host: String
    /// The TCP port.
    public var port: UInt16

    /// Creates an endpoint; nothing is looked up yet.
    public init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// `149.154.167.51:443`, `[2001:67c:4e8:f002::a]:443`.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
