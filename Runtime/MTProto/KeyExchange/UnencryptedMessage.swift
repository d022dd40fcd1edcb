/// A message before there is a key: a zero where the key's identifier would stand, an identifier, a length and the
/// body.
///
/// Only the key exchange is sent like this. See <https://core.telegram.org/mtproto/description#unencrypted-message>.
package enum UnencryptedMessage {
    /// Bytes in front of the body.
    package static let headerByteCount = 20
    /// Obfuscating transports append up to 15 bytes and say nowhere how many, so that many may follow the body.
    package static let longestTransportPadding = 15

    /// The packet that carries `body`, whose length is a multiple of four.
    package static func packet(body: [UInt8], id: MessageID) -> [UInt8] {
        precondition(body.count.isMultiple(of: 4) && body.count <= Int(Int32.max), "a body consists of whole words")
        var packet = [UInt8](repeating: 0, count: 8)
        packet.reserveCapacity(headerByteCount + body.count)
        packet += id.rawValue.littleEndianBytes
        packet += Int64(body.count).littleEndianBytes.prefix(4)
        packet += body
        return packet
    }

    /// Takes a packet apart.
    ///
    /// - Parameter side: Who must have sent it; the last two bits of its identifier tell. `nil` accepts everybody.
    /// - Throws: The check ``SecurityCheck/unencryptedMessage``, or ``SecurityCheck/messageIDParity``.
    package static func body(
        of packet: [UInt8],
        from side: MessageSide? = nil
    ) throws(MTProtoError) -> (id: MessageID, body: [UInt8]) {
        guard packet.count > headerByteCount else {
            throw failure("a packet of \(packet.count) bytes is too short for one, which has 24 or more")
        }
        let keyID = Int64(littleEndianBytes: packet[0..<8])
        guard keyID == 0 else {
            throw failure("the key identifier is \(hexText(keyID)) instead of zero: the packet is encrypted")
        }
        let id = MessageID(Int64(littleEndianBytes: packet[8..<16]))
        guard id.rawValue != 0 else { throw failure("its identifier is zero") }
        let length = Int(Int32(truncatingIfNeeded: Int64(littleEndianBytes: packet[16..<20])))
        guard length > 0, length.isMultiple(of: 4) else {
            throw failure("its length is \(length), where a positive multiple of four is expected")
        }
        let rest = packet.count - headerByteCount
        guard length <= rest, rest - length <= longestTransportPadding else {
            throw failure("its length is \(length), but \(rest) bytes follow")
        }
        try check(id, from: side)
        return (id, Array(packet[headerByteCount..<headerByteCount + length]))
    }

    private static func check(_ id: MessageID, from side: MessageSide?) throws(MTProtoError) {
        switch side {
        case .client? where !id.isFromClient:
            throw MTProtoError(.messageIDParity, "the identifier \(id) of a client's message is no multiple of four")
        case .server? where !id.isFromServer:
            throw MTProtoError(.messageIDParity, "the identifier \(id) of a server's message is even")
        default: break
        }
    }

    private static func failure(_ problem: String) -> MTProtoError {
        MTProtoError(.unencryptedMessage, "an unencrypted message cannot be read: \(problem)")
    }

    private static func hexText(_ number: Int64) -> String {
        "0x" + String(UInt64(bitPattern: number), radix: 16)
    }
}
