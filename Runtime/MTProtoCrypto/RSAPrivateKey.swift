import CMTProtoOpenSSL

/// A whole key of RSA: what a server has. Clients never need one.
package struct RSAPrivateKey: Sendable {
    package let publicKey: RSAPublicKey
    /// The factors of the modulus, and what follows from them (RFC 8017, 3.2).
    private let p, q, exponentP, exponentQ, coefficient: BigNumber
    private let exponent: BigNumber

    /// A new key, of 1024 to 8192 bits. The key exchange needs 2048, which take about a tenth of a second.
    package static func generate(bits: Int = 2048) -> RSAPrivateKey {
        precondition((1024...8192).contains(bits) && bits.isMultiple(of: 8), "RSA keys have 1024 to 8192 bits")
        let pair = cmtproto_rsa_generate(bits)
        defer { EVP_PKEY_free(pair) }
        let names = ["n", "e", "d", "rsa-factor1", "rsa-factor2"]
        let numbers = names.map { name in
            var number: OpaquePointer?
            let found = EVP_PKEY_get_bn_param(pair, name, &number)
            precondition(found == 1, "OpenSSL could not generate an RSA key")
            defer { BN_clear_free(number) }
            return [UInt8](unsafeUninitializedCapacity: bits / 8) { buffer, initialized in
                initialized = Int(BN_bn2binpad(number, buffer.baseAddress, Int32(bits / 8)))
            }
        }
        do throws(CryptoError) {
            return try RSAPrivateKey(numbers)
        } catch {
            preconditionFailure("OpenSSL generated an RSA key that is none: \(error)")
        }
    }

    /// Reads the text form: `BEGIN RSA PRIVATE KEY` (PKCS#1) or `BEGIN PRIVATE KEY` (PKCS#8), neither encrypted.
    package init(pem: String) throws(CryptoError) {
        let block = try PEM(pem)
        guard ["RSA PRIVATE KEY", "PRIVATE KEY"].contains(block.label) else {
            throw CryptoError(
                .malformedKey,
                "the PEM block is a '\(block.label)', expected a 'RSA PRIVATE KEY' or a 'PRIVATE KEY'"
            )
        }
        var outer = DERReader(block.content[...])
        var key = DERReader(try outer.read(.sequence))
        _ = try key.readInteger()
        if key.isNext(.sequence) {
            var algorithm = DERReader(try key.read(.sequence))
            try RSAAlgorithm.check(try algorithm.read(.objectIdentifier))
            var inner = DERReader(try key.read(.octetString))
            key = DERReader(try inner.read(.sequence))
            _ = try key.readInteger()
        }
        var numbers: [[UInt8]] = []
        for _ in 0..<5 { numbers.append(try key.readInteger()) }
        try self.init(numbers)
    }

    /// From modulus, both exponents and both factors.
    private init(_ numbers: [[UInt8]]) throws(CryptoError) {
        publicKey = try RSAPublicKey(modulus: numbers[0], exponent: numbers[1])
        exponent = BigNumber(bytes: numbers[2])
        p = BigNumber(bytes: numbers[3])
        q = BigNumber(bytes: numbers[4])
        let one = BigNumber(1)
        guard p * q == BigNumber(bytes: publicKey.modulus), p > one, q > one else {
            throw CryptoError(.malformedKey, "the factors of the private RSA key do not give its modulus")
        }
        exponentP = exponent.modulo(p - one)
        exponentQ = exponent.modulo(q - one)
        // Fermat: the inverse of q modulo the prime p.
        coefficient = q.power(p - BigNumber(2), modulo: p)
    }

    /// RSA without padding; `nil` when the block has another size than the modulus, or is not smaller.
    package func rawDecrypt(_ block: [UInt8]) -> [UInt8]? {
        let number = BigNumber(bytes: block)
        guard block.count == publicKey.modulus.count, number < BigNumber(bytes: publicKey.modulus) else { return nil }
        // By the Chinese remainder theorem, a fourth of the work of one exponentiation.
        let first = number.power(exponentP, modulo: p)
        let second = number.power(exponentQ, modulo: q)
        let factor = first.subtracting(second, modulo: p).multiplied(by: coefficient, modulo: p)
        return (second + factor * q).bytes(count: block.count)
    }

    /// Undoes `RSA_PAD`: the data with its padding, 192 bytes; `nil` when the hash is wrong.
    package func decryptPadded(_ block: [UInt8]) -> [UInt8]? {
        guard block.count == 256, let opened = rawDecrypt(block) else { return nil }
        return RSAPadding.unwrap(opened)
    }

    /// Undoes the form before `RSA_PAD`, which older clients use: the data alone; `nil` when no length fits the hash.
    ///
    /// The length is not written in the block, so the lengths that TL data can have, multiples of four, are tried.
    package func decryptLegacy(_ block: [UInt8]) -> [UInt8]? {
        guard block.count == 256, let opened = rawDecrypt(block), opened[0] == 0 else { return nil }
        let (hash, data) = (opened[1..<21], opened[21...])
        for count in stride(from: 0, through: data.count, by: 4) {
            let candidate = data.prefix(count)
            if constantTimeEquals(Digest.sha1(candidate)[...], hash) { return Array(candidate) }
        }
        return nil
    }
}

extension RSAPrivateKey: CustomStringConvertible, CustomReflectable {
    /// Never shows the key.
    package var description: String { "private \(publicKey)" }
    /// Never shows the key, not even to `dump`.
    package var customMirror: Mirror { Mirror(self, children: ["publicKey": publicKey]) }
}
