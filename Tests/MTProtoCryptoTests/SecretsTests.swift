import MTProtoCrypto
import Testing

struct SecretsTests {
    @Test func comparisonSeesEveryByteAndTheLength() {
        let bytes = counting(64)
        #expect(constantTimeEquals(bytes, counting(64)))
        #expect(constantTimeEquals([UInt8](), []))
        #expect(!constantTimeEquals(bytes, Array(bytes.dropLast())))
        #expect(!constantTimeEquals(Array(bytes.dropLast()), bytes))
        #expect(!constantTimeEquals([], bytes))
        #expect(!constantTimeEquals(bytes[1...], bytes[...]))
        #expect(constantTimeEquals(bytes[3..<9], (bytes + bytes)[67..<73]))
        for index in bytes.indices {
            var other = bytes
            other[index] ^= 0x80
            #expect(!constantTimeEquals(bytes, other))
            #expect(!constantTimeEquals(bytes[...], other[...]))
            #expect(!constantTimeEquals(bytes[...], other))
        }
    }

    @Test func wipingEmptiesTheArrayAndSparesCopies() {
        var secret = counting(32)
        let copy = secret
        secret.wipe()
        #expect(secret.isEmpty)
        #expect(copy == counting(32))
        secret.wipe()
        #expect(secret.isEmpty)
    }
}

struct SystemRandomTests {
    @Test(arguments: [0, 1, 15, 16, 17, 100_000])
    func fillsTheWholeBuffer(_ count: Int) {
        // A byte that is never written stays zero in all of the attempts.
        var union = [UInt8](repeating: 0, count: count)
        for _ in 0..<8 {
            let bytes = SystemRandom().bytes(count)
            #expect(bytes.count == count)
            for index in union.indices { union[index] |= bytes[index] }
        }
        #expect(!union.contains(0))
    }

    @Test func givesOtherBytesEachTime() {
        #expect(SystemRandom().bytes(32) != SystemRandom().bytes(32))
    }
}
