import MTProtoCrypto
import Testing

struct BigNumberTests {
    @Test func bytesRoundTripWithAndWithoutZerosInFront() {
        let number = BigNumber(bytes: hex("0000ff00010203"))
        #expect(number.bytes() == hex("ff00010203"))
        #expect(number.bytes(count: 8) == hex("000000ff00010203"))
        #expect(number.bitCount == 40)
        #expect(BigNumber(bytes: []).isZero)
        #expect(BigNumber(0).bytes() == [])
        #expect(BigNumber(0).bytes(count: 2) == [0, 0])
        #expect(BigNumber(0x0102_0304_0506_0708).bytes() == [1, 2, 3, 4, 5, 6, 7, 8])
    }

    @Test func comparisonIsThatOfNumbers() {
        #expect(BigNumber(bytes: [0, 0, 5]) == BigNumber(5))
        #expect(BigNumber(bytes: [1, 0]) > BigNumber(255))
        #expect(BigNumber(7) < BigNumber(8))
    }

    @Test func smallArithmeticAgreesWithTheStandardLibrary() {
        var generator = SeededGenerator.announced()
        for _ in 0..<500 {
            let (a, b) = (
                UInt64(UInt32.random(in: 0...UInt32.max, using: &generator)),
                UInt64.random(in: 0...9_999, using: &generator)
            )
            let m = UInt64(UInt32.random(in: 1...UInt32.max, using: &generator) | 1)
            let (x, y, modulus) = (BigNumber(a), BigNumber(b), BigNumber(m))
            #expect(x.adding(y, modulo: modulus) == BigNumber((a + b) % m))
            #expect(x.subtracting(y, modulo: modulus) == BigNumber((a % m + m - b % m) % m))
            #expect(x.multiplied(by: y, modulo: modulus) == BigNumber(a * b % m))
            #expect(x.modulo(modulus) == BigNumber(a % m))
            #expect(x.modulo(m) == a % m)
            #expect(x + y == BigNumber(a + b))
            #expect(x * y == BigNumber(a * b))
            #expect(x + y - y == x)
            #expect((x << 13) >> 13 == x)
        }
    }

    @Test func powerAgreesWithRepeatedMultiplication() {
        let modulus = BigNumber(1_000_003)
        var expected = BigNumber(1)
        for exponent in 0..<200 {
            // A base above the modulus counts as its remainder.
            #expect(BigNumber(5_000_000_022).power(BigNumber(UInt64(exponent)), modulo: modulus) == expected)
            expected = expected.multiplied(by: BigNumber(5_000_000_022), modulo: modulus)
        }
    }

    @Test(
        arguments: [
            (0, false), (1, false), (2, true), (3, true), (4, false), (561, false), (7_919, true),
            (18_446_744_073_709_551_557, true), (18_446_744_073_709_551_615, false),
        ] as [(UInt64, Bool)]
    )
    func primesAreTold(_ number: UInt64, _ isPrime: Bool) {
        #expect(BigNumber(number).isPrime == isPrime)
    }

    @Test func descriptionHidesTheNumber() {
        #expect("\(BigNumber(bytes: [0x12, 0x34]))" == "number of 13 bits")
    }
}
