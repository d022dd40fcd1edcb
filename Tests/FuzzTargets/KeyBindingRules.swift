import MTProto
import MTProtoCrypto
import TLRuntime
import TelegramTesting

/// What checking the binding of a temporary key promises: only the permanent key's owner can bind one.
enum KeyBindingRules {
    private static let messageID = MessageID(1_700_000_000 << 32)
    private static let sessionID: Int64 = 77
    private static let expiresAt: Int32 = 1_700_003_600

    private struct Honest {
        let permanentKey: AuthKey
        let temporaryKeyID: Int64
        let nonce: Int64
        /// What a client sends, encrypted.
        let message: [UInt8]
    }

    private static let honest: Honest? = {
        guard let permanentKey = FuzzKeys.permanentKey, let temporaryKey = FuzzKeys.authKey else { return nil }
        let binding = TemporaryKeyBinding(permanentKey: permanentKey, temporaryKey: temporaryKey, expiresAt: expiresAt)
        let body = binding.requestBody(messageID: messageID, sessionID: sessionID, random: ReplayedRandom(seed: 30))
        // Number, key, nonce and time come before the encrypted part.
        let nonce = Int64(littleEndianBytes: body[12..<20])
        return Honest(
            permanentKey: permanentKey,
            temporaryKeyID: temporaryKey.id,
            nonce: nonce,
            message: Array(body[25..<129])
        )
    }()

    static func violation(by reader: inout InputReader, choice: Int) -> String? {
        guard let honest else { return "a temporary key can be bound" }
        if !accepts(honest.message, honest) { return "an honest binding is accepted" }
        switch choice {
        case 17: return accepts(reader.remainder(), honest) ? "a binding takes the permanent key" : nil
        case 18:
            let changed = reader.changed(honest.message)
            return accepts(changed, honest) == (changed == honest.message)
                ? nil : "a binding that was changed is refused"
        default: return sealedViolation(by: &reader, honest)
        }
    }

    private static func accepts(_ message: [UInt8], _ honest: Honest) -> Bool {
        let result = Result { () throws(MTProtoError) in
            try TemporaryKeyBindingCheck.verify(
                encryptedMessage: message,
                permanentKey: honest.permanentKey,
                temporaryKeyID: honest.temporaryKeyID,
                messageID: messageID,
                sessionID: sessionID,
                nonce: honest.nonce,
                expiresAt: expiresAt
            )
        }
        return (try? result.get()) != nil
    }

    /// Other content, encrypted as it has to be.
    private static func sealedViolation(by reader: inout InputReader, _ honest: Honest) -> String? {
        var plain = Array(honest.message[24...])
        let keys = KeyDerivation.legacyMessageKeys(
            authKey: honest.permanentKey.bytes,
            messageKey: Array(honest.message[8..<24]),
            fromClient: true
        )
        AESIGE.decrypt(&plain, key: keys.key, iv: keys.iv)
        let original = plain
        var changed = reader.changed(plain)
        changed += [UInt8](repeating: 0, count: -changed.count & 15)
        // The message key covers what the length inside says, or all.
        let announced = changed.count >= 32 ? Int(Int64(littleEndianBytes: changed[28..<32])) : 0
        let messageKey = Array(Digest.sha1(changed.prefix(min(32 + announced, changed.count)))[4..<20])
        let other = KeyDerivation.legacyMessageKeys(
            authKey: honest.permanentKey.bytes,
            messageKey: messageKey,
            fromClient: true
        )
        let content = changed
        AESIGE.encrypt(&changed, key: other.key, iv: other.iv)
        let isAccepted = accepts(honest.permanentKey.id.littleEndianBytes + messageKey + changed, honest)
        // The first 16 bytes are random, and so is the padding.
        let isSame = content.count == original.count && content[16..<72] == original[16..<72]
        return isAccepted == isSame ? nil : "a binding is accepted exactly when its content is right"
    }
}
