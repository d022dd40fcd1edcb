/// Pings, which keep the connection in use and find out when it is dead.
struct KeepAlive: Sendable {
    private let interval: Duration
    private let timeout: Duration
    /// When the next ping is due, on the monotonic scale; `nil` without a connection.
    private var nextPing: Duration?
    private var outstanding: (pingID: Int64, sentAt: Duration)?
    private var lastReceived: Duration = .zero
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
        lastReceived = now.monotonic
    }

    mutating func disconnected() {
        nextPing = nil
        wantsPing = false
        outstanding = nil
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
        // When pings are more frequent than the timeout, each must not grant the silence before it more time.
        outstanding = (pingID, min(outstanding?.sentAt ?? now.monotonic, now.monotonic))
        nextPing = now.monotonic + interval
        wantsPing = false
    }

    /// Something else than a ping left that the server answers after this time at the latest.
    mutating func waits(for duration: Duration, at now: TimeReading) {
        outstanding = (0, now.monotonic + duration)
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

    /// When the next ping is due, on the monotonic scale.
    var pingDeadline: Duration? { isSuspended ? nil : nextPing }

    /// When the connection counts as dead if nothing comes, on the monotonic scale.
    var deathDeadline: Duration? { outstanding.map { max($0.sentAt, lastReceived) + timeout } }

    /// Whether a ping has had no answer, and nothing else has come either. Says so once.
    mutating func hasDied(at now: TimeReading) -> Bool {
        guard isRunning, let deathDeadline, deathDeadline <= now.monotonic else { return false }
        disconnected()
        return true
    }
}
