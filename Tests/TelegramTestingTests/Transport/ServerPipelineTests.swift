import MTProto
import MTProtoCrypto
import TelegramTesting
import Testing

/// The client's pipeline against the server's.
struct ServerPipelineTests {
    static let streams = TransportKind.all.filter { $0 != .http }
    private static let packets = [0, 3, 29, 30, 31, 65_535].map { PipelinePair.packet($0) }

    @Test(arguments: streams) func packetsOfManySizesArriveInBothDirections(transport: TransportKind) throws {
        var pair = try PipelinePair(transport)
        try pair.connect()
        #expect(pair.client.isReady)
        for packet in Self.packets {
            try pair.clientSends([packet])
            try pair.serverSends([packet])
        }
        try pair.clientSends(Self.packets)
        try pair.serverSends(Self.packets)
        #expect(pair.atServer == (Self.packets + Self.packets).map { .packet($0) })
        #expect(pair.atClient == (Self.packets + Self.packets).map { .packet($0) })
        #expect(pair.server.detected == transport)
        #expect(pair.server.dataCenter == nil)
    }

    @Test(arguments: streams) func packetsArriveByteByByte(transport: TransportKind) throws {
        var pair = try PipelinePair(transport)
        pair.cut = { count in (0..<count).map { $0..<$0 + 1 } }
        try pair.connect()
        let packets = Array(Self.packets.dropLast())
        try pair.clientSends(packets)
        try pair.serverSends(packets)
        #expect(pair.atServer == packets.map { .packet($0) })
        #expect(pair.atClient == packets.map { .packet($0) })
        #expect(pair.server.detected == transport)
    }

    @Test(arguments: streams) func packetsArriveWhereverTheStreamIsCut(transport: TransportKind) throws {
        let packets = [PipelinePair.packet(1), PipelinePair.packet(2)]
        for cut in 0...180 {
            var pair = try PipelinePair(transport)
            pair.cut = { [0..<min(cut, $0), min(cut, $0)..<$0] }
            try pair.connect()
            try pair.clientSends(packets)
            try pair.serverSends(packets)
            #expect(pair.atServer == packets.map { .packet($0) }, "cut at \(cut)")
            #expect(pair.atClient == packets.map { .packet($0) }, "cut at \(cut)")
        }
    }

    @Test(arguments: streams) func quickAcksAreAskedForAndCome(transport: TransportKind) throws {
        var pair = try PipelinePair(transport)
        try pair.connect()
        try pair.clientSends([PipelinePair.packet(1)])
        try pair.clientSends([PipelinePair.packet(1)], token: 0x8123_4567)
        try pair.toClient(pair.server.quickAck(0x8123_4567))
        #expect(pair.wishes == [false, transport != .full])
        #expect(pair.atClient == (transport == .full ? [] : [.quickAck(0x8123_4567)]))
    }

    @Test(arguments: TransportKind.all, [404, 429, 444] as [Int32])
    func transportErrorsArrive(transport: TransportKind, code: Int32) throws {
        var pair = try PipelinePair(transport)
        try pair.connect()
        try pair.clientSends([PipelinePair.packet(1)])
        try pair.toClient(pair.server.error(code))
        #expect(pair.atClient == [.error(code)])
    }

    @Test func nothingIsSaidBeforeTheClientHasSpoken() {
        var server = ServerPipeline(random: PipelineRandom(seed: 1))
        #expect(server.send(PipelinePair.packet(1)) == [])
        #expect(server.error(404) == [])
        #expect(server.quickAck(1) == [])
        #expect(!server.maySend)
    }

    // MARK: - Detection

    private func received(_ hex: String, then packet: [UInt8] = []) throws -> ServerPipeline {
        var server = ServerPipeline(random: PipelineRandom(seed: 1))
        let digits = hex.filter { $0 != " " }.compactMap(\.hexDigitValue)
        let bytes = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) } + packet
        _ = try bytes.withUnsafeBytes { try server.received($0) }
        return server
    }

    @Test func framingsAreRecognizedByTheirFirstBytes() throws {
        #expect(try received("ef").detected == .abridged)
        #expect(try received("eeeeeeee").detected == .intermediate)
        #expect(try received("dddddddd").detected == .paddedIntermediate)
        #expect(try received("34000000 00000000").detected == .full)
        #expect(try received("504f5354").detected == .http)
        for undecided in ["", "ee", "eeeeee", "dddddd", "340000", "34000000 000000", "504f53"] {
            #expect(try received(undecided).detected == nil)
        }
    }

    @Test func sixtyFourBytesThatAnnounceNothingAreRefused() throws {
        let noise = String(repeating: "01", count: 64)
        #expect(try received(String(noise.dropLast(2))).detected == nil)
        let error = #expect(throws: MTProtoError.self) { _ = try received(noise) }
        #expect(error?.code == .malformedTransport)
    }

    @Test(arguments: ["GET / HTTP/1.1\r\n\r\n", "OPTIONS * HTTP/1.1\r\n\r\n", "POST / HTTP/1.1\r\n\r\n"])
    func otherHTTPRequestsAreRefused(text: String) {
        var server = ServerPipeline(random: PipelineRandom(seed: 1))
        let error = #expect(throws: MTProtoError.self) {
            _ = try Array(text.utf8).withUnsafeBytes { try server.received($0) }
        }
        #expect(error?.message.contains("not with 'POST /api'") == true)
    }

    @Test func packetsBeforeAFailureAreDeliveredAndTheFailureStays() throws {
        var server = ServerPipeline(random: PipelineRandom(seed: 1))
        let bytes = [0xef, 6] + PipelinePair.packet(0) + [0]
        for _ in 0..<2 {
            #expect(throws: MTProtoError.self) { _ = try bytes.withUnsafeBytes { try server.received($0) } }
        }
        #expect(try server.nextFrame() == .packet(PipelinePair.packet(0)))
        #expect(throws: MTProtoError.self) { _ = try server.nextFrame() }
    }

    @Test func randomStreamsAreReadOrRefused() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        let random = PipelineRandom(seed: seed)
        let limits = PacketLimits(packet: 256, httpHead: 128)
        let plain = try MTProxySecret(key: [UInt8](repeating: 1, count: 16), mode: .plain)
        let fakeTLS = try MTProxySecret(key: [UInt8](repeating: 2, count: 16), mode: .fakeTLS(domain: "example.org"))
        let starts = [
            [], [0xef], [0xee, 0xee, 0xee, 0xee], Array("POST /api HTTP/1.1\r\n".utf8), [0x16, 0x03, 0x01, 0x02, 0x00],
        ]
        var failures = 0
        for _ in 0..<50_000 {
            var server = ServerPipeline(
                mtProxySecrets: random.number(below: 2) == 0 ? [] : [plain, fakeTLS],
                random: random,
                time: PipelinePair.now,
                limits: limits
            )
            do throws(MTProtoError) {
                var bytes: [UInt8] = starts[random.number(below: starts.count)]
                for _ in 0..<3 {
                    bytes += random.bytes(random.number(below: 100))
                    _ = try Self.feed(bytes, to: &server)
                    while try server.nextFrame() != nil {}
                    bytes = []
                }
                _ = server.send(PipelinePair.packet(0))
            } catch {
                failures += 1
                if error.code != .malformedTransport { Issue.record("seed \(seed): \(error)") }
            }
        }
        #expect((1000..<50_000).contains(failures), "seed \(seed)")
    }

    private static func feed(_ bytes: [UInt8], to server: inout ServerPipeline) throws(MTProtoError) -> [UInt8] {
        var queue = ByteQueue(bytes)
        var result = Swift.Result<[UInt8], MTProtoError>.success([])
        queue.withUnsafeMutableBytes { buffer in
            do throws(MTProtoError) {
                result = .success(try server.received(UnsafeRawBufferPointer(buffer)))
            } catch {
                result = .failure(error)
            }
        }
        return try result.get()
    }
}
