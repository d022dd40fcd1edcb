import MTProto
import MTProtoCrypto
import Testing

@testable import TelegramTesting

/// Clocks whose hands are moved by hand.
@Suite struct ClockTests {
    @Test func manualClockOnlyMovesWhenItIsMoved() {
        let clock = ManualClock(wall: .seconds(100))
        let start = clock.now()
        #expect(clock.now() == start && start.wall == .seconds(100))
        clock.advance(by: .seconds(5))
        #expect(clock.now() == start.advanced(by: .seconds(5)))
    }

    @Test func jumpsOnlyMoveTheWallClock() {
        let clock = ManualClock(wall: .seconds(100))
        let monotonic = clock.now().monotonic
        clock.jump(by: .seconds(-30))
        #expect(clock.now() == TimeReading(wall: .seconds(70), monotonic: monotonic))
        clock.setWall(.seconds(1))
        #expect(clock.now() == TimeReading(wall: .seconds(1), monotonic: monotonic))
    }

    @Test func listenersAreToldAfterTheMoveAndMayReadTheClock() {
        let clock = ManualClock(wall: .seconds(100))
        let seen = Locked<[Duration]>([])
        clock.onAdjustment { seen.withLock { $0.append(clock.now().wall) } }
        clock.advance(by: .seconds(1))
        clock.jump(by: .seconds(10))
        #expect(seen.withLock { $0 } == [.seconds(101), .seconds(111)])
    }

    @Test func skewedTimeFollowsItsBase() {
        let base = ManualClock(wall: .seconds(100))
        let time = SkewedTime(base: base)
        let calls = Locked(0)
        time.onAdjustment { calls.withLock { $0 += 1 } }
        #expect(time.now() == base.now())
        time.skew = .seconds(3)
        time.jump(by: .seconds(-10))
        base.advance(by: .seconds(1))
        #expect(time.skew == .seconds(-7))
        #expect(time.now().wall == .seconds(94) && time.now().monotonic == base.now().monotonic)
        #expect(calls.withLock { $0 } == 3)
    }
}
