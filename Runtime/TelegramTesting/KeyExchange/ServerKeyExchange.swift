package import MTProto
package import MTProtoCrypto
import TLRuntime

/// The server's half of a key exchange. It checks a client as strictly as the client checks it.
///
/// It takes every form of the requests that is in use: `req_pq_multi` and `req_pq`, `RSA_PAD` and the padding before
/// it, inner data with and without the number of the data centre. A new first request starts again at any time.
///
/// See <https://core.telegram.org/mtproto/auth_key>.
package struct ServerKeyExchange: Sendable {
    private let privateKey: RSAPrivateKey
    private let random: any RandomSource
    private let misbehaviour: KeyExchangeMisbehaviour?
    private let retriesOnce: Bool

    private var challenge: Challenge?
    private var agreement: Agreement?

    /// - Parameters:
    ///   - misbehaviour: What to do wrong.
    ///   - retriesOnce: Whether to ask for another half of the key once, as a server does that has a key with the same
    ///     identifier already.
    package init(
        privateKey: RSAPrivateKey,
        random: any RandomSource,
        misbehaviour: KeyExchangeMisbehaviour? = nil,
        retriesOnce: Bool = false
    ) {
        self.privateKey = privateKey
        self.random = random
        self.misbehaviour = misbehaviour
        self.retriesOnce = retriesOnce
    }

    /// Takes the body of a request.
    ///
    /// - Throws: ``MTProtoError`` with the check that failed. A real server answers with transport error 404 and
    ///   nothing else, whatever the reason.
    package mutating func received(
        _ body: [UInt8],
        at now: TimeReading
    ) throws(MTProtoError) -> ServerKeyExchangeStep {
        let request: KeyExchangeRequest
        do { request = try KeyExchangeRequest(decoding: body) } catch {
            throw MTProtoError(.unencryptedMessage, "the message is no request of a key exchange: \(error)")
        }
        switch request {
        case .challenge(let nonce): return receivedStart(nonce)
        case .parameters(let request): return try received(request, at: now)
        case .half(let request): return try received(request)
        }
    }
}

// MARK: - State

extension ServerKeyExchange {
    /// What the first answer has promised.
    private struct Challenge: Sendable {
        let nonce: TLInt128
        let serverNonce: TLInt128
        let p: UInt64
        let q: UInt64
        let pq: [UInt8]
    }

    /// What the second answer has promised.
    private struct Agreement: Sendable {
        let newNonce: [UInt8]
        let handshakeKeys: (key: [UInt8], iv: [UInt8])
        let secret: [UInt8]
        let dataCenter: Int32
        let expiresIn: Int32?
        /// What the client must name when it sends another half.
        var retryID: Int64 = 0
    }
}

// MARK: - Requests

extension ServerKeyExchange {
    private mutating func receivedStart(_ nonce: TLInt128) -> ServerKeyExchangeStep {
        let p = smallPrime(except: 0)
        let q = smallPrime(except: p)
        let challenge = Challenge(
            nonce: nonce,
            serverNonce: TLInt128(low: random.integer(), high: random.integer()),
            p: min(p, q),
            q: max(p, q),
            pq: misbehaviour?.pq(insteadOf: p, times: q) ?? PrimeFactors.bytes(of: p * q)
        )
        self.challenge = challenge
        agreement = nil
        let nonces = nonces(of: challenge, in: .challenge)
        let fingerprint = privateKey.publicKey.fingerprint
        if misbehaviour == .outcomeInsteadOfChallenge {
            let zero = TLInt128(low: 0, high: 0)
            let answer = MTP.SetClientDHParamsAnswer.dhGenOk(
                nonce: nonces.nonce,
                serverNonce: nonces.serverNonce,
                newNonceHash1: zero
            )
            return .send(answer.wireBytes)
        }
        let answer = MTP.ResPQ(
            nonce: nonces.nonce,
            serverNonce: nonces.serverNonce,
            pq: challenge.pq,
            serverPublicKeyFingerprints: misbehaviour?.fingerprints(insteadOf: fingerprint) ?? [fingerprint]
        )
        return .send(finish(answer.wireBytes, .challenge))
    }

    private mutating func received(
        _ request: MTP.ReqDHParams,
        at now: TimeReading
    ) throws(MTProtoError) -> ServerKeyExchangeStep {
        let challenge = try checkNonces(request.nonce, request.serverNonce)
        let proof = try openProof(request, of: challenge)
        let newNonce = proof.newNonce.bytes
        let agreement = Agreement(
            newNonce: newNonce,
            handshakeKeys: KeyDerivation.handshakeKeys(serverNonce: challenge.serverNonce.bytes, newNonce: newNonce),
            secret: random.bytes(AuthKey.byteCount),
            dataCenter: proof.dataCenter ?? 0,
            expiresIn: proof.expiresIn
        )
        self.agreement = agreement

        let nonces = nonces(of: challenge, in: .offer)
        if misbehaviour == .offerRefused || misbehaviour == .offerRefusedWithWrongHash {
            let hash = TLInt128(bytes: KeyExchangeHash.refusalProof(newNonce: newNonce)) ?? nonces.nonce
            let answer = MTP.ServerDHParams.serverDHParamsFail(
                nonce: nonces.nonce,
                serverNonce: nonces.serverNonce,
                newNonceHash: misbehaviour == .offerRefused ? hash : hash.withLastBitFlipped
            )
            return .send(answer.wireBytes)
        }
        let inner = offer(agreement, of: challenge, at: now).wireBytes
        let keys = agreement.handshakeKeys
        let sealed = misbehaviour?.sealed(inner, keys: keys, random: random)
        let answer = MTP.ServerDHParams.serverDHParamsOk(
            nonce: nonces.nonce,
            serverNonce: nonces.serverNonce,
            encryptedAnswer: sealed ?? SealedObject<MTP.ServerDHInnerData>.seal(inner, keys: keys, random: random)
        )
        return .send(finish(answer.wireBytes, .offer))
    }

    private mutating func received(_ request: MTP.SetClientDHParams) throws(MTProtoError) -> ServerKeyExchangeStep {
        let challenge = try checkNonces(request.nonce, request.serverNonce)
        guard let agreement else {
            throw MTProtoError(.keyExchangeFailed, "the client sent its half of the key before it was due")
        }
        let key = try agree(request, agreement, challenge)
        let isFirst = agreement.retryID == 0
        var outcome = KeyExchangeHash.Outcome.accepted
        if retriesOnce && isFirst || [.endlessRetries, .wrongProofOfRetry].contains(misbehaviour) { outcome = .retry }
        if misbehaviour == .failure || misbehaviour == .wrongProofOfFailure { outcome = .failed }

        let answer = finish(self.answer(outcome, key: key, agreement, challenge).wireBytes, .outcome)
        switch outcome {
        case .accepted:
            self.challenge = nil
            self.agreement = nil
            return .finished(
                answer: answer,
                key: key,
                firstSalt: KeyExchangeHash.firstSalt(newNonce: agreement.newNonce, serverNonce: challenge.serverNonce),
                expiresIn: agreement.expiresIn,
                dataCenter: agreement.dataCenter
            )
        case .retry: self.agreement?.retryID = key.auxiliaryHash
        case .failed: self.agreement = nil
        }
        return .send(answer)
    }
}

// MARK: - Parts

extension ServerKeyExchange {
    /// One of 31 bits, so that the product of two stays below 2^62.
    private func smallPrime(except other: UInt64) -> UInt64 {
        var candidate = 1 << 30 | UInt64(random.integer(UInt32.self) >> 2) | 1
        while candidate == other || !BigNumber(candidate).isPrime {
            candidate = candidate + 2 < 1 << 31 ? candidate + 2 : 1 << 30 | 1
        }
        return candidate
    }

    private func checkNonces(_ nonce: TLInt128, _ serverNonce: TLInt128) throws(MTProtoError) -> Challenge {
        guard let challenge else {
            throw MTProtoError(.keyExchangeFailed, "the client did not start with 'req_pq_multi'")
        }
        guard nonce == challenge.nonce else { throw MTProtoError(.nonce, "the client changed its nonce") }
        guard serverNonce == challenge.serverNonce else {
            throw MTProtoError(.serverNonce, "the client does not repeat the server's nonce")
        }
        return challenge
    }

    private func openProof(_ request: MTP.ReqDHParams, of challenge: Challenge) throws(MTProtoError) -> KeyExchangeProof
    {
        guard Self.isNumber(challenge.p, request.p), Self.isNumber(challenge.q, request.q) else {
            throw MTProtoError(.factorization, "the client did not find the factors of 'pq'")
        }
        guard request.publicKeyFingerprint == privateKey.publicKey.fingerprint else {
            let name = ServerPublicKey.text(of: request.publicKeyFingerprint)
            throw MTProtoError(.publicKey, "the client chose the public key \(name), which it was not offered")
        }
        let proof = try decrypt(request.encryptedData)
        guard proof.nonce == challenge.nonce else { throw MTProtoError(.nonce, "the encrypted nonce is another one") }
        guard proof.serverNonce == challenge.serverNonce else {
            throw MTProtoError(.serverNonce, "the encrypted nonce of the server is another one")
        }
        guard proof.pq == challenge.pq, Self.isNumber(challenge.p, proof.p), Self.isNumber(challenge.q, proof.q) else {
            throw MTProtoError(.factorization, "the encrypted factors are other ones")
        }
        if let expiresIn = proof.expiresIn, expiresIn <= 0 {
            throw MTProtoError(.temporaryKey, "the client asked for a key that ends after \(expiresIn) s")
        }
        return proof
    }

    private static func isNumber(_ number: UInt64, _ bytes: [UInt8]) -> Bool {
        bytes.drop { $0 == 0 }.elementsEqual(PrimeFactors.bytes(of: number))
    }

    private func decrypt(_ encrypted: [UInt8]) throws(MTProtoError) -> KeyExchangeProof {
        do throws(TLDecodingError) {
            if let padded = privateKey.decryptPadded(encrypted) { return try LeadingValue(decoding: padded).value }
            if let data = privateKey.decryptLegacy(encrypted) { return try KeyExchangeProof(decoding: data) }
        } catch {
            throw MTProtoError(.answerHash, "the encrypted data is no 'P_Q_inner_data': \(error)")
        }
        throw MTProtoError(.answerHash, "the encrypted data does not match its hash")
    }

    private func offer(_ agreement: Agreement, of challenge: Challenge, at now: TimeReading) -> MTP.ServerDHInnerData {
        let honest = (generator: Int32(3), prime: DiffieHellmanGroup.knownPrime)
        let group = misbehaviour?.group(insteadOf: honest.prime) ?? honest
        let nonces = nonces(of: challenge, in: .offer, encrypted: true)
        let publicValue =
            misbehaviour?.publicValue(modulo: honest.prime)
            ?? DiffieHellmanGroup.power(base: [3], exponent: agreement.secret, prime: honest.prime)
        return MTP.ServerDHInnerData(
            nonce: nonces.nonce,
            serverNonce: nonces.serverNonce,
            g: group.generator,
            dhPrime: group.prime,
            gA: publicValue,
            serverTime: Int32(truncatingIfNeeded: now.wall.components.seconds)
        )
    }

    private func agree(
        _ request: MTP.SetClientDHParams,
        _ agreement: Agreement,
        _ challenge: Challenge
    ) throws(MTProtoError) -> AuthKey {
        let inner = try SealedObject<MTP.ClientDHInnerData>(
            opening: request.encryptedData,
            keys: agreement.handshakeKeys
        ).value
        guard inner.nonce == challenge.nonce else { throw MTProtoError(.nonce, "the encrypted nonce is another one") }
        guard inner.serverNonce == challenge.serverNonce else {
            throw MTProtoError(.serverNonce, "the encrypted nonce of the server is another one")
        }
        guard inner.retryID == agreement.retryID else {
            throw MTProtoError(.newNonceHash, "the client does not name the half of the key that it replaces")
        }
        let prime = DiffieHellmanGroup.knownPrime
        guard DiffieHellmanGroup.isInRange(inner.gB, prime: prime) else {
            throw MTProtoError(.publicValueRange, "'g_b' does not lie between 2^1984 and the modulus minus 2^1984")
        }
        let shared = DiffieHellmanGroup.power(base: inner.gB, exponent: agreement.secret, prime: prime)
        guard let key = AuthKey(bytes: shared) else {
            throw MTProtoError(.safePrime, "the shared key has \(shared.count) bytes, where 256 are expected")
        }
        return key
    }

    private func answer(
        _ outcome: KeyExchangeHash.Outcome,
        key: AuthKey,
        _ agreement: Agreement,
        _ challenge: Challenge
    ) -> MTP.SetClientDHParamsAnswer {
        let proven = misbehaviour == .proofForAnotherOutcome ? .retry : outcome
        let proof = KeyExchangeHash.proof(proven, newNonce: agreement.newNonce, key: key)
        var hash = TLInt128(bytes: proof) ?? challenge.nonce
        if [.wrongProofOfAcceptance, .wrongProofOfRetry, .wrongProofOfFailure].contains(misbehaviour) {
            hash = hash.withLastBitFlipped
        }
        let (nonce, serverNonce) = nonces(of: challenge, in: .outcome)
        return switch outcome {
        case .accepted: .dhGenOk(nonce: nonce, serverNonce: serverNonce, newNonceHash1: hash)
        case .retry: .dhGenRetry(nonce: nonce, serverNonce: serverNonce, newNonceHash2: hash)
        case .failed: .dhGenFail(nonce: nonce, serverNonce: serverNonce, newNonceHash3: hash)
        }
    }

    private func nonces(
        of challenge: Challenge,
        in answer: KeyExchangeAnswer,
        encrypted: Bool = false
    ) -> (nonce: TLInt128, serverNonce: TLInt128) {
        misbehaviour?.nonces(challenge.nonce, challenge.serverNonce, in: answer, encrypted: encrypted)
            ?? (challenge.nonce, challenge.serverNonce)
    }

    private func finish(_ body: [UInt8], _ answer: KeyExchangeAnswer) -> [UInt8] {
        misbehaviour?.body(body, of: answer) ?? body
    }
}
