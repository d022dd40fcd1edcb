import MTProto
import MTProtoCrypto
import TelegramTesting

/// A client and a server that exchange a key in memory.
struct KeyExchangeRun {
    /// Made once: generating one takes a while, and nothing depends on which it is.
    static let serverKey = RSAPrivateKey.generate(bits: 2048)
    static let now = TimeReading(wall: .seconds(1_700_000_000), monotonic: .seconds(5000))

    var client: ClientKeyExchange
    var server: ServerKeyExchange
    /// Answers that the client has received so far.
    var answerCount = 0

    init(
        stream: UInt64 = 0,
        lifetime: Duration? = nil,
        misbehaviour: KeyExchangeMisbehaviour? = nil,
        retriesOnce: Bool = false,
        clientRandom: (any RandomSource)? = nil
    ) throws {
        client = ClientKeyExchange(
            keys: [try ServerPublicKey(Self.serverKey.publicKey)],
            dataCenter: 10_002,
            lifetime: lifetime,
            random: clientRandom ?? KeyExchangeRandom(2 * stream)
        )
        server = ServerKeyExchange(
            privateKey: Self.serverKey,
            random: KeyExchangeRandom(2 * stream + 1),
            misbehaviour: misbehaviour,
            retriesOnce: retriesOnce
        )
    }

    /// What both sides have in the end.
    struct Outcome {
        var client: KeyExchangeResult
        var serverKey: AuthKey
        var serverSalt: Int64
        var expiresIn: Int32?
        var dataCenter: Int32
    }

    /// Runs until both are done, or one throws.
    mutating func finish(
        changingAnswers change: (_ number: Int, _ body: [UInt8]) -> [UInt8] = { $1 }
    ) throws(MTProtoError) -> Outcome {
        var request = client.start()
        while true {
            var serverResult: (key: AuthKey, salt: Int64, expiresIn: Int32?, dataCenter: Int32)?
            let answer: [UInt8]
            switch try server.received(request, at: Self.now) {
            case .send(let body): answer = body
            case .finished(let body, let key, let salt, let expiresIn, let dataCenter):
                answer = body
                serverResult = (key, salt, expiresIn, dataCenter)
            }
            answerCount += 1
            switch try client.received(change(answerCount, answer), at: Self.now) {
            case .send(let body): request = body
            case .finished(let result):
                guard let serverResult else {
                    throw MTProtoError(.keyExchangeFailed, "the client has a key and the server has none")
                }
                return Outcome(
                    client: result,
                    serverKey: serverResult.key,
                    serverSalt: serverResult.salt,
                    expiresIn: serverResult.expiresIn,
                    dataCenter: serverResult.dataCenter
                )
            }
        }
    }

    /// The client before each of its answers, and the answers of an exchange that goes well.
    static func snapshots(stream: UInt64 = 0) throws -> [(client: ClientKeyExchange, answer: [UInt8])] {
        var run = try KeyExchangeRun(stream: stream)
        var snapshots: [(ClientKeyExchange, [UInt8])] = []
        var request = run.client.start()
        for _ in 0..<3 {
            let answer =
                switch try run.server.received(request, at: now) {
                case .send(let body), .finished(let body, _, _, _, _): body
                }
            snapshots.append((run.client, answer))
            if case .send(let body) = try run.client.received(answer, at: now) { request = body }
        }
        return snapshots
    }
}
