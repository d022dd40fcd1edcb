import MTProto
import MTProtoCrypto
import TLRuntime
import TelegramTesting

/// A key exchange in which nothing went wrong: both sides before each message, the messages, and what is encrypted in
/// them.
struct HonestExchange: Sendable {
    static let now = TimeReading(wall: .seconds(1_700_000_000), monotonic: .seconds(5_000))

    private let clientRandom = ReplayedRandom(seed: 21)
    private let serverRandom = ReplayedRandom(seed: 22)

    private(set) var clients: [ClientKeyExchange] = []
    private(set) var servers: [ServerKeyExchange] = []
    private(set) var requests: [[UInt8]] = []
    private(set) var answers: [[UInt8]] = []
    private(set) var nonce = TLInt128(low: 0, high: 0)
    private(set) var serverNonce = TLInt128(low: 0, high: 0)
    private(set) var handshakeKeys: (key: [UInt8], iv: [UInt8]) = ([], [])
    /// `P_Q_inner_data`, `server_DH_inner_data` and `client_DH_inner_data`.
    private(set) var proof: [UInt8] = []
    private(set) var offer: [UInt8] = []
    private(set) var half: [UInt8] = []
    private(set) var key: AuthKey?

    init?() {
        do { try run() } catch { return nil }
        guard key != nil else { return nil }
    }

    /// Sources of randomness are shared by the copies of a machine: for every input they start over.
    func rewind() {
        clientRandom.rewind()
        serverRandom.rewind()
    }

    private mutating func run() throws {
        guard let privateKey = FuzzKeys.server else { return }
        var client = ClientKeyExchange(
            keys: [try ServerPublicKey(privateKey.publicKey)],
            dataCenter: 2,
            lifetime: .seconds(3_600),
            random: clientRandom
        )
        var server = ServerKeyExchange(privateKey: privateKey, random: serverRandom)
        var request = client.start()
        for _ in 0..<3 {
            requests.append(request)
            servers.append(server)
            let answer: [UInt8]
            switch try server.received(request, at: Self.now) {
            case .send(let body): answer = body
            case .finished(let body, let key, _, _, _):
                answer = body
                self.key = key
            }
            answers.append(answer)
            clients.append(client)
            if case .send(let body) = try client.received(answer, at: Self.now) { request = body }
        }
        try open(with: privateKey)
    }

    private mutating func open(with privateKey: RSAPrivateKey) throws {
        let challenge = try MTP.ResPQ(decoding: answers[0])
        (nonce, serverNonce) = (challenge.nonce, challenge.serverNonce)
        guard let padded = privateKey.decryptPadded(try Self.fields(of: requests[1], stage: 1)?.last ?? []) else {
            return
        }
        let proof = try LeadingValue<KeyExchangeProof>(decoding: padded).value
        self.proof = proof.wireBytes
        handshakeKeys = KeyDerivation.handshakeKeys(serverNonce: serverNonce.bytes, newNonce: proof.newNonce.bytes)
        guard case .serverDHParamsOk(let answer) = try MTP.ServerDHParams(decoding: answers[1]) else { return }
        offer = try SealedObject<MTP.ServerDHInnerData>(opening: answer.encryptedAnswer, keys: handshakeKeys).value
            .wireBytes
        let sealed = try Self.fields(of: requests[2], stage: 2)?.last ?? []
        half = try SealedObject<MTP.ClientDHInnerData>(opening: sealed, keys: handshakeKeys).value.wireBytes
    }

    /// The second request with another encrypted part.
    func parameters(encryptedData: [UInt8]) -> MTP.ReqDHParams {
        let fields = (try? Self.fields(of: requests[1], stage: 1)) ?? []
        return MTP.ReqDHParams(
            nonce: nonce,
            serverNonce: serverNonce,
            p: fields[3],
            q: fields[4],
            publicKeyFingerprint: Int64(littleEndianBytes: fields[5][...]),
            encryptedData: encryptedData
        )
    }

    // MARK: - What messages mean

    /// Whether two answers say the same: lengths and padding can be written in more than one way.
    static func sameAnswer(_ first: [UInt8], _ second: [UInt8], stage: Int) -> Bool {
        switch stage {
        case 0: wire(MTP.ResPQ.self, first) == wire(MTP.ResPQ.self, second)
        case 1: wire(MTP.ServerDHParams.self, first) == wire(MTP.ServerDHParams.self, second)
        default: wire(MTP.SetClientDHParamsAnswer.self, first) == wire(MTP.SetClientDHParamsAnswer.self, second)
        }
    }

    private static func wire<T: TLCodable>(_ type: T.Type, _ bytes: [UInt8]) -> [UInt8]? {
        (try? type.init(decoding: bytes))?.wireBytes
    }

    /// Whether two requests say the same.
    static func sameRequest(_ first: [UInt8], _ second: [UInt8], stage: Int) -> Bool {
        guard let found = try? fields(of: first, stage: stage) else { return false }
        return found == (try? fields(of: second, stage: stage))
    }

    /// The number and the fields of a request; up to 255 bytes may follow.
    private static func fields(of request: [UInt8], stage: Int) throws -> [[UInt8]]? {
        try request.withUnsafeBytes { buffer in
            Result { () throws(TLDecodingError) -> [[UInt8]]? in
                var reader = TLReader(buffer)
                var fields = [Int64(reader.word()).littleEndianBytes, reader.int128().bytes]
                if stage > 0 { fields.append(reader.int128().bytes) }
                if stage == 1 { fields += [reader.bytes(), reader.bytes(), reader.long().littleEndianBytes] }
                if stage > 0 { fields.append(reader.bytes()) }
                try reader.check()
                return buffer.count - reader.offset <= 255 ? fields : nil
            }
        }
        .get()
    }
}
