import MTProto
import Testing

extension NetworkTests {
    @Suite struct TimerHeapTests {
        private func fireAll(_ heap: inout TimerHeap, at now: Int64) {
            let limit = heap.nextID
            while let body = heap.popDue(at: now, before: limit) { body() }
        }

        @Test func timersComeByDeadlineAndThenByAge() {
            let fired = Record<Int>()
            var heap = TimerHeap()
            for (number, deadline) in [50, 10, 30, 10, 40, 10, 20].enumerated() {
                _ = heap.insert(deadline: Int64(deadline)) { fired.append(number) }
            }
            #expect(heap.nextDeadline() == 10)
            fireAll(&heap, at: 30)
            #expect(fired.all == [1, 3, 5, 6, 2])
            #expect(heap.nextDeadline() == 40)
        }

        @Test func randomTimersComeInOrder() {
            let seed = UInt64.random(in: 0 ... .max)
            var random = SeededGenerator(seed)
            var heap = TimerHeap()
            let fired = Record<Int64>()
            var expected: [Int64] = []
            for _ in 0..<2_000 {
                let deadline = Int64.random(in: 0..<500, using: &random)
                let id = heap.insert(deadline: deadline) { fired.append(deadline) }
                if Bool.random(using: &random) { heap.cancel(id) } else { expected.append(deadline) }
            }
            fireAll(&heap, at: 500)
            #expect(fired.all == expected.sorted(), "seed \(seed)")
            #expect(heap.count == 0)
            #expect(heap.nextDeadline() == nil)
        }

        @Test func aTimerSetWhileOthersFireWaitsForTheNextRound() {
            let fired = Record<Int>()
            var heap = TimerHeap()
            _ = heap.insert(deadline: 1) { fired.append(1) }
            let limit = heap.nextID
            _ = heap.insert(deadline: 0) { fired.append(0) }
            // The newer one is due first, and holds up the older: both come in the next round.
            #expect(heap.popDue(at: 5, before: limit) == nil)
            fireAll(&heap, at: 5)
            #expect(fired.all == [0, 1])
        }

        @Test func cancellingOneThatFiredDoesNotHitAnother() {
            let fired = Record<Int>()
            var heap = TimerHeap()
            let first = heap.insert(deadline: 1) { fired.append(1) }
            fireAll(&heap, at: 1)
            _ = heap.insert(deadline: 2) { fired.append(2) }
            heap.cancel(first)
            heap.cancel(first)
            fireAll(&heap, at: 2)
            #expect(fired.all == [1, 2])
        }

        @Test func cancelledTimersDoNotPileUp() {
            var heap = TimerHeap()
            let kept = heap.insert(deadline: 7) {}
            for deadline in 0..<10_000 {
                let id = heap.insert(deadline: Int64(1_000 + deadline)) {}
                heap.cancel(id)
            }
            #expect(heap.count == 1)
            #expect(heap.heapCount <= 66)
            #expect(heap.nextDeadline() == 7)
            heap.cancel(kept)
            #expect(heap.nextDeadline() == nil)
        }
    }
}

/// SplitMix64, so that a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
