public import MTProto
import MTProtoCrypto

/// Clocks that only move when a test moves them.
///
/// ```swift
/// let clock = ManualClock()
/// let server = try await TestServer.start(TestServerConfiguration(time: clock))
/// clock.advance(by: .seconds(75))      // timers that became due fire now
/// clock.jump(by: .seconds(-3600))      // the wall clock is set back, as by hand; no timer notices
/// ```
public final class ManualClock: TimeSource {
    private let reading: Locked<TimeReading>
    private let listeners = AdjustmentListeners()

    /// Starts at a time since 1970 (2025-01-01, unless said otherwise) and stands still.
    public init(wall: Duration = .seconds(1_735_689_600)) {
        reading = Locked(TimeReading(wall: wall, monotonic: .seconds(1_000)))
    }

    /// Reads both clocks.
    public func now() -> TimeReading { reading.withLock { $0 } }

    /// Calls `body` after each move, on the thread of whoever moves the hands, for as long as the clock lives.
    public func onAdjustment(_ body: @escaping @Sendable () -> Void) { listeners.add(body) }

    /// Lets time pass, on both clocks. It cannot be negative.
    public func advance(by duration: Duration) {
        precondition(duration >= .zero, "time does not pass backwards: use 'jump(by:)' for the wall clock")
        move { reading in
            reading.wall += duration
            reading.monotonic += duration
        }
    }

    /// Sets the wall clock forward, or back, while no time passes.
    public func jump(by offset: Duration) { move { $0.wall += offset } }

    /// Sets the wall clock to a time since 1970, while no time passes.
    public func setWall(_ time: Duration) { move { $0.wall = time } }

    private func move(_ body: (inout TimeReading) -> Void) {
        reading.withLock { body(&$0) }
        listeners.tell()
    }
}
