/// What time it is at the server, which is what message identifiers are made of.
///
/// It is anchored to the monotonic clock, so neither a wrong wall clock nor one that jumps disturbs it once it has been
/// synchronized. Before that it has to trust the wall clock.
package struct ServerClock: Sendable {
    /// Server time minus monotonic time; `nil` until the server has told its time.
    private var offset: Duration?

    /// Starts unsynchronized, or with the offset from the wall clock that an earlier connection has found.
    package init() {}

    /// Whether the server has told its time.
    package var isSynchronized: Bool { offset != nil }

    /// Time since 1970 at the server.
    package func serverTime(at now: TimeReading) -> Duration {
        if let offset { now.monotonic + offset } else { now.wall }
    }

    /// Takes over the server's time.
    package mutating func synchronize(serverTime: Duration, at now: TimeReading) {
        offset = serverTime - now.monotonic
    }

    /// How much the server's clock is ahead of this machine's wall clock.
    package func wallOffset(at now: TimeReading) -> Duration { serverTime(at: now) - now.wall }
}
