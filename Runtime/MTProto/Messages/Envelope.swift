package import MTProtoCrypto

/// Encryption of messages, MTProto 2.0, for both sides.
///
/// A packet is the key's identifier (8 bytes), the message key (16), and encrypted with both: salt (8), session (8),
/// message identifier (8), sequence number (4), length (4), the message, and 12 to 1024 bytes of padding.
///
/// See <https://core.telegram.org/mtproto/description> and the checks of
/// <https://core.telegram.org/mtproto/security_guidelines#mtproto-encrypted-messages>.
package enum Envelope {
    /// What stands in front of the encrypted part: key identifier and message key.
    package static let openByteCount = 24
    /// What stands in front of the message, encrypted.
    package static let headerByteCount = 32
    /// How much padding there may be.
    package static let padding = 12...1024

    // MARK: - Sealing

    /// Encrypts one message.
    ///
    /// - Parameters:
    ///   - bodyByteCount: How many bytes `body` appends; a multiple of four.
    ///   - wantsQuickAck: Whether the packet asks to be acknowledged at once.
    ///   - body: Appends the message.
    package static func seal(
        messageID: MessageID,
        sequenceNumber: Int32,
        salt: Int64,
        sessionID: Int64,
        bodyByteCount: Int,
        key: AuthKey,
        from side: MessageSide,
        random: any RandomSource,
        wantsQuickAck: Bool = false,
        body: (inout [UInt8]) -> Void
    ) -> OutgoingPacket {
        let paddingCount = 12 + (-(headerByteCount + bodyByteCount + 12) & 15)
        var packet: [UInt8] = []
        packet.reserveCapacity(openByteCount + headerByteCount + bodyByteCount + paddingCount)
        packet.append(littleEndian: key.id)
        packet.append(littleEndian: 0 as Int64)
        packet.append(littleEndian: 0 as Int64)
        packet.append(littleEndian: salt)
        packet.append(littleEndian: sessionID)
        packet.append(littleEndian: messageID.rawValue)
        packet.append(littleEndian: sequenceNumber)
        packet.append(littleEndian: Int32(clamping: bodyByteCount))
        body(&packet)
        precondition(
            packet.count == openByteCount + headerByteCount + bodyByteCount && bodyByteCount.isMultiple(of: 4),
            "a message has as many bytes as announced, a multiple of four"
        )
        packet.append(contentsOf: repeatElement(0, count: paddingCount))
        packet.withUnsafeMutableBytes { random.fill(UnsafeMutableRawBufferPointer(rebasing: $0.suffix(paddingCount))) }
        let token = encrypt(&packet, key: key, from: side)
        return OutgoingPacket(bytes: packet, quickAckToken: wantsQuickAck ? token : nil)
    }

    /// Encrypts one message whose bytes are at hand.
    package static func seal(
        _ body: [UInt8],
        messageID: MessageID,
        sequenceNumber: Int32,
        salt: Int64,
        sessionID: Int64,
        key: AuthKey,
        from side: MessageSide,
        random: any RandomSource,
        wantsQuickAck: Bool = false
    ) -> OutgoingPacket {
        seal(
            messageID: messageID,
            sequenceNumber: sequenceNumber,
            salt: salt,
            sessionID: sessionID,
            bodyByteCount: body.count,
            key: key,
            from: side,
            random: random,
            wantsQuickAck: wantsQuickAck
        ) { $0.append(contentsOf: body) }
    }

    /// Encrypts in place what follows the first 24 bytes, which must be a multiple of 16 with its padding, and fills in
    /// these.
    /// - Returns: the token of a quick acknowledgment.
    package static func encrypt(_ packet: inout [UInt8], key: AuthKey, from side: MessageSide) -> UInt32 {
        let hash = plaintextHash(packet[openByteCount...], key: key, side: side)
        let messageKey = Array(hash[8..<24])
        packet.withUnsafeMutableBytes { buffer in
            buffer.storeBytes(of: key.id.littleEndian, as: Int64.self)
            UnsafeMutableRawBufferPointer(rebasing: buffer[8..<24]).copyBytes(from: messageKey)
        }
        let keys = KeyDerivation.messageKeys(authKey: key.bytes, messageKey: messageKey, fromClient: side == .client)
        AESIGE.encrypt(&packet, in: openByteCount..<packet.count, key: keys.key, iv: keys.iv)
        return quickAckToken(hash)
    }

    // MARK: - Opening

    /// Decrypts in place and makes every check that needs no knowledge of the session.
    ///
    /// - Throws: `securityCheckFailed` with the check; nothing of the packet may be used then.
    package static func open(
        _ packet: inout [UInt8],
        key: AuthKey,
        from side: MessageSide
    ) throws(MTProtoError) -> OpenedMessage {
        let encryptedCount = packet.count - openByteCount
        guard encryptedCount >= headerByteCount + 16, encryptedCount.isMultiple(of: 16) else {
            throw MTProtoError(
                .packetLength,
                "a packet has \(packet.count) bytes, where 24 and a multiple of 16 that is at least 48 were expected"
            )
        }
        let keyID: Int64 = packet[...].integer(at: 0) ?? 0
        guard keyID == key.id else {
            throw MTProtoError(.keyID, "a packet is encrypted with another key, '\(hexText(keyID))'")
        }
        let messageKey = Array(packet[8..<24])
        let keys = KeyDerivation.messageKeys(authKey: key.bytes, messageKey: messageKey, fromClient: side == .client)
        AESIGE.decrypt(&packet, in: openByteCount..<packet.count, key: keys.key, iv: keys.iv)

        // Nothing inside is looked at before this check, so that all damage to it ends in the same way.
        let hash = plaintextHash(packet[openByteCount...], key: key, side: side)
        guard constantTimeEquals(hash[8..<24], messageKey[...]) else {
            throw MTProtoError(.messageKey, "the message key of a packet of \(packet.count) bytes is not its hash")
        }
        return try header(of: packet, token: quickAckToken(hash))
    }

    private static func header(of packet: [UInt8], token: UInt32) throws(MTProtoError) -> OpenedMessage {
        let plaintext = packet[openByteCount...]
        let length = Int(plaintext.integer(at: 28, as: Int32.self) ?? -1)
        let room = plaintext.count - headerByteCount
        guard length >= 0, length <= room, length.isMultiple(of: 4) else {
            throw MTProtoError(
                .messageLength,
                "a message announces \(length) bytes, where a multiple of 4 up to \(room) was expected"
            )
        }
        guard padding.contains(room - length) else {
            throw MTProtoError(
                .padding,
                "a message has \(room - length) bytes of padding, where 12 to 1024 were expected"
            )
        }
        let start = openByteCount + headerByteCount
        return OpenedMessage(
            salt: plaintext.integer(at: 0) ?? 0,
            sessionID: plaintext.integer(at: 8) ?? 0,
            messageID: MessageID(plaintext.integer(at: 16) ?? 0),
            sequenceNumber: plaintext.integer(at: 24) ?? 0,
            body: start..<start + length,
            quickAckToken: token
        )
    }

    /// The hash whose middle is the message key: over a part of the key and everything that is encrypted.
    private static func plaintextHash(_ plaintext: ArraySlice<UInt8>, key: AuthKey, side: MessageSide) -> [UInt8] {
        let offset = side == .client ? 88 : 96
        return Digest.sha256(key.bytes[offset..<offset + 32], plaintext)
    }

    private static func quickAckToken(_ hash: [UInt8]) -> UInt32 {
        (hash[...].integer(at: 0) ?? 0) | 1 << 31
    }

    private static func hexText(_ value: Int64) -> String { String(UInt64(bitPattern: value), radix: 16) }
}
