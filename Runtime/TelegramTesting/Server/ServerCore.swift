import MTProto
import MTProtoCrypto
import TLRuntime
import TelegramAPI

/// All that moves in a server: connections, keys, sessions and running handlers, on the one thread of its event loop.
///
/// Handlers are asked on this thread, and the asynchronous ones answer to it. What users of the server read and set
/// from other threads is in ``ServerState``.
actor ServerCore {
    nonisolated let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    nonisolated let state: ServerState
    nonisolated let clock: SkewedTime
    nonisolated let configuration: TestServerConfiguration
    nonisolated let log: Log
    let random: any RandomSource

    var dataCenters: [TestDataCenter] = []
    var privateKeys: [Int32: RSAPrivateKey] = [:]
    var exchangeMisbehaviours: [KeyExchangeMisbehaviour] = []

    var keys = ServerKeyStore()
    /// What belongs to permanent keys.
    var owners: [Int64: KeyOwner] = [:]
    var sessions: [SessionAddress: HostedSession] = [:]
    var connections: [ConnectionID: ServerConnection] = [:]
    var lastConnectionID: UInt64 = 0
    /// Packets and answers that are held back.
    var delayed: [(due: Duration, order: UInt64, body: @Sendable (isolated ServerCore) -> Void)] = []
    var lastDelayedOrder: UInt64 = 0

    var dirtySessions: Set<SessionAddress> = []
    var isFlushScheduled = false
    var timer: LoopTimer?
    var timerDeadline: Duration?
    var isStopped = false
    /// Told when the last handler has ended.
    var idleWaiters: [CheckedContinuation<Void, Never>] = []
    var runningTasks = 0

    /// What a server remembers of a client beyond sessions.
    struct KeyOwner {
        let storage = TestStorage()
        var layer: Int32?
        var clientInfo: TestClientInfo?
    }

    init(
        loop: EventLoop,
        state: ServerState,
        clock: SkewedTime,
        configuration: TestServerConfiguration,
        random: any RandomSource
    ) {
        self.loop = loop
        self.state = state
        self.clock = clock
        self.configuration = configuration
        self.random = random
        log = Log(handler: configuration.logHandler, source: "test server")
        clock.onAdjustment { [weak self] in self?.onLoop { $0.deadlinesReached() } }
    }

    /// Runs something on the server's thread soon, from any thread, unless the server is gone by then.
    nonisolated func onLoop(_ body: @escaping @Sendable (isolated ServerCore) -> Void) {
        loop.execute { [weak self] in self?.assumeIsolated(body) }
    }

    func setUp(dataCenters: [TestDataCenter], privateKeys: [Int32: RSAPrivateKey]) {
        self.dataCenters = dataCenters
        self.privateKeys = privateKeys
    }

    // MARK: - Leaving

    /// Something may wait in a session: it leaves at the end of this turn, together with what else the turn brings up.
    func touch(_ session: HostedSession) {
        dirtySessions.insert(session.address)
        guard !isFlushScheduled else { return }
        isFlushScheduled = true
        loop.atEndOfTick { [weak self] in self?.assumeIsolated { $0.flush() } }
    }

    private func flush() {
        isFlushScheduled = false
        let dirty = dirtySessions
        dirtySessions = []
        for address in dirty {
            guard let session = sessions[address] else { continue }
            flush(session)
            expect(session.deadline)
        }
    }

    private func flush(_ session: HostedSession) {
        guard session.machine.hasOutput else { return }
        let now = clock.now()
        for id in session.machine.connections.reversed() {
            guard let connection = connections[id], connection.maySend else { continue }
            if connection.isHTTP {
                guard connection.poll.session == session.address else { continue }
                connection.poll.outputWaits(at: now.monotonic)
                guard let due = connection.poll.deadline, due <= now.monotonic else {
                    return expect(connection.deadline)
                }
                connection.poll.end()
            }
            for envelope in session.machine.envelopes(for: id, at: now) {
                send(envelope, of: session, by: connection, at: now)
            }
            return
        }
    }

    /// Encrypts a message and sends it, right or wrong.
    func send(
        _ envelope: OutgoingEnvelope,
        of session: HostedSession,
        by connection: ServerConnection,
        at now: TimeReading
    ) {
        guard var entry = keys[session.address.keyID] else { return }
        let salt = entry.salts.current(at: now.wall).value
        keys[session.address.keyID] = entry
        let sessionID = session.address.sessionID
        let right = Envelope.seal(
            envelope.body,
            messageID: envelope.id,
            sequenceNumber: envelope.sequenceNumber,
            salt: salt,
            sessionID: sessionID,
            key: entry.key,
            from: .server,
            random: random
        )
        guard let misbehaviour = state.takeMisbehaviour() else { return send(right.bytes, by: connection) }
        var wrong = ServerEnvelope(envelope, sessionID: sessionID, salt: salt)
        // Unless it is to be the same packet twice: a client that remembers the identifier would drop the right one.
        if misbehaviour.isAdded, misbehaviour.rule != .replay {
            wrong.messageID = session.machine.makeID(like: envelope.id, at: now).rawValue
        }
        for packet in wrong.packets(breaking: misbehaviour.rule, key: entry.key, random: random) {
            send(packet, by: connection)
        }
        if misbehaviour.isAdded { send(right.bytes, by: connection) }
    }

    // MARK: - Time

    /// Makes sure that what becomes due then is looked at. A deadline that has moved back only means a look too early.
    func expect(_ deadline: Duration?) {
        guard !isStopped, let deadline, timerDeadline.map({ deadline < $0 }) ?? true else { return }
        timer?.cancel()
        timerDeadline = deadline
        // A clock that stands still is asked again when it was moved, or else once in a while.
        let wait = max(.milliseconds(1), deadline - clock.now().monotonic)
        timer = loop.schedule(after: wait) { [weak self] in self?.assumeIsolated { $0.deadlinesReached() } }
    }

    /// Does all that is due by now.
    func deadlinesReached() {
        guard !isStopped else { return }
        timer?.cancel()
        timer = nil
        timerDeadline = nil
        let now = clock.now()
        runDelayed(at: now)
        for connection in connections.values { deadlineReached(connection, at: now) }
        for session in sessions.values where session.deadline.map({ $0 <= now.monotonic }) ?? false {
            session.machine.deadlineReached(at: now)
            for id in session.predecessors.expired(at: now.monotonic) {
                finish(id, of: session, with: .failure(RPCError(code: 503, name: "MSG_WAIT_TIMEOUT")))
            }
            touch(session)
        }
        expect(delayed.lazy.map(\.due).min())
        expect(connections.values.lazy.compactMap(\.deadline).min())
        expect(sessions.values.lazy.compactMap(\.deadline).min())
    }

    private func runDelayed(at now: TimeReading) {
        let due = delayed.filter { $0.due <= now.monotonic }.sorted { ($0.due, $0.order) < ($1.due, $1.order) }
        guard !due.isEmpty else { return }
        delayed.removeAll { $0.due <= now.monotonic }
        for entry in due { entry.body(self) }
    }

    private func deadlineReached(_ connection: ServerConnection, at now: TimeReading) {
        if let disconnectAt = connection.disconnectAt, disconnectAt <= now.monotonic {
            log.debug("\(connection.id) closed: no ping came in time")
            return close(connection)
        }
        guard let due = connection.poll.deadline, due <= now.monotonic, let address = connection.poll.session,
            let session = sessions[address], connection.maySend
        else { return }
        if session.machine.hasOutput { return touch(session) }
        connection.poll.end()
        send(session.machine.emptyContainer(at: now), of: session, by: connection, at: now)
    }

    /// Does something later, by the server's clock.
    func delay(by duration: Duration, _ body: @escaping @Sendable (isolated ServerCore) -> Void) {
        lastDelayedOrder += 1
        let due = clock.now().monotonic + duration
        delayed.append((due, lastDelayedOrder, body))
        expect(due)
    }
}
