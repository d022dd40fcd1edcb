import MTProto
import MTProtoCrypto
import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@Suite(.serialized) struct KeyExchangeCostTests {
    /// The design allows 25 ms of processor time; the median of many exchanges, since their puzzles differ.
    @Test func anExchangeCostsTheClientLittle() throws {
        let snapshots = try (0..<21).map { try KeyExchangeRun.snapshots(stream: UInt64(100 + $0)) }
        let costs = try snapshots.map { steps in
            try steps.map { step in
                var client = step.client
                return try milliseconds { _ = try client.received(step.answer, at: KeyExchangeRun.now) }
            }
        }
        let total = costs.map { $0.reduce(0, +) }.sorted()
        let steps = (0..<3).map { step in costs.map { $0[step] }.sorted()[10] }
        let exponent = KeyExchangeRandom(5).bytes(256)
        let prime = DiffieHellmanGroup.knownPrime
        let power = (0..<21).map { _ in
            milliseconds { _ = DiffieHellmanGroup.power(base: exponent, exponent: exponent, prime: prime) }
        }.sorted()[10]
        let text = ([total[10]] + steps + [power]).map { String((Double($0) * 100).rounded() / 100) }
        print(
            "key exchange, client: \(text[0]) ms of CPU (challenge \(text[1]), offer \(text[2]), outcome \(text[3]);",
            "one exponentiation \(text[4]))"
        )
        #expect(total[10] < 25)
    }

    private func milliseconds(_ body: () throws -> Void) rethrows -> Double {
        let start = threadTime()
        try body()
        return threadTime() - start
    }

    private func threadTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
    }
}
