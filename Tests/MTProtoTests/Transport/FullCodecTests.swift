import MTProto
import Testing

struct FullCodecTests {
    @Test func everyChangedByteIsNoticed() throws {
        var sender = FullCodec(side: .server)
        let bytes = sender.framed(Wire.packet(24))
        for index in 4..<bytes.count {
            var damaged = bytes
            damaged[index] ^= 0x40
            var receiver: any PacketCodec = FullCodec(side: .client)
            let error = #expect(throws: MTProtoError.self, "byte \(index)") {
                _ = try Wire.frames(&receiver, [damaged[...]])
            }
            #expect(error?.message.contains("checksum") == true)
        }
    }

    @Test func repeatedAndSkippedFramesAreRefused() throws {
        var sender = FullCodec(side: .server)
        let first = sender.framed(Wire.packet(24))
        let second = sender.framed(Wire.packet(24))
        var skipping: any PacketCodec = FullCodec(side: .client)
        #expect(throws: MTProtoError.self) { _ = try Wire.frames(&skipping, [second[...]]) }
        var repeating: any PacketCodec = FullCodec(side: .client)
        let error = #expect(throws: MTProtoError.self) { _ = try Wire.frames(&repeating, [first[...], first[...]]) }
        #expect(error?.message == "frame 0 came over 'full', and frame 1 was expected")
    }

    @Test func bareErrorCodesAreErrors() throws {
        var receiver: any PacketCodec = FullCodec(side: .client)
        let frames = try Wire.frames(&receiver, [Wire.bytes("53feffff 53feffff 53feffff")[...]])
        #expect(frames == [.error(429), .error(429), .error(429)])
    }

    @Test func errorsNeedNotBeCounted() throws {
        var sender = FullCodec(side: .server)
        var receiver: any PacketCodec = FullCodec(side: .client)
        let packet = sender.framed(Wire.packet(24))
        var fresh = FullCodec(side: .server)
        #expect(
            try Wire.frames(&receiver, [packet[...], fresh.error(404)[...]]) == [.packet(Wire.packet(24)), .error(404)]
        )
    }
}
