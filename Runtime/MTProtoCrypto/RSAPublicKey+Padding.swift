extension RSAPublicKey {
    /// How much ``encryptPadded(_:random:)`` takes.
    package static let maximumPaddedCount = 144
    /// How much ``encryptLegacy(_:random:)`` takes.
    package static let maximumLegacyCount = 235

    /// `RSA_PAD`, the form that servers ask for: 256 bytes from up to 144.
    ///
    /// See <https://core.telegram.org/mtproto/auth_key#presenting-proof-of-work-server-authentication>, 4.1.
    package func encryptPadded(_ data: [UInt8], random: any RandomSource) throws(CryptoError) -> [UInt8] {
        try checkSize()
        guard data.count <= Self.maximumPaddedCount else { throw tooLarge(data.count, Self.maximumPaddedCount) }
        var padded = data + random.bytes(RSAPadding.paddedCount - data.count)
        defer { padded.wipe() }
        let limit = BigNumber(bytes: modulus)
        // A block above the modulus would not come out again. Half of the blocks or more are below.
        for _ in 0..<128 {
            var key = random.bytes(32)
            defer { key.wipe() }
            let block = RSAPadding.wrap(padded, key: key)
            if BigNumber(bytes: block) < limit { return rawEncrypt(block) }
        }
        throw CryptoError(.brokenRandomness, "the source of randomness gave no suitable key in 128 attempts")
    }

    /// The form before `RSA_PAD`: a SHA-1, up to 235 bytes of data, random bytes.
    package func encryptLegacy(_ data: [UInt8], random: any RandomSource) throws(CryptoError) -> [UInt8] {
        try checkSize()
        guard data.count <= Self.maximumLegacyCount else { throw tooLarge(data.count, Self.maximumLegacyCount) }
        return rawEncrypt(Digest.sha1(data) + data + random.bytes(Self.maximumLegacyCount - data.count))
    }

    private func checkSize() throws(CryptoError) {
        let bits = BigNumber(bytes: modulus).bitCount
        guard bits == 2048 else {
            throw CryptoError(.unsuitableKey, "the RSA key has \(bits) bits, the key exchange needs one of 2048")
        }
    }

    private func tooLarge(_ count: Int, _ limit: Int) -> CryptoError {
        CryptoError(.inputTooLarge, "cannot encrypt \(count) bytes with RSA, \(limit) is the most")
    }
}

/// The padding of both sides.
enum RSAPadding {
    /// Data with its random padding.
    static let paddedCount = 192
    private static let zeroVector = [UInt8](repeating: 0, count: 32)

    static func wrap(_ padded: [UInt8], key: [UInt8]) -> [UInt8] {
        var inner = padded.reversed() + Digest.sha256(key, padded)
        AESIGE.encrypt(&inner, key: key, iv: zeroVector)
        return zip(key, Digest.sha256(inner)).map { $0 ^ $1 } + inner
    }

    /// `nil` when the hash is wrong.
    static func unwrap(_ block: [UInt8]) -> [UInt8]? {
        var inner = Array(block[32...])
        var key = zip(block, Digest.sha256(inner)).map { $0 ^ $1 }
        defer { key.wipe() }
        AESIGE.decrypt(&inner, key: key, iv: zeroVector)
        let padded = Array(inner[..<paddedCount].reversed())
        return constantTimeEquals(inner[paddedCount...], Digest.sha256(key, padded)[...]) ? padded : nil
    }
}
