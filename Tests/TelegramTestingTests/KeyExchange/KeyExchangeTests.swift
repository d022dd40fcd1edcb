import MTProto
import MTProtoCrypto
import TLRuntime
import TelegramTesting
import Testing

@Suite struct KeyExchangeTests {
    @Test func bothSidesGetTheSamePermanentKey() throws {
        var run = try KeyExchangeRun()
        let outcome = try run.finish()
        #expect(outcome.client.key == outcome.serverKey)
        #expect(outcome.client.firstSalt == outcome.serverSalt)
        #expect(outcome.client.expiresAt == nil)
        #expect(outcome.expiresIn == nil)
        #expect(outcome.dataCenter == 10_002)
        #expect(outcome.client.serverTime == KeyExchangeRun.now.wall)
        #expect(run.answerCount == 3)
    }

    @Test func bothSidesGetTheSameTemporaryKey() throws {
        var run = try KeyExchangeRun(lifetime: .seconds(86_400))
        let outcome = try run.finish()
        #expect(outcome.client.key == outcome.serverKey)
        #expect(outcome.expiresIn == 86_400)
        #expect(outcome.client.expiresAt == KeyExchangeRun.now.wall + .seconds(86_400))
    }

    @Test(arguments: [
        (Duration.milliseconds(1), Int32(1)), (.seconds(-5), 1), (.seconds(1 << 40), .max),
    ])
    func lifetimesThatCannotBeExpressedAreClamped(lifetime: Duration, seconds: Int32) throws {
        var run = try KeyExchangeRun(lifetime: lifetime)
        #expect(try run.finish().expiresIn == seconds)
    }

    @Test func everyExchangeMakesAnotherKey() throws {
        var first = try KeyExchangeRun(stream: 1)
        var second = try KeyExchangeRun(stream: 2)
        #expect(try first.finish().client.key != second.finish().client.key)
    }

    @Test func aRetryMakesAnotherKeyAndNamesTheRefusedOne() throws {
        var run = try KeyExchangeRun(retriesOnce: true)
        // The server compares the identifier of the retry, so that it finishes proves it right.
        let outcome = try run.finish()
        #expect(outcome.client.key == outcome.serverKey)
        #expect(run.answerCount == 4)
    }

    @Test func theServerTimeIsThatOfTheEndOfTheExchange() throws {
        var (client, answer) = try KeyExchangeRun.snapshots()[2]
        let later = KeyExchangeRun.now.advanced(by: .seconds(7))
        guard case .finished(let result) = try client.received(answer, at: later) else {
            Issue.record("the exchange did not finish")
            return
        }
        #expect(result.serverTime == later.wall)
    }

    @Test func anotherFirstRequestStartsAgain() throws {
        var run = try KeyExchangeRun()
        let request = run.client.start()
        _ = try run.server.received(request, at: KeyExchangeRun.now)
        _ = try run.server.received(request, at: KeyExchangeRun.now)
        let outcome = try run.finish()
        #expect(outcome.client.key == outcome.serverKey)
    }

    @Test func aClientThatIsNotStartedRefusesAnswers() throws {
        var run = try KeyExchangeRun()
        #expect(failure { try run.client.received([0, 0, 0, 0], at: KeyExchangeRun.now) }?.code == .keyExchangeFailed)
        #expect(run.client.isOver)
    }

    @Test func aClientThatHasAKeyRefusesFurtherAnswers() throws {
        var (client, answer) = try KeyExchangeRun.snapshots()[2]
        _ = try client.received(answer, at: KeyExchangeRun.now)
        #expect(client.isOver)
        #expect(failure { try client.received(answer, at: KeyExchangeRun.now) }?.code == .keyExchangeFailed)
    }

    @Test(arguments: 0..<3)
    func aClientThatHasFailedRefusesEvenTheRightAnswer(step: Int) throws {
        var (client, answer) = try KeyExchangeRun.snapshots()[step]
        #expect(failure { try client.received([1, 2, 3, 4], at: KeyExchangeRun.now) }?.check == .unencryptedMessage)
        #expect(client.isOver)
        #expect(failure { try client.received(answer, at: KeyExchangeRun.now) }?.code == .keyExchangeFailed)
    }

    @Test func answersOutOfOrderAreRefused() throws {
        let snapshots = try KeyExchangeRun.snapshots()
        for (step, snapshot) in snapshots.enumerated() {
            for (other, (_, answer)) in snapshots.enumerated() where other != step {
                var client = snapshot.client
                let error = failure { try client.received(answer, at: KeyExchangeRun.now) }
                #expect(error?.check == .unencryptedMessage, "answer \(other + 1) instead of \(step + 1)")
            }
        }
    }

    @Test func theFirstKeyThatIsOfferedAndTrustedIsUsed() throws {
        let other = RSAPrivateKey.generate(bits: 2048).publicKey
        let known = KeyExchangeRun.serverKey.publicKey
        var client = ClientKeyExchange(
            keys: [try ServerPublicKey(other), try ServerPublicKey(known)],
            dataCenter: 2,
            lifetime: nil,
            random: KeyExchangeRandom()
        )
        _ = client.start()
        let nonce = try #require(TLInt128(bytes: KeyExchangeRandom().bytes(16)))
        let answer = MTP.ResPQ(
            nonce: nonce,
            serverNonce: nonce,
            pq: [35],
            serverPublicKeyFingerprints: [7, known.fingerprint, other.fingerprint]
        )
        guard case .send(let body) = try client.received(answer.wireBytes, at: KeyExchangeRun.now) else {
            Issue.record("the client did not answer")
            return
        }
        let fingerprint = known.fingerprint.littleEndianBytes
        // number, nonces, p and q in front of it
        #expect(Array(body[44..<52]) == fingerprint)
    }

    @Test func unknownKeysAreListedWithWhatToDo() throws {
        var run = try KeyExchangeRun(misbehaviour: .unknownFingerprints)
        let message = failure { try run.finish() }?.message ?? ""
        #expect(message.contains("0123456789abcdef"))
        #expect(message.contains(ServerPublicKey.text(of: KeyExchangeRun.serverKey.publicKey.fingerprint)))
    }

    @Test func aSecretThatIsNotRandomIsRefused() throws {
        /// Right until the secret exponent is drawn.
        struct Stuck: RandomSource {
            let source = KeyExchangeRandom()
            func fill(_ buffer: UnsafeMutableRawBufferPointer) {
                if buffer.count == 256 {
                    buffer.initializeMemory(as: UInt8.self, repeating: 0)
                } else {
                    source.fill(buffer)
                }
            }
        }
        var run = try KeyExchangeRun(clientRandom: Stuck())
        #expect(failure { try run.finish() }?.check == .publicValueRange)
        // The client noticed, before anything was sent that the server could notice.
        #expect(run.client.isOver && run.answerCount == 2)
    }

    @Test func aClientShowsNoSecrets() throws {
        let (client, _) = try KeyExchangeRun.snapshots()[2]
        var dumped = ""
        dump(client, to: &dumped)
        #expect("\(client)" == "key exchange with data centre 10002, awaitingOutcome")
        #expect(dumped.count < 200, "\(dumped)")
    }

    @Test func secretsAreOfFullSize() throws {
        let counts = CountingRandom()
        var run = try KeyExchangeRun(clientRandom: counts)
        _ = try run.finish()
        // The exponent has 2048 bits; all else takes fewer random bytes at once.
        #expect(counts.drawn.filter { $0 == 256 }.count == 1)
    }
}

/// The error that the body throws, if it is one of the protocol.
func failure<T>(of body: () throws -> T) -> MTProtoError? {
    do {
        _ = try body()
        return nil
    } catch {
        return error as? MTProtoError
    }
}
