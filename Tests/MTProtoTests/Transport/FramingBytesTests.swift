import MTProto
import Testing

/// The bytes of each framing, worked out by hand from the documentation.
struct FramingBytesTests {
    private let eight = Array("abcdefgh".utf8)

    @Test func fullFrameMatchesTheKnownVector() throws {
        var codec = try Wire.codec(.full, .client)
        #expect(codec.framed(eight) == Wire.bytes("14000000 00000000 6162636465666768 75cc6015"))
        #expect(codec.framed(eight)[4..<8] == [1, 0, 0, 0])
    }

    @Test func abridgedLengthIsOneByteOfWords() throws {
        var codec = try Wire.codec(.abridged, .client)
        #expect(codec.framed(eight) == [0x02] + eight)
        #expect(codec.framed(eight, token: 1) == [0x82] + eight)
    }

    @Test(arguments: [
        (504, "7e", "fe"), (508, "7f7f0000", "ff7f0000"), (512, "7f800000", "ff800000"),
        (1_048_576, "7f000004", "ff000004"),
    ])
    func abridgedLengthGrowsTo3BytesAt127Words(count: Int, header: String, flagged: String) throws {
        var codec = try Wire.codec(.abridged, .client)
        let packet = Wire.packet(count)
        #expect(codec.framed(packet) == Wire.bytes(header) + packet)
        #expect(codec.framed(packet, token: 1) == Wire.bytes(flagged) + packet)
    }

    @Test func intermediateLengthIsFourBytes() throws {
        var codec = try Wire.codec(.intermediate, .client)
        #expect(codec.framed(eight) == [8, 0, 0, 0] + eight)
        #expect(codec.framed(eight, token: 1) == [8, 0, 0, 0x80] + eight)
    }

    @Test func paddingIsCountedByTheLengthAndHasEverySizeUpTo15() throws {
        var codec = try Wire.codec(.paddedIntermediate, .client)
        let packet = Wire.packet(40)
        var paddings: Set<Int> = []
        for _ in 0..<500 {
            let frame = codec.framed(packet)
            let padding = frame.count - 44
            paddings.insert(padding)
            #expect(Array(frame[..<44]) == [UInt8(40 + padding), 0, 0, 0] + packet)
        }
        #expect(paddings == Set(0...15))
        #expect(codec.framed(packet, token: 1)[3] == 0x80)
    }

    @Test func serversPadByLessThanAWord() throws {
        var codec = try Wire.codec(.paddedIntermediate, .server)
        let counts = (0..<200).map { _ in codec.framed(Wire.packet(40)).count - 44 }
        #expect(Set(counts) == Set(0...3))
    }

    @Test func quickAcksHaveTheFormOfTheirFraming() throws {
        var full = try Wire.codec(.full, .server)
        var abridged = try Wire.codec(.abridged, .server)
        var intermediate = try Wire.codec(.intermediate, .server)
        var padded = try Wire.codec(.paddedIntermediate, .server)
        #expect(full.quickAck(0x8403_0201) == [])
        #expect(abridged.quickAck(0x8403_0201) == [0x84, 3, 2, 1])
        #expect(intermediate.quickAck(0x8403_0201) == [1, 2, 3, 0x84])
        let note = padded.quickAck(0x8403_0201)
        #expect(Array(note[..<12]) == [UInt8(note.count - 4), 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 0x84])
        #expect((12...20).contains(note.count))
    }

    @Test func transportErrorsAreFramedNegativeNumbers() throws {
        var abridged = try Wire.codec(.abridged, .server)
        var intermediate = try Wire.codec(.intermediate, .server)
        #expect(abridged.error(404) == Wire.bytes("01 6cfeffff"))
        #expect(intermediate.error(429) == Wire.bytes("04000000 53feffff"))
    }

    @Test func markersAndTagsAreTheDocumentedOnes() {
        #expect(TransportKind.Framing.allCases.map(\.marker) == ["", "ef", "eeeeeeee", "dddddddd", ""].map(Wire.bytes))
        #expect(
            TransportKind.Framing.allCases.map(\.obfuscationTag)
                == [nil, Wire.bytes("efefefef"), Wire.bytes("eeeeeeee"), Wire.bytes("dddddddd"), nil]
        )
    }
}
