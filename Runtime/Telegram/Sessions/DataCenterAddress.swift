/// Where a data centre can be reached.
public struct DataCenterAddress: Sendable, Hashable {
    /// Its number, from 1 to 5 for Telegram's own.
    public var id: Int32
    /// An IPv4 or IPv6 address, or a name.
    public var host: String
    /// The TCP port.
    public var port: UInt16

    /// Creates an address; nothing is looked up.
    public init(id: Int32, host: String, port: UInt16) {
        self.id = id
        self.host = host
        self.port = port
    }
}
