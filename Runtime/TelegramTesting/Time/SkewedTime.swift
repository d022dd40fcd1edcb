public import MTProto
import MTProtoCrypto

/// Clocks that go like other ones, with a wall clock that is wrong by an adjustable amount.
///
/// A ``TestServer`` reads its clocks through one, ``TestServer/clock``: a test that sets ``skew`` makes server and
/// client disagree about the time.
public final class SkewedTime: TimeSource {
    private let base: any TimeSource
    private let offset = Locked(Duration.zero)
    private let listeners = AdjustmentListeners()

    /// Goes like `base`, those of the system unless said otherwise.
    public init(base: any TimeSource = SystemTime()) { self.base = base }

    /// How much the wall clock is ahead of that of the base. Setting it is a jump: no time passes.
    public var skew: Duration {
        get { offset.withLock { $0 } }
        set {
            offset.withLock { $0 = newValue }
            listeners.tell()
        }
    }

    /// Sets the wall clock forward, or back, by an amount.
    public func jump(by amount: Duration) {
        offset.withLock { $0 += amount }
        listeners.tell()
    }

    /// Reads both clocks of the base and corrects the wall clock.
    public func now() -> TimeReading {
        let reading = base.now()
        return TimeReading(wall: reading.wall + offset.withLock { $0 }, monotonic: reading.monotonic)
    }

    /// Calls `body` after each jump, and after each adjustment of the base.
    public func onAdjustment(_ body: @escaping @Sendable () -> Void) {
        listeners.add(body)
        base.onAdjustment(body)
    }
}
