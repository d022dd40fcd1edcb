import MTProtoCrypto
import Testing

struct FactorizationTests {
    /// Trial division, to know primes by another way than the code under test.
    private func isPrime(_ number: UInt64) -> Bool {
        guard number > 3 else { return number > 1 }
        guard !number.isMultiple(of: 2) else { return false }
        var divisor: UInt64 = 3
        while divisor * divisor <= number {
            if number.isMultiple(of: divisor) { return false }
            divisor += 2
        }
        return true
    }

    private func prime(bits: Int, _ generator: inout SeededGenerator) -> UInt64 {
        let range = UInt64(1) << (bits - 1)..<UInt64(1) << bits
        while true {
            let candidate = UInt64.random(in: range, using: &generator)
            if isPrime(candidate) { return candidate }
        }
    }

    private func expectFactors(_ first: UInt64, _ second: UInt64) {
        let found = Factorization.factors(of: first * second)
        #expect(found?.p == min(first, second), "\(first) * \(second)")
        #expect(found?.q == max(first, second), "\(first) * \(second)")
    }

    /// From the example of a key exchange on <https://core.telegram.org/mtproto/samples-auth_key>, and others like it.
    @Test(
        arguments: [
            (0x17ED_4894_1A08_F981, 0x494C_553B, 0x5391_1073),
            (2 * 3, 2, 3), (2 * 5, 2, 5), (3 * 5, 3, 5),
            // The largest that are below 2^63, the largest of 64 bits, and the most lopsided.
            (3_037_000_493 * 3_037_000_453, 3_037_000_453, 3_037_000_493),
            (4_294_967_291 * 4_294_967_279, 4_294_967_279, 4_294_967_291),
            (2 * 9_223_372_036_854_775_783, 2, 9_223_372_036_854_775_783),
            (3 * 3_074_457_345_618_258_599, 3, 3_074_457_345_618_258_599),
            (41 * 43, 41, 43), (37 * 41, 37, 41),
        ] as [(UInt64, UInt64, UInt64)]
    )
    func knownProducts(_ pq: UInt64, _ p: UInt64, _ q: UInt64) {
        let found = Factorization.factors(of: pq)
        #expect(found?.p == p)
        #expect(found?.q == q)
    }

    @Test func thousandRandomProducts() {
        var generator = SeededGenerator.announced()
        for _ in 0..<1_000 {
            let bits = Int.random(in: 2...31, using: &generator)
            let (first, second) = (prime(bits: bits, &generator), prime(bits: 31, &generator))
            if first != second { expectFactors(first, second) }
        }
    }

    @Test func everyProductOfSmallPrimes() {
        let primes = (UInt64(2)..<300).filter(isPrime)
        for (index, first) in primes.enumerated() {
            for second in primes[(index + 1)...] { expectFactors(first, second) }
        }
    }

    @Test(
        arguments: [
            0, 1, 2, 3, 4, 5, 7, 9, 25, 49, 8, 12, 30, 1 << 63, 1 << 62, UInt64.max, UInt64.max - 1,
            // Squares of primes, up to the largest; cubes; three primes.
            1_369, 1_681, 4_294_967_291 * 4_294_967_291, 2_147_483_647 * 2_147_483_647,
            2_642_239 * 2_642_239 * 2_642_239,
            1_009 * 1_013 * 1_019, 2_097_143 * 2_097_133 * 2_097_131,
            // Primes, up to the largest of 64 bits; numbers that fool weak tests.
            9_223_372_036_854_775_783, 18_446_744_073_709_551_557, 561, 3_215_031_751 * 7,
        ] as [UInt64]
    )
    func everythingElseIsRefused(_ number: UInt64) {
        #expect(Factorization.factors(of: number) == nil)
    }

    @Test func refusesExactlyWhatIsNoProductOfTwoPrimes() {
        for number in UInt64(0)..<20_000 {
            var divisor: UInt64 = 2
            while divisor * divisor < number, !number.isMultiple(of: divisor) { divisor += 1 }
            let other = number / divisor
            let expected = divisor * other == number && divisor < other && isPrime(divisor) && isPrime(other)
            #expect((Factorization.factors(of: number) != nil) == expected, "\(number)")
        }
    }

    @Test func worstCasesTakeMilliseconds() {
        let clock = ContinuousClock()
        let time = clock.measure {
            for _ in 0..<10 { expectFactors(4_294_967_291, 4_294_967_279) }
            for _ in 0..<10 { #expect(Factorization.factors(of: 18_446_744_073_709_551_557) == nil) }
            for _ in 0..<10 { #expect(Factorization.factors(of: 2_097_143 * 2_097_133 * 2_097_131) == nil) }
        }
        // Far above what a slow, busy machine needs without optimization, far below what endless work would take.
        #expect(time < .seconds(20))
    }
}
