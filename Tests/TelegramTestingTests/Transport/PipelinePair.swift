import MTProto
import MTProtoCrypto
import TelegramTesting
import Testing

/// The two ends of a connection, and what each has received.
struct PipelinePair {
    static let now = TimeReading(wall: .seconds(1_700_000_000), monotonic: .seconds(1000))
    static let destination = Endpoint(host: "149.154.167.51", port: 443)

    var client: ClientPipeline
    var server: ServerPipeline
    /// How the bytes of one write are cut into reads.
    var cut: @Sendable (Int) -> [Range<Int>] = { [0..<$0] }
    var atServer: [TransportFrame] = []
    var atClient: [TransportFrame] = []
    /// Whether the server's packets asked for a quick acknowledgment.
    var wishes: [Bool] = []

    init(
        _ transport: TransportKind,
        secret: MTProxySecret? = nil,
        accepted: [MTProxySecret]? = nil,
        seed: UInt64 = 1
    ) throws {
        let proxy = try secret.map { try ProxyConfiguration.mtProxy(host: "10.0.0.1", port: 443, secret: $0) }
        client = try ClientPipeline(
            transport: transport,
            destination: Self.destination,
            dataCenter: -10002,
            proxy: proxy,
            random: PipelineRandom(seed: seed),
            time: Self.now
        )
        server = ServerPipeline(
            mtProxySecrets: accepted ?? (secret.map { [$0] } ?? []),
            random: PipelineRandom(seed: seed &+ 1000),
            time: Self.now
        )
    }

    /// Starts, and lets the handshakes go to their end.
    mutating func connect() throws { try toServer(client.connected()) }

    mutating func clientSends(_ packets: [[UInt8]], token: UInt32? = nil) throws {
        try toServer(client.send(packets.map { OutgoingPacket(bytes: $0, quickAckToken: token) }))
    }

    mutating func serverSends(_ packets: [[UInt8]]) throws {
        var bytes: [UInt8] = []
        for packet in packets { bytes += server.send(packet) }
        try toClient(bytes)
    }

    mutating func toServer(_ bytes: [UInt8]) throws {
        var answer: [UInt8] = []
        for range in bytes.isEmpty ? [] : cut(bytes.count) {
            answer += try bytes[range].withUnsafeBytes { try server.received($0) }
            while let frame = try server.nextFrame() {
                atServer.append(frame)
                wishes.append(server.lastPacketWantsQuickAck)
            }
        }
        if !answer.isEmpty { try toClient(answer) }
    }

    mutating func toClient(_ bytes: [UInt8]) throws {
        var answer: [UInt8] = []
        for range in bytes.isEmpty ? [] : cut(bytes.count) {
            answer += try bytes[range].withUnsafeBytes { try client.received($0) }
            while let frame = try client.nextFrame() { atClient.append(frame) }
        }
        if !answer.isEmpty { try toServer(answer) }
    }

    /// A packet that looks encrypted; 24 bytes and a multiple of 16, so that it fits all framings.
    static func packet(_ blocks: Int, seed: UInt64 = 7) -> [UInt8] {
        var bytes = PipelineRandom(seed: seed).bytes(24 + 16 * blocks)
        bytes[0] |= 1
        return bytes
    }
}

/// Random bytes that follow from a seed.
final class PipelineRandom: RandomSource {
    private let seed: Locked<UInt64>

    init(seed: UInt64) { self.seed = Locked(seed) }

    func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        seed.withLock { seed in
            for start in stride(from: 0, to: buffer.count, by: 4) {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                withUnsafeBytes(of: UInt32(truncatingIfNeeded: seed >> 32)) { word in
                    UnsafeMutableRawBufferPointer(rebasing: buffer[start...])
                        .copyMemory(from: UnsafeRawBufferPointer(rebasing: word.prefix(buffer.count - start)))
                }
            }
        }
    }
}
