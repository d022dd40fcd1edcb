/// The keys that a message or a handshake is encrypted with.
package enum KeyDerivation {
    /// Keys of MTProto 2.0 for one message. The authorization key has 256 bytes, the message key 16.
    ///
    /// See <https://core.telegram.org/mtproto/description#defining-aes-key-and-initialization-vector>.
    package static func messageKeys(
        authKey: [UInt8],
        messageKey: [UInt8],
        fromClient: Bool
    ) -> (key: [UInt8], iv: [UInt8]) {
        check(authKey, messageKey)
        let offset = fromClient ? 0 : 8
        let a = Digest.sha256(messageKey[...], authKey[offset..<offset + 36])
        let b = Digest.sha256(authKey[offset + 40..<offset + 76], messageKey[...])
        return (join(a[..<8], b[8..<24], a[24...]), join(b[..<8], a[8..<24], b[24...]))
    }

    /// The message key of MTProto 2.0: the middle of a hash over a part of the authorization key and the whole
    /// plaintext, padding included.
    package static func messageKey(
        authKey: [UInt8],
        plaintext: UnsafeRawBufferPointer,
        fromClient: Bool
    ) -> [UInt8] {
        check(authKey, nil)
        let offset = fromClient ? 88 : 96
        let hash = RunningHash(.sha256)
        authKey.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[offset..<offset + 32])) }
        hash.update(plaintext)
        return Array(hash.finish()[8..<24])
    }

    /// Keys of MTProto 1.0, which only the binding of a temporary key still uses.
    ///
    /// See <https://core.telegram.org/mtproto/description_v1#defining-aes-key-and-initialization-vector>.
    package static func legacyMessageKeys(
        authKey: [UInt8],
        messageKey: [UInt8],
        fromClient: Bool
    ) -> (key: [UInt8], iv: [UInt8]) {
        check(authKey, messageKey)
        let offset = fromClient ? 0 : 8
        let part = { (start: Int, count: Int) in authKey[offset + start..<offset + start + count] }
        let a = Digest.sha1(messageKey[...], part(0, 32))
        let b = Digest.sha1(part(32, 16), messageKey[...], part(48, 16))
        let c = Digest.sha1(part(64, 32), messageKey[...])
        let d = Digest.sha1(messageKey[...], part(96, 32))
        return (join(a[..<8], b[8..<20], c[4..<16]), join(a[8..<20], b[..<8], c[16...], d[..<8]))
    }

    /// Keys for the second half of the key exchange, from the nonces of both sides (16 and 32 bytes).
    package static func handshakeKeys(serverNonce: [UInt8], newNonce: [UInt8]) -> (key: [UInt8], iv: [UInt8]) {
        precondition(serverNonce.count == 16 && newNonce.count == 32, "the nonces have 16 and 32 bytes")
        let a = Digest.sha1(newNonce, serverNonce)
        let b = Digest.sha1(serverNonce, newNonce)
        let c = Digest.sha1(newNonce, newNonce)
        return (join(a[...], b[..<12]), join(b[12...], c[...], newNonce[..<4]))
    }

    private static func join(_ parts: ArraySlice<UInt8>...) -> [UInt8] { parts.flatMap { $0 } }

    private static func check(_ authKey: [UInt8], _ messageKey: [UInt8]?) {
        precondition(authKey.count == 256, "an authorization key has 256 bytes")
        precondition(messageKey == nil || messageKey?.count == 16, "a message key has 16 bytes")
    }
}
