import CMTProtoOpenSSL

/// The public half of a key of RSA, with which a client encrypts what only the server may read.
package struct RSAPublicKey: Sendable, Hashable {
    /// The modulus, most significant byte first, without zeros in front.
    package let modulus: [UInt8]
    /// The exponent in the same form.
    package let exponent: [UInt8]

    /// Takes an odd modulus of 1024 to 8192 bits and an odd exponent from 3 to 2^32 - 1.
    package init(modulus: [UInt8], exponent: [UInt8]) throws(CryptoError) {
        let (modulus, exponent) = (Array(modulus.drop { $0 == 0 }), Array(exponent.drop { $0 == 0 }))
        guard (128...1024).contains(modulus.count), let last = modulus.last, !last.isMultiple(of: 2) else {
            throw CryptoError(
                .unsuitableKey,
                "the RSA modulus has \(modulus.count) bytes or is even, expected an odd one of 128 to 1024 bytes"
            )
        }
        guard (1...4).contains(exponent.count), let last = exponent.last, !last.isMultiple(of: 2), exponent != [1]
        else {
            throw CryptoError(
                .unsuitableKey,
                "the RSA exponent has \(exponent.count) bytes or is even or 1, expected an odd one of up to 4 bytes"
            )
        }
        self.modulus = modulus
        self.exponent = exponent
    }

    /// Reads the text form: `BEGIN RSA PUBLIC KEY` (PKCS#1) or `BEGIN PUBLIC KEY` (SubjectPublicKeyInfo).
    package init(pem: String) throws(CryptoError) {
        let block = try PEM(pem)
        guard ["RSA PUBLIC KEY", "PUBLIC KEY"].contains(block.label) else {
            throw CryptoError(
                .malformedKey,
                "the PEM block is a '\(block.label)', expected a 'RSA PUBLIC KEY' or a 'PUBLIC KEY'"
            )
        }
        try self.init(der: block.content)
    }

    /// Reads the binary form of either kind.
    package init(der: [UInt8]) throws(CryptoError) {
        var outer = DERReader(der[...])
        var key = DERReader(try outer.read(.sequence))
        try outer.expectEnd()
        if key.isNext(.sequence) {
            var algorithm = DERReader(try key.read(.sequence))
            try RSAAlgorithm.check(try algorithm.read(.objectIdentifier))
            let bits = try key.read(.bitString)
            try key.expectEnd()
            // The first byte counts the unused bits of the last one.
            guard bits.first == 0 else { throw DERReader.malformed("its bit string is not made of whole bytes") }
            var inner = DERReader(bits.dropFirst())
            key = DERReader(try inner.read(.sequence))
            try inner.expectEnd()
        }
        let modulus = try key.readInteger()
        let exponent = try key.readInteger()
        try key.expectEnd()
        try self.init(modulus: modulus, exponent: exponent)
    }

    /// The text form of PKCS#1.
    package var pem: String {
        let content = DERWriter.element(.sequence, DERWriter.integer(modulus) + DERWriter.integer(exponent))
        return PEM(label: "RSA PUBLIC KEY", content: content).text
    }

    /// What servers name the key by: the last eight bytes of the SHA-1 of modulus and exponent as TL strings.
    package var fingerprint: Int64 {
        let digest = Digest.sha1(Self.tlString(modulus), Self.tlString(exponent))
        return digest.suffix(8).reversed().reduce(0) { $0 << 8 | Int64($1) }
    }

    private static func tlString(_ bytes: [UInt8]) -> [UInt8] {
        let count = bytes.count
        var encoded = count < 254 ? [UInt8(count)] : [254, UInt8(count & 0xff), UInt8(count >> 8), 0]
        encoded += bytes
        encoded += [UInt8](repeating: 0, count: (4 - encoded.count % 4) % 4)
        return encoded
    }

    /// RSA without any padding. The block, read as a number, must be smaller than the modulus.
    package func rawEncrypt(_ block: [UInt8]) -> [UInt8] {
        let number = BigNumber(bytes: block)
        let limit = BigNumber(bytes: modulus)
        precondition(number < limit, "RSA takes numbers below the modulus")
        return number.power(BigNumber(bytes: exponent), modulo: limit).bytes(count: modulus.count)
    }
}

extension RSAPublicKey: CustomStringConvertible {
    package var description: String {
        "RSA key \(String(UInt64(bitPattern: fingerprint), radix: 16)) of \(BigNumber(bytes: modulus).bitCount) bits"
    }
}

enum RSAAlgorithm {
    /// 1.2.840.113549.1.1.1, `rsaEncryption` of RFC 8017.
    static let identifier: [UInt8] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01]

    static func check(_ found: ArraySlice<UInt8>) throws(CryptoError) {
        guard found.elementsEqual(identifier) else {
            throw CryptoError(.unsuitableKey, "the key is for another algorithm than RSA")
        }
    }
}
