/// How large what comes from the network may be. A longer announced length is refused before anything is allocated.
package struct PacketLimits: Sendable, Hashable {
    /// The longest packet, in bytes: 16 MiB, far above the message of 1 MiB that the protocol allows.
    package static let maximum = 16 * 1024 * 1024
    /// The longest head of an HTTP request or response, in bytes: 16 KiB.
    package static let maximumHTTPHead = 16 * 1024

    /// The longest packet, in bytes.
    package var packet: Int
    /// The longest head of an HTTP message, in bytes.
    package var httpHead: Int

    package init(packet: Int = Self.maximum, httpHead: Int = Self.maximumHTTPHead) {
        precondition(packet >= 8 && httpHead >= 64, "a limit that lets nothing through")
        self.packet = packet
        self.httpHead = httpHead
    }
}
