import MTProto
import MTProtoCrypto
import TelegramTesting

/// An end of a transport with what it takes to reach it: obfuscated streams are enciphered for it.
struct TransportPeer {
    private enum End {
        case client(ClientPipeline)
        case server(ServerPipeline)
    }

    private static let time = TimeReading(wall: .seconds(1_700_000_000), monotonic: .seconds(5_000))

    private var end: End
    private var obfuscation: Obfuscation?
    /// What has to be written before the input.
    private(set) var opening: [UInt8] = []

    /// A client that has sent some packets.
    static func client(_ kind: TransportKind, sendingFirst count: Int, limits: PacketLimits) -> TransportPeer? {
        let random = ReplayedRandom(seed: 1)
        guard
            var client = try? ClientPipeline(
                transport: kind,
                destination: Endpoint(host: "149.154.167.51", port: 443),
                dataCenter: 2,
                proxy: nil,
                random: random,
                time: time,
                limits: limits
            )
        else { return nil }
        let packet = OutgoingPacket(bytes: [UInt8](repeating: 1, count: 40))
        let sent = client.connected() + client.send(Array(repeating: packet, count: count))
        var peer = TransportPeer(end: .client(client))
        if kind.isObfuscated {
            peer.obfuscation =
                Obfuscation.server(header: Array(sent.prefix(Obfuscation.headerCount)), secret: nil)?
                .obfuscation
        }
        return peer
    }

    /// A server that has been told the transport.
    static func server(_ kind: TransportKind, limits: PacketLimits) -> TransportPeer {
        var peer = TransportPeer(
            end: .server(ServerPipeline(random: ReplayedRandom(seed: 2), time: time, limits: limits))
        )
        peer.opening = kind.framing.marker
        if kind.isObfuscated {
            let (obfuscation, header) = Obfuscation.client(
                framing: kind.framing,
                dataCenter: 2,
                secret: nil,
                random: ReplayedRandom(seed: 4)
            )
            peer.obfuscation = obfuscation
            peer.opening = header
        }
        return peer
    }

    /// A server that has to find out everything, with the secrets of a proxy or none.
    static func bareServer(mtProxy: Bool, limits: PacketLimits) -> TransportPeer {
        let secrets = mtProxy ? FuzzSecrets.all : []
        return TransportPeer(
            end: .server(
                ServerPipeline(mtProxySecrets: secrets, random: ReplayedRandom(seed: 2), time: time, limits: limits)
            )
        )
    }

    /// Enciphers the input for this end.
    mutating func enciphered(_ input: [UInt8]) -> [UInt8] {
        var bytes = input
        obfuscation?.applyToSent(&bytes)
        return opening + bytes
    }

    mutating func received(_ bytes: ArraySlice<UInt8>) throws(MTProtoError) -> [UInt8] {
        try bytes.withUnsafeBytes { buffer in
            Result { () throws(MTProtoError) in
                switch end {
                case .client(var client):
                    defer { end = .client(client) }
                    return try client.received(buffer)
                case .server(var server):
                    defer { end = .server(server) }
                    return try server.received(buffer)
                }
            }
        }
        .get()
    }

    mutating func nextFrame() throws(MTProtoError) -> TransportFrame? {
        switch end {
        case .client(var client):
            defer { end = .client(client) }
            return try client.nextFrame()
        case .server(var server):
            defer { end = .server(server) }
            return try server.nextFrame()
        }
    }

    mutating func ended() -> TransportFrame? {
        guard case .client(var client) = end else { return nil }
        return client.ended()
    }
}

/// Secrets of an MTProxy that only fuzzing uses.
enum FuzzSecrets {
    static let fakeTLS = "ee000102030405060708090a0b0c0d0e0f" + "6578616d706c652e6f7267"
    private static let texts = ["000102030405060708090a0b0c0d0e0f", "dd101112131415161718191a1b1c1d1e1f", fakeTLS]

    static let all = texts.compactMap { try? MTProxySecret($0) }
}
