/// How a two-step password becomes a number: the algorithm
/// `SHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow`, the only one there is.
///
/// See <https://core.telegram.org/api/srp>.
package struct PasswordParameters: Sendable, Hashable {
    package let salt1: [UInt8]
    package let salt2: [UInt8]
    package let generator: Int
    package let prime: [UInt8]

    package init(salt1: [UInt8], salt2: [UInt8], generator: Int, prime: [UInt8]) {
        self.salt1 = salt1
        self.salt2 = salt2
        self.generator = generator
        self.prime = prime
    }

    /// Fails when the group could give the password away.
    package func check() throws(CryptoError) {
        do throws(DiffieHellmanGroup.GroupFailure) {
            try DiffieHellmanGroup.check(prime: prime, generator: generator)
        } catch {
            let reason =
                switch error {
                case .wrongSize: "its prime does not have 2048 bits"
                case .notSafePrime: "its modulus is not a safe prime"
                case .badGenerator: "its generator \(generator) does not fit the prime"
                }
            throw CryptoError(.insecureParameters, "the password check cannot be answered safely: \(reason)")
        }
    }

    /// The password's number `x`: 32 bytes, made slowly on purpose (some tens of milliseconds).
    package func hash(_ password: [UInt8]) -> [UInt8] {
        let salted = { (bytes: [UInt8], salt: [UInt8]) in Digest.sha256(salt, bytes, salt) }
        var first = salted(salted(password, salt1), salt2)
        var slow = PBKDF2.sha512(password: first, salt: salt1, rounds: 100_000, byteCount: 64)
        defer {
            first.wipe()
            slow.wipe()
        }
        return salted(slow, salt2)
    }

    /// What a server stores instead of the password: `g ^ x`, 256 bytes.
    ///
    /// It also is what a client sends to set a new password; see ``PasswordProof``.
    package func verifier(for password: [UInt8]) throws(CryptoError) -> [UInt8] {
        try check()
        return modulus.base.power(BigNumber(bytes: hash(password)), modulo: modulus.prime).bytes(count: 256)
    }
}

// MARK: - What both sides compute

extension PasswordParameters {
    var modulus: (base: BigNumber, prime: BigNumber) { (BigNumber(UInt64(generator)), BigNumber(bytes: prime)) }

    private var paddedPrime: [UInt8] { modulus.prime.bytes(count: 256) }
    private var paddedGenerator: [UInt8] { modulus.base.bytes(count: 256) }

    /// The multiplier `k`.
    var multiplier: BigNumber { BigNumber(bytes: Digest.sha256(paddedPrime, paddedGenerator)) }

    /// The scrambler `u` of two public values of 256 bytes.
    static func scrambler(_ clientPublic: [UInt8], _ serverPublic: [UInt8]) -> BigNumber {
        BigNumber(bytes: Digest.sha256(clientPublic, serverPublic))
    }

    /// `M1`, which proves knowledge of the shared secret.
    func evidence(clientPublic: [UInt8], serverPublic: [UInt8], secret: BigNumber) -> [UInt8] {
        let group = zip(Digest.sha256(paddedPrime), Digest.sha256(paddedGenerator)).map { $0 ^ $1 }
        var key = Digest.sha256(secret.bytes(count: 256))
        defer { key.wipe() }
        return Digest.sha256(group, Digest.sha256(salt1), Digest.sha256(salt2), clientPublic, serverPublic, key)
    }
}
