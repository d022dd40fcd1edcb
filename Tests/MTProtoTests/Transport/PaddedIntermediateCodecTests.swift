import MTProto
import Testing

struct PaddedIntermediateCodecTests {
    /// A frame with this padding, made by hand.
    private func frame(_ content: [UInt8], padding: Int) -> [UInt8] {
        withUnsafeBytes(of: UInt32(content.count + padding).littleEndian, Array.init) + content
            + [UInt8](repeating: 0xa5, count: padding)
    }

    @Test(arguments: 0...15) func paddingIsTakenOffEncryptedPackets(padding: Int) throws {
        for side in [TransportSide.client, .server] {
            for count in [24, 40, 88, 1048] {
                var codec = try Wire.codec(.paddedIntermediate, side)
                let packet = Wire.packet(count)
                #expect(try Wire.frames(&codec, [frame(packet, padding: padding)[...]]) == [.packet(packet)])
            }
        }
    }

    @Test(arguments: 0...15) func paddingIsTakenOffUnencryptedPackets(padding: Int) throws {
        for side in [TransportSide.client, .server] {
            for count in [4, 20, 84, 320] {
                var codec = try Wire.codec(.paddedIntermediate, side)
                let packet = Wire.unencrypted(body: count)
                #expect(try Wire.frames(&codec, [frame(packet, padding: padding)[...]]) == [.packet(packet)])
            }
        }
    }

    @Test(arguments: [-1, 0, 5, 1000, .max, .min] as [Int32])
    func aLengthThatLiesIsLeftToTheReaderOfMessages(length: Int32) throws {
        var packet = Wire.unencrypted(body: 40)
        packet.replaceSubrange(16..<20, with: withUnsafeBytes(of: length.littleEndian, Array.init))
        var codec = try Wire.codec(.paddedIntermediate, .client)
        #expect(try Wire.frames(&codec, [frame(packet, padding: 3)[...]]) == [.packet(packet)])
    }

    @Test(arguments: 0...15) func transportErrorsMayBePadded(padding: Int) throws {
        var codec = try Wire.codec(.paddedIntermediate, .client)
        let error = Wire.bytes("6cfeffff")
        #expect(try Wire.frames(&codec, [frame(error, padding: padding)[...]]) == [.error(404)])
    }

    @Test(arguments: 0...8) func quickAcksMayBePadded(padding: Int) throws {
        var codec = try Wire.codec(.paddedIntermediate, .client)
        let note = Wire.bytes("ffffffff 01020384")
        #expect(try Wire.frames(&codec, [frame(note, padding: padding)[...]]) == [.quickAck(0x8403_0201)])
    }

    @Test func quickAcksMayComeWithoutLength() throws {
        var codec = try Wire.codec(.paddedIntermediate, .client)
        #expect(try Wire.frames(&codec, [Wire.bytes("01020384")[...]]) == [.quickAck(0x8403_0201)])
    }
}
