package import MTProto
package import MTProtoCrypto
import TLRuntime

/// One session of a client, the server's side: which messages have come, which are owed an answer, and what the client
/// has not acknowledged yet.
///
/// It belongs to a key and a session identifier, outlives connections, and may be reached by several at once. It knows
/// nothing of encryption, sockets and methods: messages go in, ``ServerSessionAction``s and ``OutgoingEnvelope``s come
/// out. The wall clock of each reading is the server's idea of the time.
///
/// See <https://core.telegram.org/mtproto/service_messages>.
package struct ServerSession: Sendable {
    package let id: Int64
    let configuration: ServerSessionConfiguration
    let random: any RandomSource

    var received: MessageHistory
    /// The lowest message that the client has been told a session was made for.
    var firstMessageID: MessageID?
    /// Connections that messages have come by and that still stand; the one that was used last is the last.
    package internal(set) var connections: [ConnectionID] = []

    var ids = MessageIDGenerator()
    var lastServerTime: Duration?
    /// Content-related messages sent so far.
    var contentCount: Int32 = 0
    var lastTicket: UInt64 = 0
    /// Below it nothing is left in `messages`.
    var oldestTicket: UInt64 = 1
    /// What waits to leave, in order.
    var outbox: [OutgoingTicket] = []
    /// What waits to leave or to be acknowledged.
    var messages: [OutgoingTicket: ServerMessage] = [:]
    var messageBytes = 0
    /// The messages that have left, by their identifiers.
    var tickets: [MessageID: OutgoingTicket] = [:]
    /// Requests that the client has to be told of when they are not answered soon, with the time for it.
    var owedAcknowledgments: [(id: MessageID, due: Duration)] = []
    /// No message becomes due to be sent again before this, on the monotonic scale.
    var resendCheckAt: Duration?

    package init(id: Int64, configuration: ServerSessionConfiguration, random: any RandomSource) {
        self.id = id
        self.configuration = configuration
        self.random = random
        received = MessageHistory(limit: configuration.rememberedMessages)
    }

    /// Whether something waits to leave.
    package var hasOutput: Bool { !outbox.isEmpty }
    /// Messages that wait to leave or to be acknowledged.
    package var unacknowledgedCount: Int { messages.count }

    // MARK: - Connections

    /// A message came by this connection. The first time, what was lost with earlier connections becomes due again, unless
    /// it is out of date by now: no timer looked after it while nobody was there.
    mutating func attach(_ connection: ConnectionID, at now: TimeReading) {
        if connections.last == connection { return }
        if connections.isEmpty { forget(at: now) }
        let isNew = !connections.contains(connection)
        connections.removeAll { $0 == connection }
        connections.append(connection)
        guard isNew else { return }
        let standing = Set(connections)
        sendAgain { message in message.carrier.map { !standing.contains($0) } ?? false }
    }

    /// A connection is gone.
    package mutating func detach(_ connection: ConnectionID) { connections.removeAll { $0 == connection } }

    // MARK: - Answers and pushes

    /// The answer to a request is there: the boxed result, compressed or not, or an `rpc_error`.
    package mutating func answer(_ request: MessageID, result: [UInt8], succeeded: Bool, at now: TimeReading) {
        guard var record = received[request], record.status == .running else { return }
        let ticket = enqueueResult(result, of: request, at: now)
        record.status = .answered(ticket)
        record.succeeded = succeeded
        record.isAcknowledged = true
        received[request] = record
        owedAcknowledgments.removeAll { $0.id == request }
    }

    /// Something to tell the client on the server's own account.
    package mutating func push(_ body: [UInt8], at now: TimeReading) {
        enqueue(body, isContentRelated: true, isAnswer: false, at: now)
    }

    /// The end of what ``ServerSessionAction/destroySession(_:request:)`` asked for.
    package mutating func sessionDestroyed(_ id: Int64, existed: Bool, request: MessageID, at now: TimeReading) {
        let answer: MTP.DestroySessionRes =
            existed ? .destroySessionOk(.init(sessionID: id)) : .destroySessionNone(.init(sessionID: id))
        conclude(request, with: answer.wireBytes, at: now)
    }

    /// The end of what ``ServerSessionAction/destroyKey(request:)`` asked for.
    package mutating func keyDestroyed(_ answer: MTP.DestroyAuthKeyRes, request: MessageID, at now: TimeReading) {
        conclude(request, with: answer.wireBytes, at: now)
    }

    /// Whether a request has been executed: `nil` when it has not come, or has not ended.
    package func outcome(of request: MessageID) -> Bool? { received[request]?.succeeded }

    /// Sends the answer to a request once more, as a server that has lost track would.
    package mutating func repeatAnswer(_ request: MessageID) {
        guard case .answered(let ticket)? = received[request]?.status else { return }
        requeue(ticket)
    }

    // MARK: - Time

    /// When ``deadlineReached(at:)`` has to be called, on the monotonic scale.
    package var deadline: Duration? {
        let acknowledgment = connections.isEmpty ? nil : owedAcknowledgments.first?.due
        guard let resendCheckAt, !connections.isEmpty else { return acknowledgment }
        return acknowledgment.map { min($0, resendCheckAt) } ?? resendCheckAt
    }

    /// Does what is due: acknowledgments, repetitions, forgetting.
    package mutating func deadlineReached(at now: TimeReading) {
        let due = owedAcknowledgments.prefix { $0.due <= now.monotonic }.map(\.id)
        if !due.isEmpty {
            owedAcknowledgments.removeFirst(due.count)
            acknowledge(due, at: now)
        }
        guard let resendCheckAt, resendCheckAt <= now.monotonic else { return }
        forget(at: now)
        let oldest = now.monotonic - configuration.resendsAfter
        sendAgain { message in message.sentAt.map { $0 <= oldest } ?? false }
        self.resendCheckAt =
            messages.isEmpty ? nil : now.monotonic + configuration.resendsAfter / 4
    }

    private mutating func forget(at now: TimeReading) {
        let oldest = now.monotonic - configuration.keepsFor
        for (ticket, message) in messages where message.composedAt <= oldest { remove(ticket) }
        received.forget(before: oldest)
    }
}
