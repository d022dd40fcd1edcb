import MTProto
import TelegramTesting
import Testing

/// The client's pipeline against the server's as an MTProxy.
struct ServerPipelineProxyTests {
    private static let key = [UInt8](1...16)
    static let modes: [MTProxySecret.Mode] = [.plain, .padded, .fakeTLS(domain: "example.org")]
    static let transports = TransportKind.all.filter { $0 != .full && $0 != .http }

    @Test(arguments: modes, transports)
    func packetsArriveThroughAProxy(mode: MTProxySecret.Mode, transport: TransportKind) throws {
        var pair = try PipelinePair(transport, secret: MTProxySecret(key: Self.key, mode: mode))
        try pair.connect()
        #expect(pair.client.isReady)
        let packets = [0, 3, 30, 65_535].map { PipelinePair.packet($0) }
        try pair.clientSends(packets)
        try pair.serverSends(packets)
        #expect(pair.atServer == packets.map { .packet($0) })
        #expect(pair.atClient == packets.map { .packet($0) })
        #expect(pair.server.dataCenter == -10002)
        #expect(pair.server.detected == pair.client.transport)
        #expect(pair.server.detected?.isObfuscated == true)
        if mode != .plain { #expect(pair.server.detected?.framing == .paddedIntermediate) }
    }

    @Test(arguments: modes) func packetsArriveByteByByte(mode: MTProxySecret.Mode) throws {
        var pair = try PipelinePair(.paddedIntermediate, secret: MTProxySecret(key: Self.key, mode: mode))
        pair.cut = { count in (0..<count).map { $0..<$0 + 1 } }
        try pair.connect()
        let packets = [0, 3, 300].map { PipelinePair.packet($0) }
        try pair.clientSends(packets)
        try pair.serverSends(packets)
        #expect(pair.atServer == packets.map { .packet($0) })
        #expect(pair.atClient == packets.map { .packet($0) })
    }

    @Test(arguments: modes) func packetsArriveWhereverTheStreamIsCut(mode: MTProxySecret.Mode) throws {
        let secret = try MTProxySecret(key: Self.key, mode: mode)
        for cut in 0...700 {
            var pair = try PipelinePair(.paddedIntermediate, secret: secret, seed: UInt64(cut))
            pair.cut = { [0..<min(cut, $0), min(cut, $0)..<$0] }
            try pair.connect()
            try pair.clientSends([PipelinePair.packet(1), PipelinePair.packet(30)])
            try pair.serverSends([PipelinePair.packet(2), PipelinePair.packet(31)])
            #expect(
                pair.atServer == [.packet(PipelinePair.packet(1)), .packet(PipelinePair.packet(30))],
                "cut at \(cut)"
            )
            #expect(
                pair.atClient == [.packet(PipelinePair.packet(2)), .packet(PipelinePair.packet(31))],
                "cut at \(cut)"
            )
        }
    }

    @Test(arguments: modes) func theRightOneOfSeveralSecretsIsFound(mode: MTProxySecret.Mode) throws {
        let secret = try MTProxySecret(key: Self.key, mode: mode)
        let others = try Self.modes.map { try MTProxySecret(key: Self.key.reversed(), mode: $0) }
        var pair = try PipelinePair(.abridged, secret: secret, accepted: others + [secret])
        try pair.connect()
        try pair.clientSends([PipelinePair.packet(1)])
        #expect(pair.atServer == [.packet(PipelinePair.packet(1))])
    }

    @Test(arguments: modes) func anotherSecretIsRefused(mode: MTProxySecret.Mode) throws {
        let others = try Self.modes.map { try MTProxySecret(key: Self.key.reversed(), mode: $0) }
        var pair = try PipelinePair(.abridged, secret: MTProxySecret(key: Self.key, mode: mode), accepted: others)
        #expect(throws: MTProtoError.self) {
            try pair.connect()
            try pair.clientSends([PipelinePair.packet(1)])
        }
        #expect(pair.atServer == [])
    }

    @Test func aSecretForPaddedPacketsTakesNoOthers() throws {
        let plain = try MTProxySecret(key: Self.key, mode: .plain)
        let padded = try MTProxySecret(key: Self.key, mode: .padded)
        var pair = try PipelinePair(.abridged, secret: plain, accepted: [padded])
        try pair.connect()
        let error = #expect(throws: MTProtoError.self) { try pair.clientSends([PipelinePair.packet(1)]) }
        #expect(error?.message.contains("wants 'paddedIntermediate'") == true)
    }

    @Test(arguments: [TransportKind.abridged, .intermediate, .full, .http, .obfuscatedAbridged])
    func clientsWithoutSecretAreRefused(transport: TransportKind) throws {
        let secret = try MTProxySecret(key: Self.key, mode: .plain)
        var pair = try PipelinePair(transport, accepted: [secret])
        try pair.connect()
        let error = #expect(throws: MTProtoError.self) { try pair.clientSends([PipelinePair.packet(4)]) }
        #expect(error?.message.contains("fit none of the proxy's 1 secrets") == true)
    }

    @Test func fakeTLSNeedsASecretForIt() throws {
        let plain = try MTProxySecret(key: Self.key, mode: .plain)
        let fakeTLS = try MTProxySecret(key: Self.key, mode: .fakeTLS(domain: "example.org"))
        var pair = try PipelinePair(.abridged, secret: fakeTLS, accepted: [plain])
        #expect(throws: MTProtoError.self) {
            try pair.connect()
            try pair.clientSends([PipelinePair.packet(1)])
        }
    }

    @Test func aProxyReportsErrorsAndAcknowledgesQuickly() throws {
        for mode in Self.modes {
            var pair = try PipelinePair(.abridged, secret: MTProxySecret(key: Self.key, mode: mode))
            try pair.connect()
            try pair.clientSends([PipelinePair.packet(1)], token: 0x8000_0001)
            try pair.toClient(pair.server.quickAck(0x8000_0001))
            try pair.toClient(pair.server.error(444))
            #expect(pair.wishes == [true])
            #expect(pair.atClient == [.quickAck(0x8000_0001), .error(444)])
        }
    }
}
