import MTProto
import MTProtoCrypto
import TLRuntime
import TelegramTesting
import Testing

/// Older clients, written out here by hand, against the server.
@Suite struct KeyExchangeRequestFormTests {
    @Test(arguments: [false, true], [false, true])
    func olderFormsMakeAKey(legacyPadding: Bool, legacyStart: Bool) throws {
        for (dataCenter, expiresIn) in [(nil, nil), (Int32(2), nil), (nil, Int32(3600)), (-2, 3600)] {
            var client = try OldClient(
                dataCenter: dataCenter,
                expiresIn: expiresIn,
                legacyPadding: legacyPadding,
                legacyStart: legacyStart
            )
            let (serverKey, expires, center) = try client.exchange()
            #expect(client.key == serverKey)
            #expect(expires == expiresIn)
            #expect(center == dataCenter ?? 0)
        }
    }

    @Test func requestsWithHiddenSizesAreUnderstood() throws {
        var run = try KeyExchangeRun()
        let request = run.client.start()
        for count in [0, 4, 12, 252] {
            guard case .send(let body) = try run.server.received(request + random(count), at: KeyExchangeRun.now) else {
                Issue.record("no answer")
                return
            }
            #expect(throws: Never.self) { try MTP.ResPQ(decoding: body) }
        }
        #expect(failure { try run.server.received(request + random(256), at: KeyExchangeRun.now) } != nil)
    }

    @Test func aHalfBeforeItIsDueIsRefused() throws {
        var run = try KeyExchangeRun()
        let zero = TLInt128(low: 0, high: 0)
        let half = MTP.SetClientDHParams(nonce: zero, serverNonce: zero, encryptedData: []).wireBytes
        #expect(failure { try run.server.received(half, at: KeyExchangeRun.now) }?.code == .keyExchangeFailed)
    }

    @Test(arguments: [
        (OldClient.Fault.nonce, SecurityCheck.nonce), (.serverNonce, .serverNonce), (.factors, .factorization),
        (.fingerprint, .publicKey), (.encryptedBytes, .answerHash), (.innerNonce, .nonce),
        (.innerServerNonce, .serverNonce), (.innerFactors, .factorization), (.expiry, .temporaryKey),
        (.retryID, .newNonceHash), (.publicValue, .publicValueRange), (.halfNonce, .nonce),
        (.halfServerNonce, .serverNonce),
    ])
    func theServerRefusesAClientThatIsWrong(fault: OldClient.Fault, check: SecurityCheck) throws {
        var client = try OldClient(dataCenter: 2, expiresIn: 3600, legacyPadding: false, legacyStart: false)
        client.fault = fault
        #expect(failure { try client.exchange() }?.check == check)
    }

    private func random(_ count: Int) -> [UInt8] { KeyExchangeRandom(4).bytes(count) }
}

/// A client of the time before data centres were named and padding was fixed.
struct OldClient {
    enum Fault: Sendable {
        case nonce, serverNonce, factors, fingerprint, encryptedBytes, innerNonce, innerServerNonce, innerFactors,
            expiry
        case retryID, publicValue, halfNonce, halfServerNonce
    }

    var dataCenter: Int32?
    var expiresIn: Int32?
    var legacyPadding: Bool
    var legacyStart: Bool
    var fault: Fault?
    var key: AuthKey?
    private let random = KeyExchangeRandom(77)
    private var server: ServerKeyExchange

    init(dataCenter: Int32?, expiresIn: Int32?, legacyPadding: Bool, legacyStart: Bool) throws {
        self.dataCenter = dataCenter
        self.expiresIn = expiresIn
        self.legacyPadding = legacyPadding
        self.legacyStart = legacyStart
        server = ServerKeyExchange(privateKey: KeyExchangeRun.serverKey, random: KeyExchangeRandom(78))
    }

    mutating func exchange() throws -> (key: AuthKey, expiresIn: Int32?, dataCenter: Int32) {
        let nonce = int128()
        let wrong = int128()
        var start = MTP.ReqPqMulti(nonce: nonce).wireBytes
        if legacyStart { start.replaceSubrange(0..<4, with: [0x78, 0x97, 0x46, 0x60]) }
        let challenge = try MTP.ResPQ(decoding: send(start))

        let number = challenge.pq.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let (small, large) = try #require(Factorization.factors(of: number))
        let (p, q) = (PrimeFactors.bytes(of: small), PrimeFactors.bytes(of: large))
        let newNonce = TLInt256(low: int128(), high: int128())
        let proof = KeyExchangeProof(
            pq: challenge.pq,
            p: fault == .innerFactors ? q : p,
            q: q,
            nonce: fault == .innerNonce ? wrong : nonce,
            serverNonce: fault == .innerServerNonce ? wrong : challenge.serverNonce,
            newNonce: newNonce,
            dataCenter: dataCenter,
            expiresIn: fault == .expiry ? -1 : expiresIn
        ).wireBytes
        let publicKey = KeyExchangeRun.serverKey.publicKey
        var encrypted =
            legacyPadding
            ? publicKey.rawEncrypt([0] + Digest.sha1(proof) + proof + random.bytes(235 - proof.count))
            : try publicKey.encryptPadded(proof, random: random)
        if fault == .encryptedBytes { encrypted[255] ^= 1 }
        let request = MTP.ReqDHParams(
            nonce: fault == .nonce ? wrong : nonce,
            serverNonce: fault == .serverNonce ? wrong : challenge.serverNonce,
            p: fault == .factors ? q : p,
            q: q,
            publicKeyFingerprint: publicKey.fingerprint ^ (fault == .fingerprint ? 1 : 0),
            encryptedData: encrypted
        )
        guard case .serverDHParamsOk(let offer) = try MTP.ServerDHParams(decoding: send(request.wireBytes)) else {
            throw MTProtoError(.keyExchangeFailed, "refused")
        }
        let keys = KeyDerivation.handshakeKeys(serverNonce: challenge.serverNonce.bytes, newNonce: newNonce.bytes)
        let inner = try SealedObject<MTP.ServerDHInnerData>(opening: offer.encryptedAnswer, keys: keys).value
        let secret = random.bytes(256)
        let half = MTP.ClientDHInnerData(
            nonce: fault == .halfNonce ? wrong : nonce,
            serverNonce: fault == .halfServerNonce ? wrong : challenge.serverNonce,
            retryID: fault == .retryID ? 1 : 0,
            gB: fault == .publicValue
                ? [1] : DiffieHellmanGroup.power(base: [3], exponent: secret, prime: inner.dhPrime)
        )
        key = AuthKey(bytes: DiffieHellmanGroup.power(base: inner.gA, exponent: secret, prime: inner.dhPrime))
        let sealed = SealedObject<MTP.ClientDHInnerData>.seal(half.wireBytes, keys: keys, random: random)
        let last = MTP.SetClientDHParams(nonce: nonce, serverNonce: challenge.serverNonce, encryptedData: sealed)
        guard
            case .finished(_, let key, _, let expiresIn, let dataCenter) = try server.received(
                last.wireBytes,
                at: KeyExchangeRun.now
            )
        else { throw MTProtoError(.keyExchangeFailed, "not finished") }
        return (key, expiresIn, dataCenter)
    }

    private mutating func send(_ body: [UInt8]) throws -> [UInt8] {
        guard case .send(let answer) = try server.received(body, at: KeyExchangeRun.now) else {
            throw MTProtoError(.keyExchangeFailed, "finished too early")
        }
        return answer
    }

    private func int128() -> TLInt128 { TLInt128(low: random.integer(), high: random.integer()) }
}
