import MTProto
import MTProtoCrypto
import TelegramTesting
import Testing

/// Damaged answers: none leads to a key that the server does not have, and none stops the process.
@Suite struct KeyExchangeDamageTests {
    /// Every byte of every answer, with another bit or bits of it each time.
    @Test func noFlippedByteLeadsToAnotherKey() throws {
        let random = KeyExchangeRandom(1000)
        var (exchanges, finished, refused) = (0, 0, 0)
        for stream in UInt64(0)..<3 {
            let lengths = try KeyExchangeRun.snapshots(stream: stream).map(\.answer.count)
            for (step, length) in lengths.enumerated() {
                for offset in 0..<length {
                    exchanges += 1
                    let mask = UInt8(1 + random.number(below: 255))
                    var run = try KeyExchangeRun(stream: stream)
                    do {
                        let outcome = try run.finish { number, body in
                            var body = body
                            if number == step + 1 { body[offset] ^= mask }
                            return body
                        }
                        finished += 1
                        #expect(
                            outcome.client.key == outcome.serverKey,
                            "answer \(step + 1), byte \(offset) ^ \(mask); \(KeyExchangeRandom.hint)"
                        )
                        #expect(outcome.client.firstSalt == outcome.serverSalt)
                    } catch {
                        refused += 1
                    }
                }
            }
        }
        #expect(exchanges >= 2000)
        // Only what nothing depends on may change: the three bytes behind the eight of `pq`, in each of three
        // exchanges.
        #expect(finished <= 9, "\(finished) of \(exchanges) finished; \(KeyExchangeRandom.hint)")
        #expect(refused + finished == exchanges)
    }

    @Test(arguments: 0..<3)
    func truncatedAnswersAreRefused(step: Int) throws {
        let (client, answer) = try KeyExchangeRun.snapshots()[step]
        for count in 0..<answer.count {
            var client = client
            let error = failure { try client.received(Array(answer.prefix(count)), at: KeyExchangeRun.now) }
            #expect(error != nil, "\(count) bytes of \(answer.count)")
        }
    }

    @Test(arguments: 0..<3)
    func randomAnswersAreRefused(step: Int) throws {
        let (client, answer) = try KeyExchangeRun.snapshots()[step]
        let random = KeyExchangeRandom(UInt64(2000 + step))
        var accepted = 0
        for round in 0..<20_000 {
            let body = Self.damaged(answer, round: round, random)
            guard body != answer else { continue }
            var client = client
            if case .finished? = try? client.received(body, at: KeyExchangeRun.now) { accepted += 1 }
        }
        #expect(accepted == 0, "\(KeyExchangeRandom.hint)")
    }

    @Test func randomRequestsDoNotStopTheServer() throws {
        let random = KeyExchangeRandom(3000)
        for (server, request) in try Self.serverSnapshots() {
            for round in 0..<6000 {
                var server = server
                let body = Self.damaged(request, round: round, random)
                guard body != request else { continue }
                if case .finished? = try? server.received(body, at: KeyExchangeRun.now) {
                    Issue.record("a damaged request made a key; \(KeyExchangeRandom.hint)")
                }
            }
        }
    }

    @Test func theServerAcceptsNoFlippedByteOfTheLastRequest() throws {
        let snapshots = try Self.serverSnapshots()
        let (server, request) = snapshots[2]
        for offset in request.indices {
            var server = server
            var body = request
            body[offset] ^= 0x10
            if case .finished? = try? server.received(body, at: KeyExchangeRun.now) {
                Issue.record("byte \(offset) may change; \(KeyExchangeRandom.hint)")
            }
        }
    }

    /// Random bytes, cut bytes, and bytes of the genuine message with random ones among them, in turn.
    private static func damaged(_ genuine: [UInt8], round: Int, _ random: KeyExchangeRandom) -> [UInt8] {
        switch round % 4 {
        case 0: return random.bytes(random.number(below: 800))
        case 1: return Array(genuine.prefix(random.number(below: genuine.count)))
        case 2: return Array(genuine.prefix(4)) + random.bytes(random.number(below: genuine.count + 64))
        default:
            var body = genuine
            for _ in 0..<1 + random.number(below: 8) {
                // Behind the number and, where something follows it, the client's nonce: past the first checks.
                let start = genuine.count > 20 ? 20 : 4
                let offset = start + random.number(below: genuine.count - start)
                body[offset] = random.integer()
            }
            return body
        }
    }

    /// The server before each request, and the requests of an exchange that goes well.
    private static func serverSnapshots() throws -> [(server: ServerKeyExchange, request: [UInt8])] {
        var run = try KeyExchangeRun()
        var snapshots: [(ServerKeyExchange, [UInt8])] = []
        var request = run.client.start()
        for _ in 0..<3 {
            snapshots.append((run.server, request))
            let answer =
                switch try run.server.received(request, at: KeyExchangeRun.now) {
                case .send(let body), .finished(let body, _, _, _, _): body
                }
            if case .send(let body) = try run.client.received(answer, at: KeyExchangeRun.now) { request = body }
        }
        return snapshots
    }
}
