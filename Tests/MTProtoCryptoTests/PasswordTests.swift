import MTProtoCrypto
import Testing

/// Expected values were computed with an independent client.
struct PasswordTests {
    private let parameters = PasswordParameters(
        salt1: [UInt8](repeating: 1, count: 8),
        salt2: [UInt8](repeating: 2, count: 16),
        generator: 3,
        prime: DiffieHellmanGroup.knownPrime
    )
    private let password = ascii("secret")

    private func attempt(
        _ parameters: PasswordParameters? = nil,
        _ serverPublic: [UInt8]
    ) -> CryptoError.Code? {
        failure { () throws(CryptoError) in
            try PasswordProof(
                password: password,
                parameters: parameters ?? self.parameters,
                serverPublic: serverPublic,
                random: SystemRandom()
            )
        }
    }

    @Test func passwordHashMatches() {
        #expect(
            hex(parameters.hash(password)) == "3a9590dadac083fb4c19f4411cb6c3bf6277a8d850997fef4eb813b497e69a6d"
        )
    }

    @Test func verifierMatches() throws {
        let verifier = try parameters.verifier(for: password)
        #expect(verifier.count == 256)
        #expect(hex(verifier.prefix(16)) == "3b1b030ab678ae1b6cdc0849d4820a72")
        #expect(hex(Digest.sha256(verifier)) == "f84e50fc7eb0884e6466f153b0944c76c247d1956b18dd38579cd77b696ce4a3")
    }

    @Test func bothHalvesMatch() throws {
        let server = try PasswordVerifier(
            parameters: parameters,
            verifier: parameters.verifier(for: password),
            random: ConstantRandom(byte: 7)
        )
        #expect(
            hex(Digest.sha256(server.serverPublic))
                == "97689347f5113788532552a67d96f09f97f125c35d69d32b346d13ed838dce3e"
        )
        let proof = try PasswordProof(
            password: password,
            parameters: parameters,
            serverPublic: server.serverPublic,
            random: ConstantRandom(byte: 5)
        )
        #expect(
            hex(Digest.sha256(proof.clientPublic))
                == "fdd400fd0acf7e6a9f68f57ac2f904b74f7a37f96258f07f6bdca95f31e07875"
        )
        #expect(hex(proof.evidence) == "a2ce8586bba311a230cb041b404349bd263e4b3dd895781ce8998c05d8c1f54e")
        #expect(server.accepts(clientPublic: proof.clientPublic, evidence: proof.evidence))
    }

    @Test func onlyTheRightPasswordIsAccepted() throws {
        let verifier = try parameters.verifier(for: password)
        let server = try PasswordVerifier(parameters: parameters, verifier: verifier, random: SystemRandom())
        for (candidate, isRight) in [("secret", true), ("Secret", false), ("", false), ("secret ", false)] {
            let proof = try PasswordProof(
                password: ascii(candidate),
                parameters: parameters,
                serverPublic: server.serverPublic,
                random: SystemRandom()
            )
            #expect(server.accepts(clientPublic: proof.clientPublic, evidence: proof.evidence) == isRight)
        }
    }

    @Test func proofIsGoodForOneAttemptOnly() throws {
        let verifier = try parameters.verifier(for: password)
        let first = try PasswordVerifier(parameters: parameters, verifier: verifier, random: SystemRandom())
        let second = try PasswordVerifier(parameters: parameters, verifier: verifier, random: SystemRandom())
        let proof = try PasswordProof(
            password: password,
            parameters: parameters,
            serverPublic: first.serverPublic,
            random: SystemRandom()
        )
        #expect(first.accepts(clientPublic: proof.clientPublic, evidence: proof.evidence))
        #expect(!second.accepts(clientPublic: proof.clientPublic, evidence: proof.evidence))
        var damaged = proof.evidence
        damaged[31] ^= 1
        #expect(!first.accepts(clientPublic: proof.clientPublic, evidence: damaged))
        #expect(!first.accepts(clientPublic: proof.clientPublic, evidence: Array(proof.evidence.dropLast())))
        #expect(!first.accepts(clientPublic: proof.clientPublic, evidence: []))
    }

    /// With A a multiple of the prime the secret is zero, so anyone could compute the evidence.
    @Test func publicValuesThatForceTheSecretAreRefusedByTheServer() throws {
        let verifier = try parameters.verifier(for: password)
        let server = try PasswordVerifier(parameters: parameters, verifier: verifier, random: SystemRandom())
        let group = zip(
            Digest.sha256(parameters.prime),
            Digest.sha256([UInt8](repeating: 0, count: 255) + [3])
        )
        let key = Digest.sha256([UInt8](repeating: 0, count: 256))
        for forced in [[UInt8](repeating: 0, count: 256), parameters.prime, []] {
            let evidence = Digest.sha256(
                group.map { $0 ^ $1 },
                Digest.sha256(parameters.salt1),
                Digest.sha256(parameters.salt2),
                forced,
                server.serverPublic,
                key
            )
            #expect(!server.accepts(clientPublic: forced, evidence: evidence))
        }
    }

    @Test func serverValuesOutOfRangeAreRefusedByTheClient() {
        let prime = parameters.prime
        var above = prime
        above[255] ^= 4
        for value in [[], [0], [UInt8](repeating: 0, count: 256), prime, above, [1] + prime, [0] + prime] {
            #expect(attempt(nil, value) == .insecureParameters)
        }
        #expect(attempt(nil, [UInt8](repeating: 0, count: 100_000)) == .insecureParameters)
        #expect(attempt(nil, Array(repeating: 7, count: 256)) == nil)
    }

    /// `B = k v + 1` leaves 1 to raise to a power, which is 1 for every secret.
    @Test func serverValueThatLeavesNothingToRaiseIsRefused() throws {
        let prime = BigNumber(bytes: parameters.prime)
        let generator = [UInt8](repeating: 0, count: 255) + [3]
        let multiplier = BigNumber(bytes: Digest.sha256(parameters.prime, generator))
        let verifier = BigNumber(bytes: try parameters.verifier(for: password))
        let masked = multiplier.multiplied(by: verifier, modulo: prime)
        for rest in [BigNumber(0), BigNumber(1), prime - BigNumber(1)] {
            let value = masked.adding(rest, modulo: prime).bytes(count: 256)
            #expect(attempt(nil, value) == .insecureParameters)
        }
    }

    @Test(arguments: [
        (2, DiffieHellmanGroup.knownPrime), (3, [UInt8](repeating: 0xff, count: 256)), (3, [23]), (-1, []),
    ])
    func badGroupsAreRefusedByBothHalves(_ generator: Int, _ prime: [UInt8]) {
        let parameters = PasswordParameters(salt1: [1], salt2: [2], generator: generator, prime: prime)
        #expect(attempt(parameters, [UInt8](repeating: 7, count: 256)) == .insecureParameters)
        #expect(failure { () throws(CryptoError) in try parameters.verifier(for: password) } == .insecureParameters)
        let code = failure { () throws(CryptoError) in
            try PasswordVerifier(parameters: parameters, verifier: [5], random: SystemRandom())
        }
        #expect(code == .insecureParameters)
    }

    @Test func verifiersOutOfRangeAreRefused() {
        for verifier in [[], [0], parameters.prime, [1] + parameters.prime] {
            let code = failure { () throws(CryptoError) in
                try PasswordVerifier(parameters: parameters, verifier: verifier, random: SystemRandom())
            }
            #expect(code == .insecureParameters)
        }
    }

    @Test func uselessRandomnessIsNoticed() {
        let code = failure { () throws(CryptoError) in
            try PasswordProof(
                password: password,
                parameters: parameters,
                serverPublic: [UInt8](repeating: 7, count: 256),
                random: ConstantRandom(byte: 0)
            )
        }
        #expect(code == .brokenRandomness)
    }
}
