/// The server's half of the password check, for one attempt: it knows the verifier, not the password.
package struct PasswordVerifier: Sendable {
    package let parameters: PasswordParameters
    /// `B`, 256 bytes.
    package let serverPublic: [UInt8]
    private let verifier: BigNumber
    private let secret: BigNumber

    /// Begins an attempt with a new secret.
    ///
    /// - Throws: `CryptoError` with ``CryptoError/Code/insecureParameters`` when the group or the verifier breaks the
    ///   rules.
    package init(
        parameters: PasswordParameters,
        verifier: [UInt8],
        random: any RandomSource
    ) throws(CryptoError) {
        try parameters.check()
        let (generator, prime) = parameters.modulus
        guard verifier.count <= 256, DiffieHellmanGroup.isPublicValue(verifier, prime: prime) else {
            throw CryptoError(.insecureParameters, "the password's verifier is not between 0 and the prime")
        }
        self.parameters = parameters
        self.verifier = BigNumber(bytes: verifier)
        secret = BigNumber(bytes: random.bytes(256))
        let masked = parameters.multiplier.multiplied(by: self.verifier, modulo: prime)
        let value = generator.power(secret, modulo: prime)
        serverPublic = masked.adding(value, modulo: prime).bytes(count: 256)
    }

    /// Whether a client's `A` and `M1` prove that it knows the password.
    package func accepts(clientPublic: [UInt8], evidence: [UInt8]) -> Bool {
        // An A that is a multiple of the prime would make the secret zero, whatever the password.
        guard clientPublic.count == 256, DiffieHellmanGroup.isInRange(clientPublic, prime: parameters.prime) else {
            return false
        }
        let prime = parameters.modulus.prime
        let scrambler = PasswordParameters.scrambler(clientPublic, serverPublic)
        guard !scrambler.isZero else { return false }
        let base = BigNumber(bytes: clientPublic)
            .multiplied(by: verifier.power(scrambler, modulo: prime), modulo: prime)
        let expected = parameters.evidence(
            clientPublic: clientPublic,
            serverPublic: serverPublic,
            secret: base.power(secret, modulo: prime)
        )
        return constantTimeEquals(expected, evidence)
    }
}
