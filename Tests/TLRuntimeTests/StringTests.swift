import TLRuntime
import Testing

@Suite("Strings and byte arrays")
struct StringTests {
    private static let lengths = [0, 1, 2, 3, 4, 5, 252, 253, 254, 255, 256, 257, 65_535, 65_536, 16_777_215]

    @Test(arguments: lengths)
    func bytesRoundTripAtEveryHeaderForm(_ length: Int) throws {
        let content = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 1) }
        let encoded = try TLBytes(content).encoded()
        #expect(encoded == lengthPrefixed(content))
        #expect(try TLBytes(decoding: encoded).bytes == content)
    }

    @Test(arguments: lengths.filter { $0 < 16_777_215 })
    func stringsRoundTripAtEveryHeaderForm(_ length: Int) throws {
        let text = String(repeating: "x", count: length)
        let encoded = try text.encoded()
        #expect(encoded == lengthPrefixed(Array(text.utf8)))
        #expect(try String(decoding: encoded) == text)
    }

    @Test func paddingIsClearedInAUsedBuffer() throws {
        var writer = TLWriter(capacity: 64)
        for _ in 0..<8 { writer.long(-1) }
        writer.removeAll()
        writer.bytes([1])
        writer.bytes([1, 2, 3, 4, 5])
        let bytes = try writer.finish()
        #expect(bytes == [1, 1, 0, 0, 5, 1, 2, 3, 4, 5, 0, 0])
    }

    @Test func charactersOutsideASCIIKeepTheirBytes() throws {
        let text = "Zażółć 🇺🇦 e\u{301}\0"
        #expect(Array(try String(decoding: text.encoded()).utf8) == Array(text.utf8))
    }

    @Test(arguments: [[0xFF], [0xE2, 0x82], [0x61, 0xC3], [0xED, 0xA0, 0x80]] as [[UInt8]])
    func brokenTextBecomesReplacementCharacters(_ content: [UInt8]) throws {
        let text = try String(decoding: lengthPrefixed(content))
        #expect(text.unicodeScalars.contains("\u{FFFD}"))
    }

    @Test func bytesAreNotTextAndStayAsTheyAre() throws {
        #expect(try TLBytes(decoding: lengthPrefixed([0xFF, 0x00, 0xC3])).bytes == [0xFF, 0x00, 0xC3])
    }

    @Test(arguments: [0, 1, 2, 3])
    func headerCutShortFails(_ count: Int) {
        let bytes = Array(lengthPrefixed([1, 2, 3]).prefix(count))
        #expect(throws: TLDecodingError.unexpectedEnd(needed: 4, left: count, offset: 0)) {
            try TLBytes(decoding: bytes)
        }
    }

    @Test func missingPaddingFails() {
        #expect(throws: TLDecodingError.unexpectedEnd(needed: 8, left: 7, offset: 0)) {
            try TLBytes(decoding: [5, 1, 2, 3, 4, 5, 0])
        }
    }

    @Test func lengthBeyondTheEndFails() {
        #expect(throws: TLDecodingError.unexpectedEnd(needed: 16_777_220, left: 4, offset: 0)) {
            try TLBytes(decoding: [254, 0xFF, 0xFF, 0xFF])
        }
    }

    @Test func longFormOfAShortStringIsRead() throws {
        #expect(try String(decoding: [254, 3, 0, 0, 97, 98, 99, 0]) == "abc")
    }

    @Test func formWithSevenLengthBytesIsRead() throws {
        #expect(try String(decoding: [255, 3, 0, 0, 0, 0, 0, 0, 97, 98, 99, 0]) == "abc")
    }

    @Test func formWithSevenLengthBytesIsNotTrusted() {
        #expect(throws: TLDecodingError.unexpectedEnd(needed: 0x100_0000_0000_0008, left: 12, offset: 0)) {
            try String(decoding: [UInt8](repeating: 255, count: 12))
        }
        #expect(throws: TLDecodingError.unexpectedEnd(needed: 8, left: 4, offset: 0)) {
            try String(decoding: [255, 0, 0, 0])
        }
        #expect(throws: TLDecodingError.unexpectedEnd(needed: 12, left: 8, offset: 0)) {
            try String(decoding: [255, 1, 0, 0, 0, 0, 0, 0])
        }
    }

    @Test func oneByteTooManyCannotBeWritten() {
        let content = [UInt8](repeating: 0, count: 16_777_216)
        #expect(throws: TLEncodingError.tooLong(byteCount: 16_777_216)) { try TLBytes(content).encoded() }
        let text = String(decoding: content, as: UTF8.self)
        #expect(throws: TLEncodingError.tooLong(byteCount: 16_777_216)) { try text.encoded() }
    }

    @Test func rawBytesHaveNoLength() throws {
        #expect(try written { writer in [UInt8]([1, 2, 3]).withUnsafeBytes { writer.raw($0) } } == [1, 2, 3])
        #expect(try written { $0.raw(UnsafeRawBufferPointer(start: nil, count: 0)) }.isEmpty)
    }
}
