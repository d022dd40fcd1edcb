import MTProto
import Testing

/// What holds for all framings but HTTP, in both directions.
struct PacketCodecTests {
    static let directions: [TransportSide] = [.client, .server]

    private func pair(
        _ framing: TransportKind.Framing,
        to receiver: TransportSide,
        limits: PacketLimits = PacketLimits()
    ) throws -> (sender: any PacketCodec, receiver: any PacketCodec) {
        (
            try Wire.codec(framing, receiver == .client ? .server : .client),
            try Wire.codec(framing, receiver, limits: limits)
        )
    }

    @Test(arguments: Wire.framings, directions)
    func packetsOfEverySizeArrive(framing: TransportKind.Framing, side: TransportSide) throws {
        var (sender, receiver) = try pair(framing, to: side)
        for count in Wire.counts(framing) {
            let packet = Wire.packet(count)
            #expect(try Wire.frames(&receiver, [sender.framed(packet)[...]]) == [.packet(packet)], "\(count) bytes")
        }
    }

    @Test(arguments: Wire.framings, directions)
    func severalPacketsInOneReadArriveInOrder(framing: TransportKind.Framing, side: TransportSide) throws {
        var (sender, receiver) = try pair(framing, to: side)
        let packets = Wire.counts(framing).prefix(4).map { Wire.packet($0) }
        var bytes: [UInt8] = []
        for packet in packets { bytes += sender.framed(packet) }
        #expect(try Wire.frames(&receiver, [bytes[...]]) == packets.map { .packet($0) })
    }

    @Test(arguments: Wire.framings, directions)
    func packetsArriveByteByByte(framing: TransportKind.Framing, side: TransportSide) throws {
        var (sender, receiver) = try pair(framing, to: side)
        let packets = Wire.counts(framing).filter { $0 < 1000 }.map { Wire.packet($0) }
        var bytes: [UInt8] = []
        for packet in packets { bytes += sender.framed(packet) }
        #expect(try Wire.frames(&receiver, bytes.indices.map { bytes[$0...$0] }) == packets.map { .packet($0) })
    }

    @Test(arguments: Wire.framings, directions)
    func packetsArriveWhereverTheStreamIsCut(framing: TransportKind.Framing, side: TransportSide) throws {
        let packets = [Wire.packet(24), Wire.packet(520)]
        var (sender, receiver) = try pair(framing, to: side)
        let bytes = sender.framed(packets[0], packets[1])
        let fresh = receiver
        for cut in 0...bytes.count {
            receiver = fresh
            let frames = try Wire.frames(&receiver, [bytes[..<cut], bytes[cut...]])
            #expect(frames == packets.map { .packet($0) }, "cut at \(cut)")
        }
    }

    @Test(arguments: Wire.framings, directions)
    func truncatedFrameWaitsForMore(framing: TransportKind.Framing, side: TransportSide) throws {
        var (sender, receiver) = try pair(framing, to: side)
        let bytes = sender.framed(Wire.packet(40))
        var queue = ByteQueue(Array(bytes.dropLast()))
        for _ in 0..<3 { #expect(try receiver.nextFrame(from: &queue) == nil) }
        #expect(queue.count == bytes.count - 1)
        queue.append(bytes.suffix(1))
        #expect(try receiver.nextFrame(from: &queue) == .packet(Wire.packet(40)))
        #expect(queue.isEmpty)
    }

    @Test(arguments: Wire.framings)
    func largestPacketArrivesAndALargerOneIsRefusedFromItsLength(framing: TransportKind.Framing) throws {
        let limits = PacketLimits(packet: 1032)
        for side in Self.directions {
            var (sender, receiver) = try pair(framing, to: side, limits: limits)
            let largest = Wire.packet(framing == .paddedIntermediate ? 1016 : 1032)
            #expect(try Wire.frames(&receiver, [sender.framed(largest)[...]]) == [.packet(largest)])
            let tooLarge = sender.framed(Wire.packet(1048)).prefix(8)
            let error = #expect(throws: MTProtoError.self) { _ = try Wire.frames(&receiver, [tooLarge]) }
            #expect(error?.code == .malformedTransport)
            #expect(error?.message.contains("1032") == true)
        }
    }

    @Test(arguments: Wire.framings, [404, 429, 444, 403] as [Int32])
    func transportErrorsArriveAsPositiveNumbers(framing: TransportKind.Framing, code: Int32) throws {
        var (server, client) = try pair(framing, to: .client)
        for _ in 0..<40 {
            #expect(try Wire.frames(&client, [server.error(code)[...]]) == [.error(code)])
        }
    }

    @Test(arguments: [TransportKind.Framing.abridged, .intermediate, .paddedIntermediate])
    func quickAcksArriveBetweenPackets(framing: TransportKind.Framing) throws {
        var (server, client) = try pair(framing, to: .client)
        for token in [0x8000_0000, 0x8403_0201, 0xffff_ffff, 0xffff_fe6c] as [UInt32] {
            var bytes: [UInt8] = []
            bytes += server.quickAck(token)
            bytes += server.framed(Wire.packet(40))
            bytes += server.quickAck(token)
            let expected: [TransportFrame] = [.quickAck(token), .packet(Wire.packet(40)), .quickAck(token)]
            #expect(try Wire.frames(&client, [bytes[...]]) == expected)
            #expect(try Wire.frames(&client, bytes.indices.map { bytes[$0...$0] }) == expected)
        }
    }

    @Test(arguments: [TransportKind.Framing.abridged, .intermediate, .paddedIntermediate])
    func serverSeesWhichPacketWantsAQuickAck(framing: TransportKind.Framing) throws {
        var (client, server) = try pair(framing, to: .server)
        var queue = ByteQueue()
        for (count, token) in [(24, 1), (24, nil), (520, 2), (520, nil)] as [(Int, UInt32?)] {
            queue.append(client.framed(Wire.packet(count), token: token))
            #expect(try server.nextFrame(from: &queue) == .packet(Wire.packet(count)))
            #expect(server.lastPacketWantsQuickAck == (token != nil))
        }
    }

    @Test func negativeNumbersFromAClientAreNoErrors() throws {
        for framing in [TransportKind.Framing.full, .abridged, .intermediate] {
            var (client, server) = try pair(framing, to: .server)
            #expect(
                try Wire.frames(&server, [client.framed([0x6c, 0xfe, 0xff, 0xff])[...]]) == [
                    .packet([0x6c, 0xfe, 0xff, 0xff])
                ]
            )
        }
    }

    @Test(arguments: directions)
    func lengthsThatNoFrameHasAreRefused(side: TransportSide) throws {
        let cases: [(TransportKind.Framing, String)] = [
            (.full, "00000000"), (.full, "04000000"), (.full, "0c000000"), (.full, "11000000"), (.full, "00000080"),
            (.full, "ffffff7f"), (.abridged, "00"), (.abridged, "7f000000"), (.abridged, "7fffffff"),
            (.intermediate, "00000000"), (.intermediate, "05000000"), (.intermediate, "06000000"),
            (.intermediate, "ffffff7f"), (.paddedIntermediate, "00000000"), (.paddedIntermediate, "ffffff7f"),
            (.paddedIntermediate, "03000000 ffffff"), (.paddedIntermediate, "08000000 0100000000000000"),
        ]
        for (framing, hex) in cases {
            var codec = try Wire.codec(framing, side)
            let error = #expect(throws: MTProtoError.self, "\(framing) \(hex)") {
                _ = try Wire.frames(&codec, [Wire.bytes(hex)[...]])
            }
            #expect(error?.code == .malformedTransport)
        }
    }

    @Test(arguments: [TransportKind.Framing.full, .intermediate, .paddedIntermediate])
    func answerOfAWebServerIsCalledThat(framing: TransportKind.Framing) throws {
        var codec = try Wire.codec(framing, .client)
        let error = #expect(throws: MTProtoError.self) {
            _ = try Wire.frames(&codec, [Array("HTTP/1.1 403 Forbidden\r\n".utf8)[...]])
        }
        #expect(error?.message.contains("'HTTP' came in place of a length") == true)
    }

    @Test func flaggedLengthsAreCheckedByServers() throws {
        let cases: [(TransportKind.Framing, String)] = [
            (.abridged, "80"), (.abridged, "ff000000"), (.abridged, "ffffffff"), (.intermediate, "00000080"),
            (.intermediate, "ffffffff"), (.intermediate, "05000080"), (.paddedIntermediate, "00000080"),
            (.full, "53feffff"),
        ]
        for (framing, hex) in cases {
            var codec = try Wire.codec(framing, .server)
            #expect(throws: MTProtoError.self, "\(framing) \(hex)") {
                _ = try Wire.frames(&codec, [Wire.bytes(hex)[...]])
            }
        }
    }
}
