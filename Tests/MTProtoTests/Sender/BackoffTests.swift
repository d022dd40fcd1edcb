import MTProto
import Testing

struct BackoffTests {
    @Test(arguments: [
        (1, 1.0), (2, 2), (3, 4), (4, 8), (5, 16), (6, 32), (7, 60), (8, 60), (1_000_000, 60), (0, 1), (-3, 1),
    ])
    func boundDoublesUpToTheMaximum(failures: Int, seconds: Double) {
        #expect(Backoff().bound(afterFailures: failures) == .seconds(seconds))
    }

    @Test func boundNeverExceedsTheMaximumEvenAtFirst() {
        let backoff = Backoff(initial: .seconds(10), factor: 3, maximum: .seconds(5))
        #expect(backoff.bound(afterFailures: 1) == .seconds(5))
    }

    @Test func delaysReachFromNothingToTheBound() {
        #expect(Backoff().delay(afterFailures: 3, random: SenderTesting.Constant(byte: 0)) == .zero)
        let longest = Backoff().delay(afterFailures: 3, random: SenderTesting.Constant(byte: 0xFF))
        #expect(longest > .seconds(3.999) && longest <= .seconds(4))
    }

    @Test func delaysAreSpreadOverTheWholeRange() {
        let seed = UInt64.random(in: .min ... .max)
        let random = SenderTesting.Random(seed: seed)
        let delays = (0..<400).map { _ in Backoff().delay(afterFailures: 3, random: random) }
        for quarter in 0..<4 {
            let range = Duration.seconds(quarter)..<Duration.seconds(quarter + 1)
            // 100 are expected; fewer than 40 come about once in 10^13 runs.
            #expect(delays.count { range.contains($0) } > 40, "seed \(seed), second \(quarter)")
        }
    }
}
