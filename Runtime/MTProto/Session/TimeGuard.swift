/// Decides when messages that look too old or too new put the own clock in doubt.
///
/// A client that only drops them goes deaf when its clock is wrong. Moving the clock because of them would let somebody
/// who replays old packets move it. So the server is asked: the answer to a fresh question carries its time.
struct TimeGuard: Sendable {
    /// How far a message may lie in the past and in the future.
    static let maximumAge: Duration = .seconds(300)
    static let maximumLead: Duration = .seconds(30)
    /// Answers to what was sent longer ago say too little about the time.
    static let proofLifetime: Duration = .seconds(60)
    /// Differences up to this are left alone: servers are not exact among themselves either.
    static let tolerance: Duration = .seconds(5)

    private static let patience = 3

    private var staleInARow = 0
    private var hasHeardFresh = false

    /// The check that a message fails, made at `created` by the server's clock, which says `serverTime`.
    static func failedCheck(created: Duration, serverTime: Duration) -> SecurityCheck? {
        if created < serverTime - maximumAge { return .messageTooOld }
        if created > serverTime + maximumLead { return .messageTooNew }
        return nil
    }

    /// A message of the session was in time.
    mutating func acceptedFresh() {
        staleInARow = 0
        hasHeardFresh = true
    }

    /// A message of the session was dropped because of its time.
    /// - Returns: whether to ask the server what time it is.
    mutating func droppedStale() -> Bool {
        staleInARow += 1
        guard !hasHeardFresh || staleInARow >= Self.patience else { return false }
        staleInARow = 0
        return true
    }

    /// What the server's time must be, when it made an answer at `answered` to something sent `elapsed` ago and this
    /// side takes it to be `assumed`; `nil` when that fits.
    static func correction(of assumed: Duration, answered: Duration, elapsed: Duration) -> Duration? {
        // The answer was made after the question had left and before now.
        if assumed < answered - tolerance { return answered }
        if assumed > answered + elapsed + tolerance { return answered + elapsed }
        return nil
    }
}
