package import MTProtoCrypto

/// How long to wait between attempts: exponentially longer, up to a limit, and random, so that a thousand clients that
/// lost the same server do not come back in the same instant.
package struct Backoff: Sendable, Hashable {
    /// The bound of the first wait.
    package var initial: Duration
    /// By how much the bound grows with each attempt.
    package var factor: Double
    /// What the bound never exceeds.
    package var maximum: Duration

    package init(initial: Duration = .seconds(1), factor: Double = 2, maximum: Duration = .seconds(60)) {
        self.initial = initial
        self.factor = factor
        self.maximum = maximum
    }

    /// The longest wait after so many failures in a row.
    package func bound(afterFailures failures: Int) -> Duration {
        var bound = initial
        // Stops at the limit, so no number of failures makes the product overflow.
        for _ in 1..<max(failures, 1) where bound < maximum { bound = bound * factor }
        return min(bound, maximum)
    }

    /// A wait between nothing and the bound, every length equally likely.
    package func delay(afterFailures failures: Int, random: some RandomSource) -> Duration {
        let fraction = Double(random.integer(UInt64.self) >> 11) / Double(1 << 53)
        return bound(afterFailures: failures) * fraction
    }
}
