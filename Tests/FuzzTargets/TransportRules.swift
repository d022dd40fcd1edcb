import MTProto
import MTProtoCrypto
import TelegramTesting

/// What both ends of a transport promise, whatever comes.
///
/// The first byte picks an end, a transport and a limit, the second how the rest is cut.
public enum TransportRules {
    private static let time = TimeReading(wall: .seconds(1_700_000_000), monotonic: .seconds(5_000))
    private static let destination = Endpoint(host: "149.154.167.51", port: 443)
    private static let limits = [64, 1_000, 4_096, PacketLimits.maximum]

    /// The rule that an input breaks; `nil` when all hold.
    public static func violation(by input: [UInt8]) -> String? {
        var reader = InputReader(input)
        let choice = reader.byte()
        let size = reader.byte()
        let kind = TransportKind.all[choice & 7]
        let limits = PacketLimits(packet: limits[choice >> 6], httpHead: 256)
        let end = choice >> 3 & 7
        switch end {
        case 0, 1:
            return StreamRules.violation(by: reader.remainder(), cutBy: size, limits: limits) {
                TransportPeer.client(kind, sendingFirst: end == 0 ? 1 : 3, limits: limits)
            }
        case 2, 3:
            return StreamRules.violation(by: reader.remainder(), cutBy: size, limits: limits) {
                TransportPeer.server(kind, limits: limits)
            }
        case 4, 5:
            return StreamRules.violation(by: reader.remainder(), cutBy: size, limits: limits) {
                TransportPeer.bareServer(mtProxy: end == 5, limits: limits)
            }
        default:
            return conversationViolation(&reader, kind: kind, cutBy: size)
        }
    }

    /// What one end sends arrives at the other as it is.
    private static func conversationViolation(
        _ reader: inout InputReader,
        kind: TransportKind,
        cutBy size: Int
    ) -> String? {
        let random = ReplayedRandom(seed: 3)
        var packets: [OutgoingPacket] = []
        while !reader.isAtEnd, packets.count < 16 {
            let length = reader.byte()
            var bytes = reader.bytes(24 + 16 * (length & 15))
            bytes += [UInt8](repeating: 1, count: -(bytes.count + 8) & 15)
            while bytes.count < 24 { bytes += [UInt8](repeating: 7, count: 16) }
            // A key identifier other than zero, or it would have to be an unencrypted message.
            bytes[0] |= 1
            packets.append(OutgoingPacket(bytes: bytes, quickAckToken: length & 128 == 0 ? nil : 0x8000_0000))
        }
        do throws(MTProtoError) {
            var client = try ClientPipeline(
                transport: kind,
                destination: destination,
                dataCenter: 2,
                proxy: nil,
                random: random,
                time: time
            )
            var server = ServerPipeline(random: random, time: time)
            let start = client.connected() + client.send(packets)
            for piece in start.pieces(of: size) {
                let result = piece.withUnsafeBytes { bytes in
                    Result { () throws(MTProtoError) in try server.received(bytes) }
                }
                _ = try result.get()
            }
            for packet in packets {
                if try server.nextFrame() != .packet(packet.bytes) { return "a packet arrives at the server as it was" }
                let wantsQuickAck = packet.quickAckToken != nil && kind.framing != .full && kind.framing != .http
                if server.lastPacketWantsQuickAck != wantsQuickAck {
                    return "a wish for a quick acknowledgment arrives"
                }
            }
            if try server.nextFrame() != nil { return "no packet comes from nowhere" }
            if !packets.isEmpty, server.detected != kind { return "the server finds out the transport" }
            return try answerViolation(&client, &server, packets, cutBy: size)
        } catch {
            return "what one end sends the other understands: \(error)"
        }
    }

    private static func answerViolation(
        _ client: inout ClientPipeline,
        _ server: inout ServerPipeline,
        _ packets: [OutgoingPacket],
        cutBy size: Int
    ) throws(MTProtoError) -> String? {
        // Over HTTP only the last request still waits for an answer.
        for packet in client.needsPolling ? packets.suffix(1) : packets[...] {
            for piece in server.send(packet.bytes).pieces(of: size) {
                let result = piece.withUnsafeBytes { bytes in
                    Result { () throws(MTProtoError) in try client.received(bytes) }
                }
                _ = try result.get()
            }
            if try client.nextFrame() != .packet(packet.bytes) { return "a packet arrives at the client as it was" }
        }
        return nil
    }
}
