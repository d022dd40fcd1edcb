import MTProto
import MTProtoCrypto
import TLRuntime
import Testing

struct PacketRecordTests {
    private let key = AuthKey(bytes: (0...255).map { UInt8($0) })
    private let random = SenderTesting.Random(seed: 1)

    private func packet(_ body: [UInt8], from side: MessageSide = .client) throws -> [UInt8] {
        let key = try #require(key)
        return Envelope.seal(
            body,
            messageID: MessageID(4),
            sequenceNumber: 1,
            salt: 1,
            sessionID: 2,
            key: key,
            from: side,
            random: random
        ).bytes
    }

    private func record(_ body: [UInt8]) throws -> PacketRecord {
        PacketRecord(try packet(body), .sent, key: key, connection: "dc2")
    }

    private func number(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }

    private func message(_ id: Int64, _ body: [UInt8]) -> [UInt8] {
        id.littleEndianBytes + number(3) + number(UInt32(body.count)) + body
    }

    @Test func serviceMessageIsPrintedWithItsFields() throws {
        let lines = try record(try MTP.Ping(pingID: 7).encoded()).lines
        #expect(lines == ["4 #1 ping(ping_id: 7)"])
    }

    @Test func messageOfTheAPIShowsNumberAndLengthOnly() throws {
        let secret = Array("+9996621234".utf8) + [0]
        let text = try record(number(0xa677_244f) + secret).description
        #expect(text.hasSuffix("\n    4 #1 0xa677244f, 16 bytes"))
        #expect(!text.contains("9996621234") && !text.contains("2b393939"))
    }

    @Test func containersAndResultsAreFollowed() throws {
        let result = number(FramedConstructor.rpcResult) + Int64(9).littleEndianBytes + number(0x1234_5678)
        let body =
            number(FramedConstructor.messageContainer) + number(2)
            + message(8, try MTP.Ping(pingID: 7).encoded()) + message(12, result)
        #expect(
            try record(body).lines == [
                "4 #1 msg_container", "  8 #3 ping(ping_id: 7)",
                "  12 #3 rpc_result(req_msg_id: 9) 0x12345678, 4 bytes",
            ]
        )
    }

    @Test func compressedContentIsOpenedAndStillMasked() throws {
        let inner = number(0x1234_5678) + [UInt8](repeating: 0x41, count: 996)
        let packed = Gzip.deflate(inner)
        var body = number(FramedConstructor.gzipPacked) + [UInt8(packed.count)] + packed
        body += [UInt8](repeating: 0, count: (4 - body.count % 4) % 4)
        #expect(try record(body).lines == ["  4 #1 gzip_packed 0x12345678, 1000 bytes"])
    }

    @Test func keyExchangeShowsNamesOnly() throws {
        let body = try MTP.ReqPqMulti(nonce: TLInt128(low: 0x1234, high: 0x5678)).encoded()
        let packet = UnencryptedMessage.packet(body: body, id: MessageID(4))
        let record = PacketRecord(packet, .sent, key: key, connection: "dc2")
        #expect(record.lines == ["req_pq_multi, 20 bytes"])
    }

    @Test func unknownKeyShowsTheLengthOnly() throws {
        let packet = try packet(try MTP.Ping(pingID: 7).encoded())
        let record = PacketRecord(packet, .received, key: nil, connection: "dc2")
        #expect(record.description == "dc2 received \(packet.count) bytes")
    }

    @Test func hostileContentIsCutOff() throws {
        let container = number(FramedConstructor.messageContainer)
        let bodies: [[UInt8]] = [
            container, container + number(.max), container + number(1) + message(8, []).prefix(12) + number(.max),
            number(FramedConstructor.rpcResult), number(FramedConstructor.gzipPacked) + number(0xFFFF_FFFE),
            (0..<50).reduce([]) { inner, _ in container + number(1) + message(8, inner) },
            container + number(0x7FFF_FFFF) + (0..<5_000).flatMap { _ in message(8, number(1)) },
        ]
        for body in bodies {
            for side in [PacketRecord.Direction.sent, .received] {
                let packet = try packet(body, from: side == .sent ? .client : .server)
                let record = PacketRecord(packet, side, key: key, connection: "dc2")
                #expect(!record.lines.isEmpty && record.lines.count <= 200)
            }
        }
        for count in 0..<64 {
            let record = PacketRecord([UInt8](repeating: 0, count: count), .received, key: key, connection: "dc2")
            #expect(record.byteCount == count)
        }
    }
}
