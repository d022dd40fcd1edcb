import TLRuntime
import Testing

@Suite("Fixed bytes and first numbers")
struct TLFixedBytesTests {
    private static let bytes = (0..<32).map { UInt8($0 * 7) }

    @Test func int128KeepsTheOrderOfTheWire() throws {
        let bytes = Array(Self.bytes.prefix(16))
        let value = try #require(TLInt128(bytes: bytes))
        #expect(value.bytes == bytes)
        #expect(value.low & 0xFF == UInt64(bytes[0]))
        #expect(value.high >> 56 == UInt64(bytes[15]))
        #expect(try value.encoded() == bytes)
        #expect(try TLInt128(decoding: bytes) == value)
    }

    @Test func int256KeepsTheOrderOfTheWire() throws {
        let value = try #require(TLInt256(bytes: Self.bytes))
        #expect(value.bytes == Self.bytes)
        #expect(value.low.bytes == Array(Self.bytes.prefix(16)))
        #expect(try value.encoded() == Self.bytes)
        #expect(try TLInt256(decoding: Self.bytes) == value)
    }

    @Test(arguments: [0, 1, 15, 17, 31, 33])
    func otherLengthsAreRefused(_ count: Int) {
        let bytes = [UInt8](repeating: 1, count: count)
        #expect(TLInt128(bytes: bytes) == nil)
        #expect(TLInt256(bytes: bytes) == nil)
    }

    @Test func everyByteCounts() throws {
        let value = try #require(TLInt256(bytes: Self.bytes))
        for index in Self.bytes.indices {
            var other = Self.bytes
            other[index] ^= 0x80
            #expect(TLInt256(bytes: other) != value)
        }
    }

    @Test func firstNumberIsLittleEndian() throws {
        #expect(try TLConstructorID.first(in: [0x15, 0xC4, 0xB5, 0x1C]) == TLConstructorID.vector)
        #expect(try TLConstructorID.first(in: words(0xFFFF_FFFF, 1)) == 0xFFFF_FFFF)
    }

    @Test(arguments: 0..<4)
    func fewerThanFourBytesHaveNoNumber(_ count: Int) {
        #expect(throws: TLDecodingError.unexpectedEnd(needed: 4, left: count, offset: 0)) {
            try TLConstructorID.first(in: [UInt8](repeating: 1, count: count))
        }
    }
}
