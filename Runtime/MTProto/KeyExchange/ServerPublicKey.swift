package import MTProtoCrypto

/// An RSA key by which a server proves, while a key is exchanged, that it is Telegram's.
///
/// Which keys a client trusts decides whom it talks to: whoever has the private half of one can pretend to be the
/// server. ``production`` is what Telegram's data centres use, ``test`` what its test data centres use; a server of
/// your own has a key of its own.
///
/// See <https://core.telegram.org/mtproto/auth_key>.
public struct ServerPublicKey: Sendable, Hashable {
    /// Bytes in the modulus of such a key: the exchange encrypts blocks of exactly this size.
    static let modulusByteCount = 256

    package let key: RSAPublicKey
    /// The last eight bytes of the SHA-1 of the key's TL form: what a server offers its keys by.
    public let fingerprint: Int64

    /// Reads a key from PEM text, `BEGIN RSA PUBLIC KEY` (PKCS #1) or `BEGIN PUBLIC KEY`.
    ///
    /// - Throws: ``MTProtoError`` with ``MTProtoError/Code/invalidPublicKey`` when the text is no RSA key, or its
    ///   modulus does not have 2048 bits.
    public init(pem: String) throws(MTProtoError) {
        let key: RSAPublicKey
        do { key = try RSAPublicKey(pem: pem) } catch {
            throw MTProtoError(.invalidPublicKey, "the text is no RSA public key: \(error.message)")
        }
        try self.init(key)
    }

    /// Takes a key that is at hand.
    package init(_ key: RSAPublicKey) throws(MTProtoError) {
        guard key.modulus.count == Self.modulusByteCount, key.modulus[0] >= 0x80 else {
            let bits = key.modulus.count * 8 - (key.modulus.first?.leadingZeroBitCount ?? 0)
            throw MTProtoError(
                .invalidPublicKey,
                "the modulus of the public key has \(bits) bits, where 2048 are expected"
            )
        }
        self.key = key
        fingerprint = key.fingerprint
    }
}

extension ServerPublicKey: CustomStringConvertible {
    /// `public key d09d1d85de64fd85`: its fingerprint, as the documentation writes it.
    public var description: String { "public key \(Self.text(of: fingerprint))" }

    /// A fingerprint as 16 hexadecimal digits.
    package static func text(of fingerprint: Int64) -> String {
        let digits = String(UInt64(bitPattern: fingerprint), radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
