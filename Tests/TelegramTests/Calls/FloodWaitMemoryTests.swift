import MTProto
import Telegram
import Testing

struct FloodWaitMemoryTests {
    private func reading(_ seconds: Int) -> TimeReading {
        TimeReading(wall: .zero, monotonic: .seconds(seconds))
    }

    @Test func requestOfAnotherKindNeedNotWait() {
        var memory = FloodWaitMemory()
        memory.remember(1, for: .seconds(30), at: reading(100))
        #expect(memory.remaining(for: 2, at: reading(100)) == nil)
        #expect(memory.remaining(for: 1, at: reading(110)) == .seconds(20))
    }

    @Test func waitOfThreeSecondsIsForgotten() {
        var memory = FloodWaitMemory()
        memory.remember(1, for: .seconds(30), at: reading(100))
        #expect(memory.remaining(for: 1, at: reading(126)) == .seconds(4))
        #expect(memory.remaining(for: 1, at: reading(127)) == nil)
        #expect(memory.isEmpty)
    }

    @Test func shorterWaitDoesNotReplaceALongerOne() {
        var memory = FloodWaitMemory()
        memory.remember(1, for: .seconds(30), at: reading(100))
        memory.remember(1, for: .seconds(5), at: reading(101))
        #expect(memory.remaining(for: 1, at: reading(101)) == .seconds(29))
    }
}
