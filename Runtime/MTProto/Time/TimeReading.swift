/// One look at the clocks of this machine.
///
/// Machines never ask for the time: whoever drives them hands in a reading, so that a test can make any time it likes.
public struct TimeReading: Sendable, Hashable {
    /// Time since 1970 as this machine believes; it can be wrong, and it can jump.
    public var wall: Duration
    /// Time since some moment in the past; it never jumps, and it goes on while the machine sleeps. Deadlines are on
    /// this scale.
    public var monotonic: Duration

    /// Creates a reading from the two clocks.
    public init(wall: Duration, monotonic: Duration) {
        self.wall = wall
        self.monotonic = monotonic
    }

    /// The reading after `duration` during which both clocks ran normally.
    package func advanced(by duration: Duration) -> TimeReading {
        TimeReading(wall: wall + duration, monotonic: monotonic + duration)
    }
}
