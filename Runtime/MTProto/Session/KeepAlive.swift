/// Pings, which keep the connection in use and find out when it is dead.
struct KeepAlive: Sendable {
    /// The slowest line that counts as alive, in bytes a second.
    private static let slowestRate = 1 << 10

    private let interval: Duration
    private let timeout: Duration
    /// When the next ping is due, on the monotonic scale; `nil` without a connection.
    private var nextPing: Duration?
    private var outstanding: (pingID: Int64, sentAt: Duration)?
    private var lastReceived: Duration = .zero
    /// Until when signs of life that are weaker than a message have put off the end.
    private var grace: Duration = .zero
    /// Counts waits for an answer, so that the owner can tell them apart.
    private var waitCount = 0
    /// Whether what is outstanding is a ping that could not leave.
    private var isPingHeldBack = false
    /// Whether a ping leaves before its time.
    private var wantsPing = false
    /// Over HTTP there are no regular pings: a request that waits is one.
    var isSuspended = false

    init(interval: Duration, timeout: Duration) {
        self.interval = interval
        self.timeout = timeout
    }

    var isRunning: Bool { nextPing != nil }

    /// The first ping leaves at once: the server sends nothing over a connection on which it has not heard of the
    /// session.
    mutating func connected(at now: TimeReading) {
        nextPing = now.monotonic
        wantsPing = false
        outstanding = nil
        isPingHeldBack = false
        grace = .zero
        lastReceived = now.monotonic
    }

    mutating func disconnected() {
        nextPing = nil
        wantsPing = false
        outstanding = nil
        isPingHeldBack = false
    }

    mutating func received(at now: TimeReading) {
        lastReceived = now.monotonic
        // Over HTTP whatever comes is the response.
        if isSuspended { outstanding = nil }
    }

    // MARK: - Pings

    func isPingDue(at now: TimeReading) -> Bool {
        guard let nextPing else { return false }
        return wantsPing || !isSuspended && nextPing <= now.monotonic
    }

    mutating func pinged(_ pingID: Int64, at now: TimeReading) {
        if outstanding == nil || isPingHeldBack { waitCount += 1 }
        // When pings are more frequent than the timeout, each must not grant the silence before it more time. But one
        // that was held back leaves only because the other end has taken something.
        let former = isPingHeldBack ? nil : outstanding?.sentAt
        outstanding = (pingID, min(former ?? now.monotonic, now.monotonic))
        isPingHeldBack = false
        nextPing = now.monotonic + interval
        wantsPing = false
    }

    /// Something else than a ping left that the server answers after this time at the latest.
    mutating func waits(for duration: Duration, at now: TimeReading) {
        if outstanding == nil { waitCount += 1 }
        outstanding = (0, now.monotonic + duration)
    }

    /// The connection is so full that nothing can leave, a ping neither. That is as good as one without an answer: if
    /// it goes on for long, the connection is dead. A real ping leaves as soon as there is room.
    mutating func heldBack(at now: TimeReading) {
        guard isRunning, !isSuspended, outstanding == nil else { return }
        waitCount += 1
        isPingHeldBack = true
        outstanding = (0, now.monotonic)
        wantsPing = true
    }

    mutating func answered(_ pingID: Int64) {
        if outstanding?.pingID == pingID { outstanding = nil }
    }

    /// A ping was refused or lost.
    mutating func pingWasLost() {
        outstanding = nil
        pingSoon()
    }

    /// Makes a ping due, unless one is on its way.
    mutating func pingSoon() {
        wantsPing = isRunning && (outstanding == nil || isSuspended)
    }

    // MARK: - Silence

    /// The number of the present wait for an answer; `nil` when none is awaited.
    var wait: Int? { outstanding == nil ? nil : waitCount }

    /// `byteCount` bytes of a frame have come, which is not complete yet. Only a whole message proves that it is the
    /// server who talks, so all the frame can win is the time that its bytes take on the slowest line, and none without
    /// more of them: who sends rubbish cannot keep a dead connection open by it.
    mutating func receivedPart(byteCount: Int, at now: TimeReading) {
        guard let silenceStart else { return }
        let longest = silenceStart + timeout + .seconds(byteCount) / Self.slowestRate
        grace = max(grace, min(now.monotonic + timeout, longest))
    }

    /// The other end is taking much that left around the ping, so an answer may take longer.
    mutating func isStillLeaving(at now: TimeReading) {
        grace = max(grace, now.monotonic + timeout)
    }

    /// When the next ping is due, on the monotonic scale.
    var pingDeadline: Duration? { isSuspended ? nil : nextPing }

    /// When the connection counts as dead if nothing comes, on the monotonic scale.
    var deathDeadline: Duration? { silenceStart.map { max($0 + timeout, grace) } }

    /// Since when an answer is awaited and no message has come.
    private var silenceStart: Duration? { outstanding.map { max($0.sentAt, lastReceived) } }

    /// Whether a ping has had no answer, and nothing else has come either. Says so once.
    mutating func hasDied(at now: TimeReading) -> Bool {
        guard isRunning, let deathDeadline, deathDeadline <= now.monotonic else { return false }
        disconnected()
        return true
    }
}
