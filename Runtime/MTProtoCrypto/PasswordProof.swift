/// The client's half of the password check: proves that it knows the password without telling it (SRP).
///
/// See <https://core.telegram.org/api/srp>.
package struct PasswordProof: Sendable, Hashable {
    /// `A`, 256 bytes.
    package let clientPublic: [UInt8]
    /// `M1`, 32 bytes.
    package let evidence: [UInt8]

    /// Answers the server's value `B`. Takes some tens of milliseconds, the most of it to hash the password.
    ///
    /// - Throws: `CryptoError` with ``CryptoError/Code/insecureParameters`` when the group or `B` breaks the rules, and
    ///   answering could give the password away.
    package init(
        password: [UInt8],
        parameters: PasswordParameters,
        serverPublic: [UInt8],
        random: any RandomSource
    ) throws(CryptoError) {
        try parameters.check()
        let (generator, prime) = parameters.modulus
        guard serverPublic.count <= 256, DiffieHellmanGroup.isPublicValue(serverPublic, prime: prime) else {
            throw CryptoError(
                .insecureParameters,
                "the server's value for the password check, of \(serverPublic.count) bytes, is out of range"
            )
        }
        let paddedServer = BigNumber(bytes: serverPublic).bytes(count: 256)
        let (ownSecret, ownPublic, scrambler) = try Self.ephemeral(parameters, paddedServer, random)

        let password = BigNumber(bytes: parameters.hash(password))
        let verifier = generator.power(password, modulo: prime)
        let masked = parameters.multiplier.multiplied(by: verifier, modulo: prime)
        let base = BigNumber(bytes: paddedServer).subtracting(masked, modulo: prime)
        guard DiffieHellmanGroup.isInRange(base.bytes(count: 256), prime: parameters.prime) else {
            throw CryptoError(.insecureParameters, "the server's value for the password check is out of range")
        }
        let secret = base.power(ownSecret + scrambler * password, modulo: prime)
        clientPublic = ownPublic
        evidence = parameters.evidence(clientPublic: ownPublic, serverPublic: paddedServer, secret: secret)
    }

    /// A secret `a` with `A = g ^ a` in range and a scrambler that is not zero.
    private static func ephemeral(
        _ parameters: PasswordParameters,
        _ serverPublic: [UInt8],
        _ random: any RandomSource
    ) throws(CryptoError) -> (secret: BigNumber, clientPublic: [UInt8], scrambler: BigNumber) {
        let (generator, prime) = parameters.modulus
        // Chance alone fails once in 2^63 times.
        for _ in 0..<8 {
            let secret = BigNumber(bytes: random.bytes(256))
            let value = generator.power(secret, modulo: prime).bytes(count: 256)
            let scrambler = PasswordParameters.scrambler(value, serverPublic)
            if DiffieHellmanGroup.isInRange(value, prime: parameters.prime), !scrambler.isZero {
                return (secret, value, scrambler)
            }
        }
        throw CryptoError(.brokenRandomness, "the source of randomness gave no suitable secret in 8 attempts")
    }
}

extension DiffieHellmanGroup {
    /// Whether the value lies between 0 and the prime.
    static func isPublicValue(_ value: [UInt8], prime: BigNumber) -> Bool {
        let value = BigNumber(bytes: value)
        return !value.isZero && value < prime
    }
}
