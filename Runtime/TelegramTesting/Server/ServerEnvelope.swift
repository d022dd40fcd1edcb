import MTProto
import MTProtoCrypto

/// An encrypted packet in the making whose every part can be wrong: for servers that break rules. Right ones are made
/// by `Envelope`, as those of clients.
struct ServerEnvelope {
    var salt: Int64
    var sessionID: Int64
    var messageID: Int64
    var sequenceNumber: Int32
    private(set) var body: [UInt8]
    /// What is written as the length; usually that of the body.
    var length: Int32
    /// How many bytes of padding there are.
    var paddingCount: Int

    init(_ envelope: OutgoingEnvelope, sessionID: Int64, salt: Int64) {
        self.salt = salt
        self.sessionID = sessionID
        messageID = envelope.id.rawValue
        sequenceNumber = envelope.sequenceNumber
        body = []
        length = 0
        paddingCount = 0
        setBody(envelope.body)
    }

    /// Replaces the body, with the length and padding that are right for it.
    mutating func setBody(_ body: [UInt8]) {
        self.body = body
        length = Int32(clamping: body.count)
        paddingCount = 12 + (-(Envelope.headerByteCount + body.count + 12) & 15)
    }

    func packet(key: AuthKey, random: any RandomSource) -> [UInt8] {
        var packet = [UInt8](repeating: 0, count: Envelope.openByteCount)
        packet.reserveCapacity(
            Envelope.openByteCount + Envelope.headerByteCount + body.count + paddingCount
        )
        packet += salt.littleEndianBytes
        packet += sessionID.littleEndianBytes
        packet += messageID.littleEndianBytes
        packet.append(littleEndian: sequenceNumber)
        packet.append(littleEndian: length)
        packet += body
        packet += random.bytes(paddingCount)
        _ = Envelope.encrypt(&packet, key: key, from: .server)
        return packet
    }
}
