import MTProto
import MTProtoCrypto
import TLRuntime

extension ServerEnvelope {
    /// Packets that break one rule.
    func packets(breaking rule: ServerMisbehaviour, key: AuthKey, random: any RandomSource) -> [[UInt8]] {
        var packet = broken(rule).packet(key: key, random: random)
        switch rule {
        case .wrongKeyID: packet[0] ^= 1
        case .wrongMessageKey: packet[8] ^= 1
        case .flippedBit: packet[packet.count - 20] ^= 4
        case .truncatedPacket: packet.removeLast(4)
        case .missingContent: packet.removeLast(packet.count - 24)
        case .replay: return [packet, packet]
        default: break
        }
        return [packet]
    }

    private func broken(_ rule: ServerMisbehaviour) -> ServerEnvelope {
        var fields = self
        let second: Int64 = 1 << 32
        switch rule {
        case .wrongSession: fields.sessionID ^= 1
        case .evenMessageID: fields.messageID &= ~3
        // Beyond the 300 and 30 seconds by more than a slow key exchange can set a client's clock wrong.
        case .oldMessage: fields.messageID &-= 362 * second
        case .futureMessage: fields.messageID &+= 62 * second
        case .shortPadding:
            // Whole blocks leave 0, 4, 8 or 12 bytes; a container around the message makes too few of enough.
            if Self.lastBlockRest(fields) == 12 { fields.setBody(Self.container(of: [Self.message(fields)])) }
            fields.paddingCount = Self.lastBlockRest(fields)
        case .longPadding: fields.paddingCount = 1024 + 16 + Self.lastBlockRest(fields)
        case .lengthTooLarge: fields.length = Int32(clamping: fields.body.count + fields.paddingCount + 4)
        case .negativeLength: fields.length = -4
        case .unalignedLength: fields.length += 2
        case .nestedContainer:
            let inner = Self.container(of: [Self.message(fields)])
            fields.setBody(Self.container(of: [Self.framed(fields.messageID &- 4, inner)]))
        case .containerOlderThanContent:
            let inner = Self.framed(fields.messageID &+ 4, fields.body)
            fields.setBody(Self.container(of: [inner]))
        case .overcountedContainer: fields.setBody(Self.container(of: [Self.message(fields)], announcing: 2))
        case .inflatesWithoutEnd: fields.setBody(Self.bomb)
        default: break
        }
        return fields
    }

    private static func lastBlockRest(_ fields: ServerEnvelope) -> Int { (16 - fields.body.count % 16) % 16 }

    /// The message as it would stand in a container of its own.
    private static func message(_ fields: ServerEnvelope) -> [UInt8] { Self.framed(fields.messageID &- 8, fields.body) }

    private static func framed(_ id: Int64, _ body: [UInt8]) -> [UInt8] {
        var bytes = id.littleEndianBytes
        bytes.append(littleEndian: 1 as Int32)
        bytes.append(littleEndian: UInt32(body.count))
        return bytes + body
    }

    private static func container(of messages: [[UInt8]], announcing count: UInt32? = nil) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: FramedConstructor.messageContainer)
        bytes.append(littleEndian: count ?? UInt32(messages.count))
        return messages.reduce(into: bytes) { $0 += $1 }
    }

    /// 128 MiB of zeros, in a thousandth of that.
    private static let bomb = MessageContent.compressed([UInt8](repeating: 0, count: 128 << 20)) ?? []
}
