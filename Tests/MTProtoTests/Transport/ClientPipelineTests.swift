import MTProto
import MTProtoCrypto
import Testing

struct ClientPipelineTests {
    private static let destination = Endpoint(host: "149.154.167.51", port: 443)
    private static let key = String(repeating: "0123456789abcdef", count: 2)

    private func pipeline(
        _ transport: TransportKind,
        proxy: ProxyConfiguration? = nil,
        random: TransportRandom = TransportRandom()
    ) throws(MTProtoError) -> ClientPipeline {
        try ClientPipeline(
            transport: transport,
            destination: Self.destination,
            dataCenter: 2,
            proxy: proxy,
            random: random,
            time: Wire.now
        )
    }

    private func mtProxy(_ prefix: String = "", _ suffix: String = "") throws -> ProxyConfiguration {
        try .mtProxy(host: "proxy.example.org", port: 8443, secret: prefix + Self.key + suffix)
    }

    // MARK: - Opening

    @Test(arguments: [
        (TransportKind.abridged, "ef 06"), (.intermediate, "eeeeeeee 18000000"), (.full, "24000000 00000000"),
    ])
    func plainTransportsOpenWithTheirMarkerOnce(transport: TransportKind, start: String) throws {
        var pipeline = try pipeline(transport)
        #expect(pipeline.connected() == [])
        #expect(pipeline.isReady)
        let bytes = pipeline.send([OutgoingPacket(bytes: Wire.packet(24))])
        #expect(bytes.starts(with: Wire.bytes(start) + Wire.packet(24)))
        let next = pipeline.send([OutgoingPacket(bytes: Wire.packet(24))])
        #expect(next.count == bytes.count - transport.framing.marker.count)
    }

    @Test func paddedTransportOpensWithItsMarker() throws {
        var pipeline = try pipeline(.paddedIntermediate)
        _ = pipeline.connected()
        let bytes = pipeline.send([OutgoingPacket(bytes: Wire.packet(24))])
        #expect(bytes.starts(with: Wire.bytes("dddddddd")))
        #expect(Array(bytes[8..<32]) == Wire.packet(24))
    }

    @Test func obfuscatedTransportOpensWithTheHeader() throws {
        var pipeline = try pipeline(.obfuscatedAbridged)
        _ = pipeline.connected()
        let bytes = pipeline.send([OutgoingPacket(bytes: Wire.packet(24))])
        #expect(bytes.count == 64 + 25)
        var server = try #require(Obfuscation.server(header: Array(bytes[..<64]), secret: nil))
        #expect(server.framing == .abridged)
        #expect(server.dataCenter == 2)
        var frame = Array(bytes[64...])
        frame.withUnsafeMutableBytes { server.obfuscation.applyToReceived($0) }
        #expect(frame == [6] + Wire.packet(24))
        #expect(pipeline.send([OutgoingPacket(bytes: Wire.packet(24))]).count == 25)
    }

    @Test func nothingIsSentForNoPackets() throws {
        var pipeline = try pipeline(.abridged)
        _ = pipeline.connected()
        #expect(pipeline.send([]) == [])
        #expect(pipeline.send([OutgoingPacket(bytes: Wire.packet(24))]).first == 0xef)
    }

    // MARK: - Receiving

    @Test func framesBeforeAFailureAreDeliveredAndTheFailureStays() throws {
        var pipeline = try pipeline(.abridged)
        _ = pipeline.connected()
        let bytes = [6] + Wire.packet(24) + [0]
        #expect(try bytes.withUnsafeBytes { try pipeline.received($0) } == [])
        #expect(try pipeline.nextFrame() == .packet(Wire.packet(24)))
        for _ in 0..<2 {
            let error = #expect(throws: MTProtoError.self) { _ = try pipeline.nextFrame() }
            #expect(error?.code == .malformedTransport)
        }
        #expect(!pipeline.isReady)
        #expect(pipeline.send([OutgoingPacket(bytes: Wire.packet(24))]) == [])
        #expect(throws: MTProtoError.self) { _ = try bytes.withUnsafeBytes { try pipeline.received($0) } }
    }

    @Test func fourBytesAtTheEndOfAStreamAreAnErrorCode() throws {
        var pipeline = try pipeline(.abridged)
        _ = pipeline.connected()
        _ = try Wire.bytes("6cfeffff").withUnsafeBytes { try pipeline.received($0) }
        #expect(try pipeline.nextFrame() == nil)
        #expect(pipeline.ended() == .error(404))
        #expect(pipeline.ended() == nil)
    }

    @Test func anErrorCodeAtTheEndIsDecipheredFirst() throws {
        var pipeline = try pipeline(.obfuscatedAbridged)
        _ = pipeline.connected()
        let header = Array(pipeline.send([OutgoingPacket(bytes: Wire.packet(24))]).prefix(64))
        var server = try #require(Obfuscation.server(header: header, secret: nil))
        var code = Wire.bytes("6cfeffff")
        server.obfuscation.applyToSent(&code)
        _ = try code.withUnsafeBytes { try pipeline.received($0) }
        #expect(try pipeline.nextFrame() == nil)
        #expect(pipeline.ended() == .error(404))
    }

    @Test(arguments: ["6cfeff", "6cfeffffff", "6cfeff7f", ""])
    func otherEndsAreNoErrorCode(hex: String) throws {
        var pipeline = try pipeline(.abridged)
        _ = pipeline.connected()
        _ = try Wire.bytes(hex).withUnsafeBytes { try pipeline.received($0) }
        #expect(try pipeline.nextFrame() == nil)
        #expect(pipeline.ended() == nil)
    }

    // MARK: - HTTP

    @Test func httpNeedsPollingAndCountsRequests() throws {
        var pipeline = try pipeline(.http)
        #expect(pipeline.needsPolling)
        _ = pipeline.connected()
        let packet = OutgoingPacket(bytes: Wire.packet(24))
        _ = pipeline.send([packet, packet])
        #expect(pipeline.outstandingRequests == 2)
        #expect(pipeline.canSend)
        _ = pipeline.send([OutgoingPacket](repeating: packet, count: 14))
        #expect(!pipeline.canSend)
        let response = Array("HTTP/1.1 200 OK\r\nContent-Length: 24\r\n\r\n".utf8) + Wire.packet(24)
        _ = try response.withUnsafeBytes { try pipeline.received($0) }
        #expect(try pipeline.nextFrame() == .packet(Wire.packet(24)))
        #expect(pipeline.outstandingRequests == 15)
        #expect(pipeline.canSend)
    }

    @Test func othersNeedNoPolling() throws {
        for transport in TransportKind.all where transport != .http {
            let pipeline = try pipeline(transport)
            #expect(!pipeline.needsPolling)
            #expect(pipeline.outstandingRequests == 0)
        }
    }

    // MARK: - Proxies

    @Test func theFirstHopIsTheProxy() throws {
        let proxy = try ProxyConfiguration.socks5(host: "10.0.0.1", port: 1080)
        #expect(ClientPipeline.firstHop(destination: Self.destination, proxy: nil) == Self.destination)
        #expect(
            ClientPipeline.firstHop(destination: Self.destination, proxy: proxy)
                == Endpoint(host: "10.0.0.1", port: 1080)
        )
    }

    @Test(arguments: [TransportKind.full, .http])
    func anMTProxyRefusesWhatItCannotCarry(transport: TransportKind) throws {
        for proxy in [try mtProxy(), try mtProxy("dd"), try mtProxy("ee", "6578616d706c652e6f7267")] {
            let error = #expect(throws: MTProtoError.self) { _ = try pipeline(transport, proxy: proxy) }
            #expect(error?.code == .invalidProxy)
            #expect(error?.message.contains("use 'obfuscated paddedIntermediate'") == true)
        }
    }

    @Test func anMTProxyIsAlwaysSpokenToObfuscated() throws {
        let plain = try mtProxy()
        let expected: [(TransportKind, TransportKind)] = [
            (.abridged, .obfuscatedAbridged), (.obfuscatedAbridged, .obfuscatedAbridged),
            (.intermediate, .obfuscatedIntermediate), (.paddedIntermediate, .obfuscatedPaddedIntermediate),
        ]
        for (asked, spoken) in expected { #expect(try pipeline(asked, proxy: plain).transport == spoken) }
        for (asked, _) in expected {
            for proxy in [try mtProxy("dd"), try mtProxy("ee", "6578616d706c652e6f7267")] {
                #expect(try pipeline(asked, proxy: proxy).transport == .obfuscatedPaddedIntermediate)
            }
        }
    }

    @Test func socksHandshakeComesFirstAndItsLeftoverIsTheStream() throws {
        let proxy = try ProxyConfiguration.socks5(host: "10.0.0.1", port: 1080)
        let answer = Wire.bytes("0500 05000001 00000000 0000") + [6] + Wire.packet(24)
        for cut in 0...answer.count {
            var pipeline = try pipeline(.abridged, proxy: proxy)
            #expect(pipeline.connected() == [5, 1, 0])
            #expect(!pipeline.isReady)
            var sent: [UInt8] = []
            for piece in [answer[..<cut], answer[cut...]] {
                sent += try piece.withUnsafeBytes { try pipeline.received($0) }
            }
            #expect(sent == Wire.bytes("05010001 959aa733 01bb"), "cut at \(cut)")
            #expect(pipeline.isReady)
            #expect(try pipeline.nextFrame() == .packet(Wire.packet(24)))
            #expect(pipeline.send([OutgoingPacket(bytes: Wire.packet(24))]).first == 0xef)
        }
    }

    @Test func framesAreNotReadBeforeTheHandshakeIsOver() throws {
        let proxy = try ProxyConfiguration.socks5(host: "10.0.0.1", port: 1080)
        var pipeline = try pipeline(.abridged, proxy: proxy)
        _ = pipeline.connected()
        _ = try [UInt8]([5]).withUnsafeBytes { try pipeline.received($0) }
        #expect(try pipeline.nextFrame() == nil)
        #expect(pipeline.ended() == nil)
    }

    @Test func randomAnswersOfProxiesNeverTrap() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        let random = TransportRandom(seed: seed)
        let proxies: [ProxyConfiguration?] = [
            try .socks5(host: "10.0.0.1", port: 1080), try .socks4(host: "10.0.0.1", port: 1080),
            try .httpConnect(host: "10.0.0.1", port: 1080), try mtProxy("ee", "6578616d706c652e6f7267"),
            try mtProxy("dd"),
        ]
        let starts = ["", "0500", "005a", "485454502f312e312032", "160303007a", "050005000001"].map(Wire.bytes)
        for _ in 0..<5000 {
            var pipeline = try pipeline(.obfuscatedAbridged, proxy: proxies[random.number(below: proxies.count)])
            _ = pipeline.connected()
            do {
                var bytes = starts[random.number(below: starts.count)]
                for _ in 0..<3 {
                    bytes += random.bytes(random.number(below: 200))
                    _ = try bytes.withUnsafeBytes { try pipeline.received($0) }
                    while try pipeline.nextFrame() != nil {}
                    bytes = []
                }
                _ = pipeline.ended()
            } catch {
                let code = (error as? MTProtoError)?.code
                #expect(code == .proxyFailed || code == .malformedTransport, "seed \(seed): \(error)")
            }
        }
    }
}
