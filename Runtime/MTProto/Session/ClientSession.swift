package import MTProtoCrypto
import TLRuntime

/// One encrypted session with a data centre: requests in, packets out, packets in, events out.
///
/// It does no input or output and asks no clock: its owner hands in packets and the time, sends what ``packets(at:)``
/// returns, and calls ``deadlineReached(at:)`` when the ``deadline`` has come. After every call that can change
/// something the owner asks for packets until there are none, and for the deadline.
///
/// The session survives connections: its identifier stays the same, so the server recognizes a request that it has seen
/// when it is sent once more, and answers again instead of executing it twice.
///
/// See <https://core.telegram.org/mtproto/description> and <https://core.telegram.org/mtproto/service_messages>.
package struct ClientSession: Sendable {
    let key: AuthKey
    let configuration: SessionConfiguration
    let random: any RandomSource
    let log: Log
    let announcement: [UInt8]?
    let binding: TemporaryKeyBinding?

    /// The identifier of the session; it changes when the numbering of messages has to start anew.
    package internal(set) var sessionID: Int64
    /// What time it is at the server, as far as this session knows.
    package internal(set) var clock: ServerClock

    // MARK: Numbering
    var identifiers = MessageIDGenerator()
    var sequence = SequenceNumbers()
    var schedule: SaltSchedule

    // MARK: What is on its way
    var requests = RequestTable()
    var services = ServiceMessages()
    var sentPackets = SentPackets()
    var quickAcks = QuickAcknowledgements()

    // MARK: What has come
    var inbox: ReceivedMessages
    var acknowledgements: AcknowledgementQueue
    var answers = ExpectedAnswers()
    var timeGuard = TimeGuard()
    var lastUniqueID: Int64?
    /// The message that the server has begun the session for.
    var lastFirstMessageID: MessageID?

    // MARK: What is to be sent
    /// Bodies of service messages that need no answer.
    var notes: [[UInt8]] = []
    /// Requests whose answers nobody wants any more.
    var answersToDrop: [MessageID] = []
    /// Requests whose state is to be asked for.
    var statesToAsk: [MessageID] = []
    /// Sessions that the server may forget.
    var sessionsToDestroy: [Int64] = []
    var wantsPoll = false
    /// Whether a request of the transport has had no response yet.
    var awaitsResponse = false

    // MARK: State
    var isConnected = true
    /// Since when there is this connection, on the monotonic scale; zero for the first one.
    var connectedAt: Duration = .zero
    var keepAlive: KeepAlive
    var bindingState: BindingState
    /// Set when the binding has failed on this connection.
    var bindingRefusal: BindingRefusal?
    /// Whether the server has accepted the announcement in this session.
    var isAnnounced = false
    /// Whether the server has answered anything in this session.
    var hasBeenAnswered = false
    /// Sessions before this one, whose packets may still come.
    var formerSessionIDs: [Int64] = []
    /// Complaints about the session's own messages since the last answer.
    var serviceComplaints = 0
    var saltDeadline: Duration = .zero
    /// Up to when the owner has been told about deadlines, on the monotonic scale.
    var toldDeadlines: Duration?
    var events: [SessionEvent] = []

    /// How far the binding of a temporary key has come.
    enum BindingState: Sendable {
        case done
        case needed
        case underWay
        /// Nothing can be sent over this connection any more.
        case failed
    }

    /// Why the server has not bound the temporary key.
    enum BindingRefusal: Sendable {
        /// It cannot read what the permanent key encrypts, so it may not know that one.
        case permanentKeyUnknown
        /// It finds fault with the temporary key; with another one it may work.
        case temporaryKeyUnusable
        /// It has trouble of its own.
        case passing
    }

    /// Creates a session with a new identifier, on a connection that stands.
    ///
    /// - Parameters:
    ///   - salts: Salts that may still be valid; when none is, the first message is sent twice.
    ///   - announcement: What goes in front of the first requests: `invokeWithLayer` and `initConnection` up to the
    ///     query.
    ///   - binding: Binds `key`, which is temporary then, to a permanent key before anything else is sent.
    package init(
        key: AuthKey,
        salts: [ServerSalt],
        clock: ServerClock,
        announcement: [UInt8]?,
        binding: TemporaryKeyBinding?,
        random: any RandomSource,
        configuration: SessionConfiguration = SessionConfiguration(),
        log: Log = .silent
    ) {
        self.key = key
        self.configuration = configuration
        self.random = random
        self.log = log
        self.announcement = announcement
        self.binding = binding
        self.clock = clock
        sessionID = random.integer()
        schedule = SaltSchedule(salts: salts, reserve: configuration.saltReserve)
        inbox = ReceivedMessages(limit: configuration.receivedWindow)
        acknowledgements = AcknowledgementQueue(
            delay: configuration.acknowledgementDelay,
            maximumCount: configuration.maximumQueuedAcknowledgements
        )
        keepAlive = KeepAlive(interval: configuration.pingInterval, timeout: configuration.pingTimeout)
        bindingState = binding == nil ? .done : .needed
    }

    /// Requests that have not ended.
    package var requestCount: Int { requests.count }
    /// The salts that are known, to keep with the key.
    package var salts: [ServerSalt] { schedule.salts }

    // MARK: - Requests

    /// Takes a request; it leaves with the next packets.
    package mutating func submit(_ request: OutgoingRequest) {
        requests.add(request, compressionThreshold: configuration.compressionThreshold)
        guard let entry = requests[request.id] else { return }
        let byteCount =
            entry.payload.count + (announcement?.count ?? 0) + 12 + ContainedMessage.headerByteCount
        guard byteCount <= configuration.maximumMessageBytes else {
            let limit = configuration.maximumMessageBytes
            return fail(
                request.id,
                MTProtoError(
                    .requestTooLarge,
                    "'\(entry.name)' takes \(byteCount) bytes, and a message may have up to \(limit)"
                )
            )
        }
    }

    /// Forgets a request. When it has left, the server is told that nobody waits for the answer any more; it may
    /// execute it all the same. There is no event for it.
    package mutating func cancel(_ id: RequestID) {
        guard let (request, _) = requests.remove(id) else { return }
        guard let messageID = request.messageID, request.progress == .sent, isConnected else { return }
        answersToDrop.append(messageID)
    }

    /// Asks the server to forget another session on the same key.
    package mutating func destroySession(_ id: Int64) {
        guard id != sessionID, !sessionsToDestroy.contains(id), sessionsToDestroy.count < 16 else { return }
        sessionsToDestroy.append(id)
    }

    /// Asks the server to forget the key; the answer is that of an ordinary request.
    package mutating func destroyKey(_ id: RequestID) {
        submit(
            OutgoingRequest(
                id: id,
                content: .bytes(MTP.DestroyAuthKey().wireBytes),
                name: MTP.DestroyAuthKey.name,
                isRepeatable: true,
                carriesAnnouncement: false
            )
        )
    }

    /// Fails all requests.
    package mutating func failAll(_ error: MTProtoError) -> [SessionEvent] {
        for request in requests.removeAll() { events.append(.failed(request.id, error)) }
        answersToDrop = []
        statesToAsk = []
        return takeEvents()
    }

    /// Tells how many requests of the transport wait for a response. When there are none and nothing else is to be
    /// sent, the next packet is one that the server answers when it has something, or after 25 seconds. Only for
    /// transports that cannot bring what nobody has asked for.
    package mutating func polled(outstanding: Int) {
        keepAlive.isSuspended = true
        wantsPoll = outstanding == 0
        awaitsResponse = outstanding > 0
    }

    /// The server has taken the packet with this token.
    package mutating func receivedQuickAck(_ token: UInt32) -> [SessionEvent] {
        for id in quickAcks.take(token) { acknowledge(id) }
        return takeEvents()
    }

    // MARK: - Ends

    /// Notes that the server has received a request.
    mutating func acknowledge(_ id: RequestID) {
        guard let request = requests[id], !request.isAcknowledged else { return }
        requests.update(id) { $0.isAcknowledged = true }
        events.append(.acknowledged(id))
    }

    /// Ends a request with an error of this side, and with it those that had to come after it and have not left.
    mutating func fail(_ id: RequestID, _ error: MTProtoError) {
        guard let (request, dependants) = requests.remove(id) else { return }
        events.append(.failed(id, error))
        failUnsent(dependants, after: request)
    }

    /// Fails those that cannot be executed any more because one before them was not. Those that have left wait for what
    /// the server says, but do not leave again without it. A loop, since chains can be long.
    mutating func failUnsent(_ dependants: [RequestID], after predecessor: SessionRequest) {
        var left = dependants.map { ($0, predecessor.name) }
        while let (id, predecessorName) = left.popLast() {
            guard requests[id]?.hasLeft == false else {
                requests.update(id) { $0.failedPredecessor = predecessorName }
                continue
            }
            guard let (request, dependants) = requests.remove(id) else { continue }
            events.append(
                .failed(
                    id,
                    MTProtoError(
                        .predecessorFailed,
                        "'\(request.name)' was not sent, because '\(predecessorName)', which had to come first, has failed"
                    )
                )
            )
            left += dependants.map { ($0, request.name) }
        }
    }

    mutating func takeEvents() -> [SessionEvent] {
        guard !events.isEmpty else { return [] }
        defer { events = [] }
        return events
    }
}
