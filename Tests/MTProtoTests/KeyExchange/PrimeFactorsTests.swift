import MTProto
import Testing

@Suite struct PrimeFactorsTests {
    @Test(
        arguments: [
            // The example of the documentation, the smallest one, zeros in front, factors of unlike size.
            ([0x17, 0xed, 0x48, 0x94, 0x1a, 0x08, 0xf9, 0x81], [0x49, 0x4c, 0x55, 0x3b], [0x53, 0x91, 0x10, 0x73]),
            ([6], [2], [3]), ([0, 0, 0, 15], [3], [5]),
            ([0x05, 0xff, 0xff, 0xff, 0xe5], [3], [0x01, 0xff, 0xff, 0xff, 0xf7]),
        ] as [([UInt8], [UInt8], [UInt8])]
    )
    func theFactorsAreFound(pq: [UInt8], p: [UInt8], q: [UInt8]) throws {
        let found = try PrimeFactors.find(in: pq)
        #expect(found.p == p && found.q == q)
    }

    @Test(
        arguments: [
            [], [0], [1], [2], [4], [7], [9], [8], [30], [0, 0, 0, 0, 0, 0, 0, 0, 15],
            [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [0x80, 0, 0, 0, 0, 0, 0, 2],
            [0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xe7],
        ] as [[UInt8]]
    )
    func anythingElseIsRefused(pq: [UInt8]) {
        do throws(MTProtoError) {
            let found = try PrimeFactors.find(in: pq)
            Issue.record("\(pq) gave \(found)")
        } catch {
            #expect(error.check == .factorization)
        }
    }

    @Test func numbersAreWrittenWithoutZerosInFront() {
        #expect(PrimeFactors.bytes(of: 0x0001_0203) == [1, 2, 3])
        #expect(PrimeFactors.bytes(of: .max) == [UInt8](repeating: 255, count: 8))
        #expect(PrimeFactors.bytes(of: 0) == [])
    }
}
