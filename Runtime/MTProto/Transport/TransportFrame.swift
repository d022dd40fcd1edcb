/// What a transport finds in the bytes that come.
package enum TransportFrame: Sendable, Equatable {
    /// A packet: an encrypted or an unencrypted message with its key identifier in front.
    case packet([UInt8])
    /// The server has taken the packet with this token; sent without waiting for its execution.
    case quickAck(UInt32)
    /// A transport error, as a positive number: 404, 429, 444.
    case error(Int32)
}
