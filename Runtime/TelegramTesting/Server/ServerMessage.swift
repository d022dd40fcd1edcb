package import MTProto

/// Names a message of the server from the moment it is composed; its identifier is only made when it leaves.
package struct OutgoingTicket: Hashable, Comparable, Sendable {
    package let rawValue: UInt64

    package static func < (left: OutgoingTicket, right: OutgoingTicket) -> Bool { left.rawValue < right.rawValue }
}

/// A message that a server has for a client.
struct ServerMessage: Sendable {
    let ticket: OutgoingTicket
    let body: [UInt8]
    /// Whether the client has to acknowledge it, and it is kept until then.
    let isContentRelated: Bool
    /// Whether it answers to something, which the lowest bits of its identifier tell.
    let isAnswer: Bool
    /// The request that it is the answer to.
    let requestID: MessageID?
    /// Whether it shares its packet with nothing.
    let goesAlone: Bool
    /// When it was composed, on the monotonic scale.
    let composedAt: Duration
    /// Made when it leaves for the first time, and kept when it leaves again.
    var identity: Identity?
    /// When it left last.
    var sentAt: Duration?
    /// The connection that it left by last.
    var carrier: ConnectionID?

    struct Identity: Sendable {
        let id: MessageID
        let sequenceNumber: Int32
    }
}

/// A message that is ready to be encrypted.
package struct OutgoingEnvelope: Sendable {
    package let id: MessageID
    package let sequenceNumber: Int32
    package let body: [UInt8]
}
