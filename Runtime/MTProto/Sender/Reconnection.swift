package import MTProtoCrypto

/// Decides whether to try again, and when.
///
/// Failures are counted until a connection has proved to be of use: the server sent something over it, or it lived for
/// a minute. Having been connected is not enough, or a server that hangs up at once would be called without end. The
/// waits grow until a connection has lived longer than the last of them could be: a server that takes connections,
/// answers, and hangs up on the first request is called less and less often, too.
package struct Reconnection: Sendable {
    /// How long a connection must have lived to count as good, whatever happened on it.
    package static let provenLifetime: Duration = .seconds(60)

    private let backoff: Backoff
    /// How many failures in a row may be followed by another attempt; `nil` for any number.
    private let retries: Int?
    private var failures = 0
    /// How many waits in a row have been longer than what came after them.
    private var waits = 0
    /// When the connection that stands now was established, on the monotonic scale.
    private var establishedAt: Duration?
    private var hasReceived = false

    package init(backoff: Backoff, retries: Int?) {
        self.backoff = backoff
        self.retries = retries
    }

    /// The number of the attempt that is under way or comes next, from 1.
    package var attempt: Int { failures + 1 }

    /// A connection is ready for requests.
    package mutating func established(at now: TimeReading) {
        establishedAt = now.monotonic
        hasReceived = false
    }

    /// The server sent a message of the session over the connection.
    package mutating func receivedMessage() {
        guard establishedAt != nil, !hasReceived else { return }
        hasReceived = true
        failures = 0
    }

    /// An attempt failed, or a connection was lost.
    /// - Returns: how long to wait before the next attempt; `nil` when there have been enough.
    package mutating func failed(at now: TimeReading, random: some RandomSource) -> Duration? {
        let lifetime = establishedAt.map { now.monotonic - $0 } ?? .zero
        if lifetime > Self.provenLifetime {
            // The first attempt after a good connection need not wait, and its own failure is the first to count.
            reset()
            return .zero
        }
        if hasReceived, lifetime > backoff.bound(afterFailures: waits) { waits = 0 }
        establishedAt = nil
        hasReceived = false
        failures += 1
        waits += 1
        if let retries, failures > retries { return nil }
        return backoff.delay(afterFailures: waits, random: random)
    }

    /// Forgets all failures: somebody asked for a new start.
    package mutating func reset() {
        failures = 0
        waits = 0
        establishedAt = nil
        hasReceived = false
    }
}
