/// A packet that is ready to leave.
package struct OutgoingPacket: Sendable {
    /// Key identifier and what follows it; a multiple of four bytes long.
    package var bytes: [UInt8]
    /// Asks the server to say at once that it has come, with this token: the first 32 bits of the SHA-256 that the
    /// message key is made of, with the top bit set. `nil` when nobody wants to know.
    package var quickAckToken: UInt32?

    package init(bytes: [UInt8], quickAckToken: UInt32? = nil) {
        self.bytes = bytes
        self.quickAckToken = quickAckToken
    }
}
