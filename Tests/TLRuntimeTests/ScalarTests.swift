import TLRuntime
import Testing

@Suite("Scalars")
struct ScalarTests {
    @Test(arguments: [0, 1, -1, Int32.min, Int32.max])
    func intRoundTrips(_ value: Int32) throws {
        let bytes = try value.encoded()
        #expect(bytes == words(UInt32(bitPattern: value)))
        #expect(try Int32(decoding: bytes) == value)
    }

    @Test(arguments: [0, 1, -1, Int64.min, Int64.max, 0x0102_0304_0506_0708])
    func longRoundTrips(_ value: Int64) throws {
        let bytes = try value.encoded()
        let pattern = UInt64(bitPattern: value)
        #expect(bytes == words(UInt32(truncatingIfNeeded: pattern), UInt32(pattern >> 32)))
        #expect(try Int64(decoding: bytes) == value)
    }

    @Test(arguments: [0, -0.0, 1.5, -.infinity, .greatestFiniteMagnitude, .leastNonzeroMagnitude, .nan])
    func doubleKeepsEveryBit(_ value: Double) throws {
        let bytes = try value.encoded()
        #expect(bytes.count == 8)
        #expect(try Double(decoding: bytes).bitPattern == value.bitPattern)
    }

    @Test(arguments: [(true, TLConstructorID.boolTrue), (false, TLConstructorID.boolFalse)])
    func boolIsOneOfTwoNumbers(_ value: Bool, _ number: UInt32) throws {
        #expect(try value.encoded() == words(number))
        #expect(try Bool(decoding: words(number)) == value)
    }

    @Test func otherNumbersAreNoBool() {
        #expect(throws: TLDecodingError.unknownConstructor(id: 1, expected: "Bool", offset: 0)) {
            try Bool(decoding: words(1))
        }
    }

    @Test func valuesNeedNoAlignment() throws {
        let bytes = [0xFF] + words(7, 8, 9, 10, 11, 12)
        let text = try bytes.withUnsafeBytes { buffer in
            var reader = TLReader(UnsafeRawBufferPointer(rebasing: buffer[1...]))
            let values = (reader.int(), reader.long(), reader.nextWord(), reader.offset)
            _ = reader.int()
            _ = reader.long()
            try reader.finish()
            return "\(values)"
        }
        #expect(text == "(7, \(9 << 32 | 8), 10, 12)")
    }

    @Test func nextWordStaysUnread() throws {
        let pair = try read(words(5)) { [$0.nextWord(), $0.word(), $0.nextWord()] }
        #expect(pair == [5, 5, 0])
    }

    @Test func expectedNumberPassesAndOthersFail() {
        #expect(readingError(words(5)) { $0.expect(5, of: "Five") } == nil)
        #expect(
            readingError(words(6)) { $0.expect(5, of: "Five") }
                == .unknownConstructor(id: 6, expected: "Five", offset: 0)
        )
    }

    @Test func halfOfAnInt128Fails() {
        #expect(readingError(words(1, 2)) { $0.int128() } == .unexpectedEnd(needed: 8, left: 0, offset: 8))
        #expect(readingError(words(1, 2, 3, 4)) { $0.int256() } == .unexpectedEnd(needed: 8, left: 0, offset: 16))
    }
}
