/// What a ``Sender`` is doing.
enum SenderPhase: Sendable {
    /// Nothing: it was never connected, or was disconnected.
    case idle
    /// A TCP connection is being made.
    case connecting
    /// TCP stands; a proxy or a disguise still has to be dealt with.
    case handshaking
    /// A key is being agreed upon, and there is none yet to send requests with.
    case exchangingKeys
    /// Requests go out. Whether the server takes them shows with its first message.
    case established
    /// Until this moment on the monotonic scale, then the next attempt.
    case waiting(until: Duration)
    /// The last bytes are leaving, for no longer than this.
    case closing(until: Duration)
    /// Given up.
    case ended(MTProtoError)

    /// Whether there is an attempt or a connection, or will be one without anybody's doing.
    var isActive: Bool {
        switch self {
        case .connecting, .handshaking, .exchangingKeys, .established, .waiting: true
        case .idle, .closing, .ended: false
        }
    }

    var isEstablished: Bool {
        if case .established = self { true } else { false }
    }
}

/// A TCP connection and what it speaks.
struct SenderConnection: Sendable {
    let channel: SocketChannel
    var pipeline: ClientPipeline
    /// When the step that it is in has to be over, on the monotonic scale.
    var stepDeadline: Duration?
    /// Whether the server has sent a message of the session over it.
    var isConfirmed = false
    /// How far sending had got when the ping left that the server has to answer, or at the last look since then.
    var progress: SendingProgress?
}

/// A look at how much of what was sent has got through.
struct SendingProgress: Sendable {
    /// The session's number of the wait for an answer.
    let wait: Int
    let deliveredByteCount: Int
    /// Whether much was still on its way.
    let isBacklogged: Bool
}

/// A key exchange on the connection.
struct SenderKeyExchange: Sendable {
    enum Purpose: Sendable {
        case permanentKey
        /// Without it no requests can be sent.
        case temporaryKey
        /// The present one is about to expire; requests go on meanwhile.
        case renewal
    }

    let purpose: Purpose
    var machine: ClientKeyExchange
    /// The step that is being computed, off the loop.
    var computation: Task<Void, Never>?
    /// When the answer must have come, on the monotonic scale.
    var deadline: Duration
}

/// A temporary key and how long it serves.
struct TemporaryKey: Sendable {
    let key: AuthKey
    let firstSalt: Int64
    let schedule: TemporaryKeySchedule
}

/// A session on a key that has been replaced: it waits for the answers to what it has sent.
struct RetiringSession: Sendable {
    var session: ClientSession
    let key: AuthKey
    let number: Int
    /// On the monotonic scale.
    let deadline: Duration
    /// The key with its time, in case the new one is not bound.
    var temporaryKey: TemporaryKey?
}
