package import MTProtoCrypto
package import TLRuntime

/// A TL object as the second half of the key exchange encrypts it: its SHA-1, the object, and up to 15 bytes of
/// padding, under the keys derived from the nonces.
package struct SealedObject<Value: TLCodable>: Sendable {
    package let value: Value

    /// Decrypts and checks.
    ///
    /// - Throws: The check ``SecurityCheck/answerLength`` for a length that cannot be, ``SecurityCheck/answerHash``
    ///   when the content is not what was hashed.
    package init(
        opening sealed: [UInt8],
        keys: (key: [UInt8], iv: [UInt8])
    ) throws(MTProtoError) {
        guard sealed.count >= 32, sealed.count.isMultiple(of: 16) else {
            throw MTProtoError(
                .answerLength,
                "the encrypted '\(Value.self)' has \(sealed.count) bytes, where a multiple of 16 from 32 on is expected"
            )
        }
        var plain = sealed
        defer { plain.wipe() }
        AESIGE.decrypt(&plain, key: keys.key, iv: keys.iv)

        let content = plain[20...]
        let leading: LeadingValue<Value>
        do { leading = try LeadingValue(decoding: content) } catch {
            throw MTProtoError(.answerHash, "the decrypted bytes are no '\(Value.self)': \(error)")
        }
        // The hash covers the object alone, so the padding is what follows it: nothing may hide there.
        let padding = content.count - leading.byteCount
        guard padding < 16 else {
            throw MTProtoError(
                .answerLength,
                "\(padding) bytes of padding follow '\(Value.self)', where at most 15 are expected"
            )
        }
        guard constantTimeEquals(plain[..<20], Digest.sha1(content.prefix(leading.byteCount))[...]) else {
            throw MTProtoError(
                .answerHash,
                "the SHA-1 in front of '\(Value.self)' is not the one of its \(leading.byteCount) bytes"
            )
        }
        value = leading.value
    }

    /// Hashes, pads and encrypts the bytes of an object.
    package static func seal(
        _ object: [UInt8],
        keys: (key: [UInt8], iv: [UInt8]),
        random: any RandomSource
    ) -> [UInt8] {
        var bytes = Digest.sha1(object) + object
        bytes += random.bytes((16 - bytes.count % 16) % 16)
        AESIGE.encrypt(&bytes, key: keys.key, iv: keys.iv)
        return bytes
    }
}
