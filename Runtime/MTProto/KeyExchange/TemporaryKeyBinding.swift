package import MTProtoCrypto
import TLRuntime

/// The request that ties a temporary key to the permanent one, so that the server knows whose it is.
///
/// It is the first that is sent with a temporary key, and the only use that is left of the permanent one: its content
/// is encrypted with that key, in the manner of MTProto 1.0.
///
/// See <https://core.telegram.org/method/auth.bindTempAuthKey> and <https://core.telegram.org/api/pfs>.
package struct TemporaryKeyBinding: Sendable, Hashable {
    /// The number of `auth.bindTempAuthKey`, which belongs to the schema of the API and not to the protocol's.
    package static let constructor: UInt32 = 0xcdd4_2a05
    /// Bytes that `bind_auth_key_inner` takes.
    package static let innerByteCount = 40

    package let permanentKey: AuthKey
    package let temporaryKey: AuthKey
    /// When the temporary key ends, in seconds since 1970 by the server's clock.
    package let expiresAt: Int32

    package init(permanentKey: AuthKey, temporaryKey: AuthKey, expiresAt: Int32) {
        self.permanentKey = permanentKey
        self.temporaryKey = temporaryKey
        self.expiresAt = expiresAt
    }

    /// The body of the request, made anew whenever it is sent: it repeats the identifier of the message that carries
    /// it.
    package func requestBody(messageID: MessageID, sessionID: Int64, random: any RandomSource) -> [UInt8] {
        let nonce = random.integer(Int64.self)
        let inner = MTP.BindAuthKeyInner(
            nonce: nonce,
            tempAuthKeyID: temporaryKey.id,
            permAuthKeyID: permanentKey.id,
            tempSessionID: sessionID,
            expiresAt: expiresAt
        )
        return Request(
            permanentKeyID: permanentKey.id,
            nonce: nonce,
            expiresAt: expiresAt,
            encryptedMessage: encrypt(inner.wireBytes, messageID: messageID, random: random)
        ).wireBytes
    }

    /// Salt and session of the usual envelope are random bytes here; the sequence number is zero, and the message key
    /// covers everything but the padding.
    private func encrypt(_ inner: [UInt8], messageID: MessageID, random: any RandomSource) -> [UInt8] {
        var bytes = random.bytes(16) + messageID.rawValue.littleEndianBytes
        bytes += [0, 0, 0, 0]
        bytes += Int64(inner.count).littleEndianBytes.prefix(4)
        bytes += inner
        let messageKey = Array(Digest.sha1(bytes)[4..<20])
        bytes += random.bytes((16 - bytes.count % 16) % 16)
        let (key, iv) = KeyDerivation.legacyMessageKeys(
            authKey: permanentKey.bytes,
            messageKey: messageKey,
            fromClient: true
        )
        AESIGE.encrypt(&bytes, key: key, iv: iv)
        return permanentKey.id.littleEndianBytes + messageKey + bytes
    }
}

/// `auth.bindTempAuthKey`, written by hand: this module does not know the API.
private struct Request: TLFunction {
    typealias Response = Bool
    static var id: UInt32 { TemporaryKeyBinding.constructor }
    static var name: String { "auth.bindTempAuthKey" }
    static var usableBy: TLAvailability { .both }
    static var knownErrors: [RPCError.Type] { [] }

    let permanentKeyID: Int64
    let nonce: Int64
    let expiresAt: Int32
    let encryptedMessage: [UInt8]

    func encode(into writer: inout TLWriter) {
        writer.word(Self.id)
        writer.long(permanentKeyID)
        writer.long(nonce)
        writer.int(expiresAt)
        writer.bytes(encryptedMessage)
    }
}
