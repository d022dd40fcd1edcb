/// One side of a dialogue that comes before the stream proper: with a proxy, or as fake TLS.
///
/// Bytes in, bytes out; the machine neither connects nor waits. It takes from the queue what belongs to the dialogue
/// and leaves what comes after it, since a peer may send the first bytes of the stream together with its last answer.
package protocol StreamHandshake: Sendable {
    /// The bytes to send as soon as the connection stands; empty on the side that waits to be spoken to.
    mutating func start() -> [UInt8]

    /// Looks at the bytes that have come. After ``HandshakeProgress/send(_:)`` call it again at once: a peer that
    /// answers ahead has already put the next answer into the queue.
    ///
    /// After an error, or after it has finished, it must not be called any more.
    mutating func received(_ input: inout ByteQueue) throws(MTProtoError) -> HandshakeProgress
}

/// How far a handshake has come.
package enum HandshakeProgress: Sendable, Equatable {
    /// Nothing to do before more bytes come.
    case needsMore
    /// These bytes have to be sent, and the dialogue goes on.
    case send([UInt8])
    /// It is over once these bytes, often none, have been sent; what is left in the queue belongs to the stream.
    case finished(send: [UInt8])
}
