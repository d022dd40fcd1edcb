import MTProto
import MTProtoCrypto

/// What keys, compression and arithmetic promise, whatever the bytes are. The first byte picks one of them.
public enum CryptoRules {
    /// The rule that an input breaks; `nil` when all hold.
    public static func violation(by input: [UInt8]) -> String? {
        var reader = InputReader(input)
        switch reader.byte() % 12 {
        case 0: return KeyTextRules.publicViolation(byText: reader.remainder())
        case 1: return KeyTextRules.publicViolation(byDER: reader.remainder())
        case 2: return KeyTextRules.privateViolation(byText: reader.remainder())
        case 3:
            let text =
                "-----BEGIN RSA PRIVATE KEY-----\n\(Base64.encode(reader.remainder()))\n-----END RSA PRIVATE KEY-----\n"
            return KeyTextRules.privateViolation(byText: Array(text.utf8))
        case 4:
            let limit = Int(reader.number(UInt16.self)) << (reader.byte() & 7)
            return inflateViolation(reader.remainder(), limit: limit)
        case 5: return deflateViolation(reader.remainder())
        case 6: return factorsViolation(of: reader.number())
        case 7: return productViolation(reader.number(), reader.number())
        case 8: return groupViolation(&reader)
        case 9: return KeyTextRules.blockViolation(reader.remainder())
        case 10: return cipherViolation(&reader)
        default: return passwordViolation(&reader)
        }
    }

    // MARK: - Compression

    private static func inflateViolation(_ bytes: [UInt8], limit: Int) -> String? {
        do throws(CryptoError) {
            let content = try Gzip.inflate(bytes, limit: limit)
            if content.count > limit { return "inflated content keeps the limit" }
            // Exactly as much as there is must do.
            return try Gzip.inflate(bytes, limit: content.count) == content ? nil : "inflating twice gives the same"
        } catch {
            return ErrorRules.violation(by: error)
        }
    }

    private static func deflateViolation(_ bytes: [UInt8]) -> String? {
        let packed = Gzip.deflate(bytes)
        guard (try? Gzip.inflate(packed, limit: bytes.count)) == bytes else { return "content comes out as it went in" }
        guard !bytes.isEmpty else { return nil }
        do throws(CryptoError) {
            _ = try Gzip.inflate(packed, limit: bytes.count - 1)
            return "content above the limit is refused"
        } catch {
            return error.code == .outputTooLarge ? nil : "content above the limit is refused for that: \(error)"
        }
    }

    // MARK: - Numbers

    private static func factorsViolation(of number: UInt64) -> String? {
        let bytes = PrimeFactors.bytes(of: number)
        let found = try? PrimeFactors.find(in: bytes)
        guard let (p, q) = Factorization.factors(of: number) else {
            if found != nil { return "factors are found once or never" }
            // Small numbers can be checked in another way.
            guard number < 1 << 20, let p = (2..<1_024).first(where: { number.isMultiple(of: $0) }) else { return nil }
            let q = number / p
            return number > 0 && p != q && BigNumber(p).isPrime && BigNumber(q).isPrime
                ? "\(number) has two factors" : nil
        }
        if p >= q || p.multipliedReportingOverflow(by: q) != (number, false) { return "factors give the number again" }
        if !BigNumber(p).isPrime || !BigNumber(q).isPrime { return "factors are primes" }
        return (found != nil) == (number < 1 << 63) ? nil : "numbers below 2^63 are factored"
    }

    private static func productViolation(_ first: UInt32, _ second: UInt32) -> String? {
        let p = prime(from: first)
        let q = prime(from: second)
        let number = p &* q
        guard p != q else { return Factorization.factors(of: number) == nil ? nil : "a square has no two factors" }
        guard let factors = Factorization.factors(of: number) else {
            return "\(number) is the product of \(p) and \(q)"
        }
        return factors == (min(p, q), max(p, q)) ? nil : "the factors of \(number) are \(p) and \(q)"
    }

    /// The first prime from a number on, below 2^32.
    private static func prime(from start: UInt32) -> UInt64 {
        var candidate = min(max(UInt64(start), 2), 4_294_967_291)
        while !BigNumber(candidate).isPrime { candidate += 1 }
        return candidate
    }

    private static func groupViolation(_ reader: inout InputReader) -> String? {
        let known = DiffieHellmanGroup.knownPrime
        let generator = reader.byte() - 2
        let isChange = reader.byte() & 1 == 0
        let value = reader.bytes(reader.byte())
        let prime = isChange ? reader.changed(known) : reader.remainder()
        if DiffieHellmanGroup.isInRange(value, prime: known), value.count < 249 {
            return "small values are out of range"
        }
        _ = DiffieHellmanGroup.isInRange(value, prime: prime)
        _ = DiffieHellmanGroup.isInRange(prime, prime: known)
        guard (try? DiffieHellmanGroup.check(prime: prime, generator: generator)) != nil else { return nil }
        // No input will ever be another safe prime by accident.
        return prime.drop { $0 == 0 }.elementsEqual(known) && [3, 4, 5, 7].contains(generator)
            ? nil : "a group is accepted that is none"
    }

    // MARK: - Ciphers

    private static func cipherViolation(_ reader: inout InputReader) -> String? {
        let key = ReplayedRandom(seed: UInt64(reader.byte())).bytes(32)
        let iv = ReplayedRandom(seed: 1).bytes(32)
        let size = reader.byte()
        let bytes = reader.remainder()
        let blocks = bytes + [UInt8](repeating: 0, count: -bytes.count & 15)
        var changed = blocks
        AESIGE.encrypt(&changed, key: key, iv: iv)
        AESIGE.decrypt(&changed, key: key, iv: iv)
        if changed != blocks { return "IGE comes out as it went in" }
        let half = Array(iv.prefix(16))
        if AESCBC.decrypt(AESCBC.encrypt(blocks, key: key, iv: half), key: key, iv: half) != blocks {
            return "CBC comes out as it went in"
        }
        var (whole, cut) = (AESCTR(key: key, iv: half), AESCTR(key: key, iv: half))
        var expected = bytes
        whole.apply(to: &expected)
        var found: [UInt8] = []
        for piece in bytes.pieces(of: size) {
            // A copy goes its own way.
            var copy = cut
            var same = Array(piece)
            copy.apply(to: &same)
            var part = Array(piece)
            cut.apply(to: &part)
            if part != same { return "a copy of a stream goes on like it" }
            found += part
        }
        if expected != found { return "cutting a stream under CTR changes nothing" }
        return CRC32.checksum(bytes) == crc(bytes, size) ? nil : "cutting changes no checksum"
    }

    private static func crc(_ bytes: [UInt8], _ size: Int) -> UInt32 {
        var running = CRC32()
        for piece in bytes.pieces(of: size) { running.update(piece) }
        return running.checksum
    }

    // MARK: - Passwords

    /// An attempt to log in, without the slow hash of a password.
    private static let verifier: PasswordVerifier? = {
        let parameters = PasswordParameters(
            salt1: [1, 2, 3],
            salt2: [4, 5],
            generator: 3,
            prime: DiffieHellmanGroup.knownPrime
        )
        let value = DiffieHellmanGroup.power(base: [3], exponent: [42], prime: DiffieHellmanGroup.knownPrime)
        return try? PasswordVerifier(parameters: parameters, verifier: value, random: ReplayedRandom(seed: 8))
    }()

    private static func passwordViolation(_ reader: inout InputReader) -> String? {
        guard let verifier else { return "an attempt to log in can begin" }
        let evidence = reader.bytes(32)
        return verifier.accepts(clientPublic: reader.remainder(), evidence: evidence)
            ? "nobody logs in without the password" : nil
    }
}
