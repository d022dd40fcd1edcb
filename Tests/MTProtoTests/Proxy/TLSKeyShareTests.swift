import MTProto
import MTProtoCrypto
import Testing

struct TLSKeyShareTests {
    private let prime = BigNumber(bytes: [0x7F] + [UInt8](repeating: 0xFF, count: 30) + [0xED])

    @Test func x25519ValuesLieOnTheCurve() {
        let random = ProxyRandom(seed: .random(in: 0...UInt64.max))
        let half = (prime - BigNumber(1)) >> 1
        for _ in 0..<50 {
            let value = TLSKeyShare.x25519(random: random)
            #expect(value.count == 32)
            let x = BigNumber(bytes: Array(value.reversed()))
            #expect(x < prime && !x.isZero, "seed \(random.seed)")
            // x^3 + 486662 x^2 + x
            let square = x * x * x + BigNumber(486_662) * x * x + x
            #expect(square.power(half, modulo: prime) == BigNumber(1), "seed \(random.seed)")
        }
    }

    @Test func x25519ValuesLieInTheSubgroupOfPrimeOrder() {
        let random = ProxyRandom(seed: .random(in: 0...UInt64.max))
        // RFC 7748: 2^252 + 0x14def9dea2f79cd65812631a5cf5d3ed; the cofactor is 8.
        let order =
            (BigNumber(1) << 252) + ((BigNumber(0x14DE_F9DE_A2F7_9CD6) << 64) + BigNumber(0x5812_631A_5CF5_D3ED))
        for _ in 0..<10 {
            let x = BigNumber(bytes: Array(TLSKeyShare.x25519(random: random).reversed()))
            #expect(isInfinity(order, times: x), "seed \(random.seed)")
        }
        #expect(isInfinity(order, times: BigNumber(9)), "the generator has this order")
        #expect(!isInfinity(order - BigNumber(1), times: BigNumber(9)))
    }

    /// The ladder of RFC 7748, section 5: whether the product of a scalar and the point with this x is the neutral
    /// element.
    private func isInfinity(_ scalar: BigNumber, times x: BigNumber) -> Bool {
        func multiplied(_ a: BigNumber, _ b: BigNumber) -> BigNumber { a.multiplied(by: b, modulo: prime) }
        func squared(_ a: BigNumber) -> BigNumber { multiplied(a, a) }
        var low = (x: BigNumber(1), z: BigNumber(0))
        var high = (x: x, z: BigNumber(1))
        let bytes = scalar.bytes(count: 32)
        for position in 0..<256 {
            let isSet = bytes[position / 8] >> UInt8(7 - position % 8) & 1 == 1
            if isSet { swap(&low, &high) }
            let sum = low.x.adding(low.z, modulo: prime)
            let difference = low.x.subtracting(low.z, modulo: prime)
            let left = multiplied(high.x.subtracting(high.z, modulo: prime), sum)
            let right = multiplied(high.x.adding(high.z, modulo: prime), difference)
            high.x = squared(left.adding(right, modulo: prime))
            high.z = multiplied(x, squared(left.subtracting(right, modulo: prime)))
            let e = squared(sum).subtracting(squared(difference), modulo: prime)
            low.x = multiplied(squared(sum), squared(difference))
            low.z = multiplied(e, squared(sum).adding(multiplied(BigNumber(121_665), e), modulo: prime))
            if isSet { swap(&low, &high) }
        }
        return low.z.isZero
    }

    @Test func x25519ValuesDiffer() {
        let random = ProxyRandom(seed: 7)
        #expect(Set((0..<100).map { _ in TLSKeyShare.x25519(random: random) }).count == 100)
    }

    @Test func mlKEMCoefficientsAreBelowTheModulus() {
        let random = ProxyRandom(seed: .random(in: 0...UInt64.max))
        let key = TLSKeyShare.mlKEM768(random: random)
        #expect(key.count == 1184)
        var largest = 0
        for start in stride(from: 0, to: 1152, by: 3) {
            let bits = Int(key[start]) | Int(key[start + 1]) << 8 | Int(key[start + 2]) << 16
            largest = max(largest, bits & 0xFFF, bits >> 12)
        }
        #expect(largest < 3329, "seed \(random.seed)")
        #expect(largest > 3000, "768 numbers that are all small are not evenly distributed; seed \(random.seed)")
    }
}
