import MTProto
import MTProtoCrypto
import TLRuntime
import Testing

@Suite struct DiffieHellmanOfferTests {
    private let prime = BigNumber(bytes: DiffieHellmanGroup.knownPrime)
    private let margin = BigNumber(1) << 1984

    @Test func bothSidesComputeTheSameKey() throws {
        let secret = [UInt8](repeating: 0x5a, count: 256)
        let known = DiffieHellmanGroup.knownPrime
        let offer = try offer(DiffieHellmanGroup.power(base: [3], exponent: secret, prime: known))
        let (publicValue, key) = try offer.answer(random: SystemRandom())
        #expect(key.bytes == DiffieHellmanGroup.power(base: publicValue, exponent: secret, prime: known))
    }

    @Test func theEdgesOfTheRangeAreSharp() throws {
        let one = BigNumber(1)
        #expect(check(margin.bytes()) == nil)
        #expect(check((margin - one).bytes()) == .publicValueRange)
        #expect(check((prime - margin).bytes()) == nil)
        #expect(check((prime - margin + one).bytes()) == .publicValueRange)
    }

    @Test(arguments: [0, 1, 100_000])
    func longValuesAreRefusedWithoutCalculating(extra: Int) {
        #expect(check([UInt8](repeating: 0xff, count: 256 + extra)) == .publicValueRange)
    }

    @Test(arguments: [Int32.min, -1, 0, 1, 2, 5, 6, 8, .max])
    func otherGeneratorsAreRefused(generator: Int32) {
        #expect(check(margin.bytes(), generator: generator) == .generator)
    }

    @Test(arguments: [Int32(3), 4, 7])
    func suitableGeneratorsAreAccepted(generator: Int32) {
        #expect(check(margin.bytes(), generator: generator) == nil)
    }

    @Test(arguments: [0, 1, 255, 257, 100_000])
    func moduliOfOtherSizesAreRefused(count: Int) {
        #expect(check(margin.bytes(), modulus: [UInt8](repeating: 0xff, count: count)) == .safePrime)
    }

    private func offer(_ value: [UInt8]) throws(MTProtoError) -> DiffieHellmanOffer {
        try DiffieHellmanOffer(checking: inner(value, generator: 3, modulus: DiffieHellmanGroup.knownPrime))
    }

    private func inner(_ value: [UInt8], generator: Int32, modulus: [UInt8]) -> MTP.ServerDHInnerData {
        let nonce = TLInt128(low: 0, high: 0)
        return MTP.ServerDHInnerData(
            nonce: nonce,
            serverNonce: nonce,
            g: generator,
            dhPrime: modulus,
            gA: value,
            serverTime: 0
        )
    }

    private func check(_ value: [UInt8], generator: Int32 = 3, modulus: [UInt8]? = nil) -> SecurityCheck? {
        do throws(MTProtoError) {
            let modulus = modulus ?? DiffieHellmanGroup.knownPrime
            _ = try DiffieHellmanOffer(checking: inner(value, generator: generator, modulus: modulus))
            return nil
        } catch {
            return error.check
        }
    }
}
