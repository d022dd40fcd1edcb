package import MTProtoCrypto
import TLRuntime

/// The client's half of a key exchange: three requests, three answers, and a key that only the two sides know.
///
/// It holds no connection: it is given bodies of unencrypted messages, and gives the next one to send. Each answer is
/// checked in every way the protocol names before anything in it is used. A machine makes one key: after the first
/// failure, and after the key, it refuses whatever comes.
///
/// See <https://core.telegram.org/mtproto/auth_key> and <https://core.telegram.org/mtproto/security_guidelines>.
package struct ClientKeyExchange: Sendable {
    /// How often the server may ask for another half of the key. Honest servers hardly ever do: only when the key they
    /// would get has the identifier of another one.
    package static let retryLimit = 5

    private enum Stage { case created, awaitingChallenge, awaitingOffer, awaitingOutcome, finished, failed }

    private let keys: [ServerPublicKey]
    private let dataCenter: Int32
    private let lifetime: Int32?
    private let random: any RandomSource

    private var stage = Stage.created
    private let nonce: TLInt128
    private var serverNonce = TLInt128(low: 0, high: 0)
    private var newNonce: [UInt8] = []
    private var handshakeKeys: (key: [UInt8], iv: [UInt8]) = ([], [])
    private var offer: DiffieHellmanOffer?
    /// The key that the server has been sent the half of, and has yet to confirm.
    private var candidate: AuthKey?
    private var retries = 0
    private var clock = ServerClock()
    /// When the server made its offer, by its own clock.
    private var offeredAt = Duration.zero

    /// - Parameters:
    ///   - keys: The public keys to trust.
    ///   - dataCenter: The number of the data centre, 10000 more for a test one, negative for one that serves media.
    ///   - lifetime: How long a temporary key shall live, in whole seconds; `nil` for a permanent key.
    package init(keys: [ServerPublicKey], dataCenter: Int32, lifetime: Duration?, random: any RandomSource) {
        self.keys = keys
        self.dataCenter = dataCenter
        self.lifetime = lifetime.map { Int32(clamping: max(1, $0.components.seconds)) }
        self.random = random
        nonce = TLInt128(low: random.integer(), high: random.integer())
    }

    /// Whether the key is made or the attempt has failed.
    package var isOver: Bool { stage == .finished || stage == .failed }

    /// The body of the first request. Asking again before anything was received gives the same one.
    package mutating func start() -> [UInt8] {
        precondition(stage == .created || stage == .awaitingChallenge, "a key exchange is started once")
        stage = .awaitingChallenge
        return MTP.ReqPqMulti(nonce: nonce).wireBytes
    }

    /// Takes the body of an answer.
    ///
    /// - Throws: ``MTProtoError`` with the check that failed; with ``MTProtoError/Code/keyExchangeFailed`` when the
    ///   server refused, and proved that it was the server, or when the exchange is not waiting for anything.
    package mutating func received(_ body: [UInt8], at now: TimeReading) throws(MTProtoError) -> KeyExchangeStep {
        do throws(MTProtoError) {
            switch stage {
            case .awaitingChallenge: return try receivedChallenge(decode(body))
            case .awaitingOffer: return try receivedOffer(decode(body), at: now)
            case .awaitingOutcome: return try receivedOutcome(decode(body), at: now)
            case .created:
                throw MTProtoError(.keyExchangeFailed, "a message came before the key exchange was started")
            case .finished, .failed:
                throw MTProtoError(
                    .keyExchangeFailed,
                    "a message came after the key exchange was over; start a new one"
                )
            }
        } catch {
            // A key that was handed out stays valid, whatever comes behind it.
            if stage != .finished { end(as: .failed) }
            throw error
        }
    }
}

extension ClientKeyExchange: CustomStringConvertible, CustomReflectable {
    /// Where it stands, without any of its secrets.
    package var description: String { "key exchange with data centre \(dataCenter), \(stage)" }

    /// Shows no secrets, not even to `dump`.
    package var customMirror: Mirror { Mirror(self, children: ["dataCenter": dataCenter, "isOver": isOver]) }
}

// MARK: - Answers

extension ClientKeyExchange {
    private mutating func receivedChallenge(_ answer: MTP.ResPQ) throws(MTProtoError) -> KeyExchangeStep {
        guard answer.nonce == nonce else { throw Self.wrongNonce(in: "resPQ") }
        let publicKey = try chooseKey(from: answer.serverPublicKeyFingerprints)
        let (p, q) = try PrimeFactors.find(in: answer.pq)
        serverNonce = answer.serverNonce

        let secret = TLInt256(
            low: TLInt128(low: random.integer(), high: random.integer()),
            high: TLInt128(low: random.integer(), high: random.integer())
        )
        newNonce = secret.bytes
        handshakeKeys = KeyDerivation.handshakeKeys(serverNonce: serverNonce.bytes, newNonce: newNonce)

        var proof = innerData(pq: answer.pq, p: p, q: q, newNonce: secret).wireBytes
        defer { proof.wipe() }
        let encrypted: [UInt8]
        do { encrypted = try publicKey.key.encryptPadded(proof, random: random) } catch {
            throw MTProtoError(.keyExchangeFailed, "the answer to 'pq' cannot be encrypted: \(error.message)")
        }
        stage = .awaitingOffer
        return .send(
            MTP.ReqDHParams(
                nonce: nonce,
                serverNonce: serverNonce,
                p: p,
                q: q,
                publicKeyFingerprint: publicKey.fingerprint,
                encryptedData: encrypted
            ).wireBytes
        )
    }

    private mutating func receivedOffer(
        _ answer: MTP.ServerDHParams,
        at now: TimeReading
    ) throws(MTProtoError) -> KeyExchangeStep {
        try checkNonces(answer.nonce, answer.serverNonce, in: "Server_DH_Params")
        switch answer {
        case .serverDHParamsFail(let refusal):
            let expected = KeyExchangeHash.refusalProof(newNonce: newNonce)
            guard constantTimeEquals(refusal.newNonceHash.bytes, expected) else {
                throw Self.wrongProof(in: "server_DH_params_fail")
            }
            throw MTProtoError(
                .keyExchangeFailed,
                "the server refused the answer to 'pq' (server_DH_params_fail); start a new exchange"
            )
        case .serverDHParamsOk(let answer):
            let inner = try SealedObject<MTP.ServerDHInnerData>(opening: answer.encryptedAnswer, keys: handshakeKeys)
                .value
            try checkNonces(inner.nonce, inner.serverNonce, in: "server_DH_inner_data")
            offer = try DiffieHellmanOffer(checking: inner)
            // An unsigned reading of the seconds works until 2106, a signed one until 2038.
            offeredAt = .seconds(Int64(UInt32(bitPattern: inner.serverTime)))
            clock.synchronize(serverTime: offeredAt, at: now)
            return try sendHalf(retryID: 0)
        }
    }

    private mutating func receivedOutcome(
        _ answer: MTP.SetClientDHParamsAnswer,
        at now: TimeReading
    ) throws(MTProtoError) -> KeyExchangeStep {
        try checkNonces(answer.nonce, answer.serverNonce, in: "Set_client_DH_params_answer")
        guard let key = candidate else {
            throw MTProtoError(.keyExchangeFailed, "an outcome came before there was a key")
        }
        switch answer {
        case .dhGenOk(let answer):
            try checkProof(answer.newNonceHash1, .accepted, of: key, in: "dh_gen_ok")
            let result = KeyExchangeResult(
                key: key,
                firstSalt: KeyExchangeHash.firstSalt(newNonce: newNonce, serverNonce: serverNonce),
                serverTime: clock.serverTime(at: now),
                // The server counts from when it makes the key, which is after it made its offer: this errs early.
                expiresAt: lifetime.map { offeredAt + .seconds(Int64($0)) }
            )
            end(as: .finished)
            return .finished(result)
        case .dhGenRetry(let answer):
            try checkProof(answer.newNonceHash2, .retry, of: key, in: "dh_gen_retry")
            retries += 1
            guard retries <= Self.retryLimit else {
                throw MTProtoError(
                    .keyExchangeFailed,
                    "the server asked for another half of the key \(retries) times, where \(Self.retryLimit) are allowed"
                )
            }
            return try sendHalf(retryID: key.auxiliaryHash)
        case .dhGenFail(let answer):
            try checkProof(answer.newNonceHash3, .failed, of: key, in: "dh_gen_fail")
            throw MTProtoError(
                .keyExchangeFailed,
                "the server refused the client's half of the key (dh_gen_fail); start a new exchange"
            )
        }
    }
}

// MARK: - Parts

extension ClientKeyExchange {
    private func decode<Answer: TLCodable>(_ body: [UInt8]) throws(MTProtoError) -> Answer {
        do { return try Answer(decoding: body) } catch {
            throw MTProtoError(
                .unencryptedMessage,
                "a message of \(body.count) bytes is not the '\(Answer.self)' that is due: \(error)"
            )
        }
    }

    /// The server lists what it has, the client takes the first it knows.
    private func chooseKey(from fingerprints: [Int64]) throws(MTProtoError) -> ServerPublicKey {
        for fingerprint in fingerprints {
            if let key = keys.first(where: { $0.fingerprint == fingerprint }) { return key }
        }
        throw MTProtoError(
            .publicKey,
            """
            the server has the public keys [\(Self.list(fingerprints))], but the client trusts \
            [\(Self.list(keys.map(\.fingerprint)))]; give it the key of this server, or check that production and test \
            data centres are not mixed up
            """
        )
    }

    /// Not all of them when the server lists thousands.
    private static func list(_ fingerprints: [Int64]) -> String {
        let texts = fingerprints.prefix(8).map(ServerPublicKey.text(of:))
        return (fingerprints.count > 8 ? texts + ["and \(fingerprints.count - 8) more"] : texts)
            .joined(separator: ", ")
    }

    private func innerData(pq: [UInt8], p: [UInt8], q: [UInt8], newNonce: TLInt256) -> MTP.PQInnerData {
        if let lifetime {
            .pqInnerDataTempDC(
                pq: pq,
                p: p,
                q: q,
                nonce: nonce,
                serverNonce: serverNonce,
                newNonce: newNonce,
                dc: dataCenter,
                expiresIn: lifetime
            )
        } else {
            .pqInnerDataDC(
                pq: pq,
                p: p,
                q: q,
                nonce: nonce,
                serverNonce: serverNonce,
                newNonce: newNonce,
                dc: dataCenter
            )
        }
    }

    private mutating func sendHalf(retryID: Int64) throws(MTProtoError) -> KeyExchangeStep {
        guard let offer else { throw MTProtoError(.keyExchangeFailed, "there is no offer of the server to answer") }
        let (publicValue, key) = try offer.answer(random: random)
        candidate?.wipe()
        candidate = key
        let inner = MTP.ClientDHInnerData(nonce: nonce, serverNonce: serverNonce, retryID: retryID, gB: publicValue)
        let encrypted = SealedObject<MTP.ClientDHInnerData>.seal(inner.wireBytes, keys: handshakeKeys, random: random)
        stage = .awaitingOutcome
        return .send(
            MTP.SetClientDHParams(nonce: nonce, serverNonce: serverNonce, encryptedData: encrypted).wireBytes
        )
    }

    private func checkNonces(_ nonce: TLInt128, _ serverNonce: TLInt128, in name: String) throws(MTProtoError) {
        guard nonce == self.nonce else { throw Self.wrongNonce(in: name) }
        guard serverNonce == self.serverNonce else {
            throw MTProtoError(.serverNonce, "'\(name)' does not repeat the server's nonce")
        }
    }

    private func checkProof(
        _ hash: TLInt128,
        _ outcome: KeyExchangeHash.Outcome,
        of key: AuthKey,
        in name: String
    ) throws(MTProtoError) {
        let expected = KeyExchangeHash.proof(outcome, newNonce: newNonce, key: key)
        guard constantTimeEquals(hash.bytes, expected) else { throw Self.wrongProof(in: name) }
    }

    private static func wrongNonce(in name: String) -> MTProtoError {
        MTProtoError(.nonce, "'\(name)' does not repeat the client's nonce")
    }

    private static func wrongProof(in name: String) -> MTProtoError {
        MTProtoError(
            .newNonceHash,
            "the hash in '\(name)' does not prove that the server knows the new nonce and the key"
        )
    }

    private mutating func end(as stage: Stage) {
        self.stage = stage
        newNonce.wipe()
        handshakeKeys.key.wipe()
        handshakeKeys.iv.wipe()
        if stage == .failed { candidate?.wipe() }
        candidate = nil
        offer = nil
    }
}
