import TLRuntime
import Testing

@Suite("TLWriter")
struct TLWriterTests {
    @Test(arguments: [0, 1, 63, 64, 65, 1_000, 70_000])
    func everyCapacityHoldsWhatIsWritten(_ capacity: Int) throws {
        let bytes = try written(capacity: capacity) { writer in
            for number in 0..<40_000 { writer.int(Int32(number)) }
        }
        #expect(bytes.count == 160_000)
        #expect(bytes == (0..<40_000).flatMap { words(UInt32($0)) })
    }

    private static let sizesAroundPowersOfTwo: [Int] = (5...18).flatMap { exponent -> [Int] in
        [-9, -5, -4, 0, 1].map { (1 << exponent) + $0 }
    }

    /// Sizes around each power of two, where growing begins, with something before and after.
    @Test(arguments: sizesAroundPowersOfTwo)
    func growthKeepsWhatIsThere(_ count: Int) throws {
        let content = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let bytes = try written { writer in
            writer.int(-1)
            writer.bytes(content)
            writer.long(-2)
        }
        #expect(bytes == words(0xFFFF_FFFF) + lengthPrefixed(content) + words(0xFFFF_FFFE, 0xFFFF_FFFF))
    }

    @Test func reservedRoomTakesARunOfFields() throws {
        let bytes = try written { writer in
            writer.reserve(76)
            writer.putWord(1)
            writer.putInt(-1)
            writer.putLong(-1)
            writer.putDouble(1)
            writer.putBool(true)
            writer.putInt128(TLInt128(low: 1, high: 2))
            writer.putInt256(TLInt256(low: TLInt128(low: 3, high: 4), high: TLInt128(low: 5, high: 6)))
        }
        let head = words(1, 0xFFFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFF, 0, 0x3FF0_0000, TLConstructorID.boolTrue)
        #expect(bytes == head + words(1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0))
    }

    @Test func startsAgainWithoutItsBytes() throws {
        var writer = TLWriter(capacity: 64)
        writer.int(1)
        writer.removeAll()
        let count = writer.count
        #expect(count == 0)
        writer.int(2)
        let bytes = try writer.finish()
        #expect(bytes == words(2))
    }

    @Test func firstProblemWinsUntilEverythingIsRemoved() throws {
        var writer = TLWriter(capacity: 64)
        writer.failIncompleteGroup("a, b", of: "pair")
        writer.vectorCount(.max)
        writer.int(1)
        #expect(throws: TLEncodingError.incompleteGroup(fields: "a, b", of: "pair")) { try writer.check() }
        #expect(throws: TLEncodingError.incompleteGroup(fields: "a, b", of: "pair")) { try writer.finish() }
        writer.removeAll()
        #expect(throws: Never.self) { try writer.check() }
        let bytes = try writer.finish()
        #expect(bytes.isEmpty)
    }

    @Test func halfPresentGroupIsNeverSent() throws {
        let expected = TLEncodingError.incompleteGroup(fields: "size, unit", of: "sample")
        #expect(throws: expected) { try Sample(size: 1, unit: nil).encoded() }
        #expect(throws: expected) { try Sample(size: nil, unit: "km").encoded() }
        let absent = try Sample(decoding: Sample(size: nil, unit: nil).encoded())
        #expect(absent.size == nil && absent.unit == nil)
    }

    @Test(
        arguments: [
            (
                .incompleteGroup(fields: "a, b", of: "pair"),
                "the fields a, b of 'pair' go together: set all of them or none"
            ),
            (
                .tooLong(byteCount: 16_777_216),
                "a string or byte array of 16777216 bytes is too long: the most is 16777215"
            ),
            (
                .tooManyElements(count: 2_147_483_648),
                "a vector of 2147483648 elements is too long: the most is 2147483647"
            ),
        ] as [(TLEncodingError, String)]
    )
    func errorsSayWhatToChange(_ error: TLEncodingError, _ sentence: String) {
        #expect(error.description == sentence)
    }
}
