package import MTProto
import MTProtoCrypto
import TLRuntime

/// The server's side of `auth.bindTempAuthKey`.
///
/// See <https://core.telegram.org/method/auth.bindTempAuthKey>.
package enum TemporaryKeyBindingCheck {
    /// Checks the encrypted part of a request against everything else that is known of it.
    ///
    /// - Parameters:
    ///   - temporaryKeyID: The key that the request was encrypted with.
    ///   - messageID: The identifier of the message that carried the request.
    ///   - sessionID: The session it came in; `nil` leaves it unchecked.
    ///   - nonce: What the request says outside, as `expiresAt`.
    /// - Throws: The check ``SecurityCheck/temporaryKey``. A server answers `ENCRYPTED_MESSAGE_INVALID`.
    package static func verify(
        encryptedMessage: [UInt8],
        permanentKey: AuthKey,
        temporaryKeyID: Int64,
        messageID: MessageID,
        sessionID: Int64? = nil,
        nonce: Int64,
        expiresAt: Int32
    ) throws(MTProtoError) {
        let message = try decrypt(encryptedMessage, with: permanentKey)
        guard message.messageID == messageID.rawValue else {
            throw failure("the message identifier inside is not that of the request")
        }
        guard message.sequenceNumber == 0 else { throw failure("the sequence number is \(message.sequenceNumber)") }
        let inner: MTP.BindAuthKeyInner
        do { inner = try MTP.BindAuthKeyInner(decoding: message.body) } catch {
            throw failure("the content is no 'bind_auth_key_inner': \(error)")
        }
        guard inner.nonce == nonce else { throw failure("the nonces inside and outside differ") }
        guard inner.permAuthKeyID == permanentKey.id else { throw failure("the permanent key inside is another one") }
        guard inner.tempAuthKeyID == temporaryKeyID else {
            throw failure("the temporary key inside is not the one that the request came with")
        }
        if let sessionID, inner.tempSessionID != sessionID { throw failure("the session inside is another one") }
        guard inner.expiresAt == expiresAt else { throw failure("the times of expiry inside and outside differ") }
    }

    private struct Content {
        var messageID: Int64
        var sequenceNumber: Int64
        var body: [UInt8]
    }

    private static func decrypt(_ packet: [UInt8], with key: AuthKey) throws(MTProtoError) -> Content {
        guard packet.count >= 24 + 32, (packet.count - 24).isMultiple(of: 16) else {
            throw failure("it has \(packet.count) bytes")
        }
        guard Int64(littleEndianBytes: packet[0..<8]) == key.id else {
            throw failure("it is encrypted with another key than the permanent one")
        }
        let messageKey = Array(packet[8..<24])
        var plain = Array(packet[24...])
        let keys = KeyDerivation.legacyMessageKeys(authKey: key.bytes, messageKey: messageKey, fromClient: true)
        AESIGE.decrypt(&plain, key: keys.key, iv: keys.iv)

        let length = Int(Int64(littleEndianBytes: plain[28..<32]))
        guard length == TemporaryKeyBinding.innerByteCount, length <= plain.count - 32, plain.count - 32 - length < 16
        else { throw failure("the length inside is \(length), where 40 is expected") }
        guard constantTimeEquals(Digest.sha1(plain.prefix(32 + length))[4..<20], messageKey[...]) else {
            throw failure("the message key is not the hash of the content")
        }
        return Content(
            messageID: Int64(littleEndianBytes: plain[16..<24]),
            sequenceNumber: Int64(littleEndianBytes: plain[24..<28]),
            body: Array(plain[32..<32 + length])
        )
    }

    private static func failure(_ problem: String) -> MTProtoError {
        MTProtoError(.temporaryKey, "the binding of a temporary key is refused: \(problem)")
    }
}
