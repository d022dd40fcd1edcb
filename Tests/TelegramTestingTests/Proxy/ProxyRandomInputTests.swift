import MTProto
import MTProtoCrypto
import TelegramTesting
import Testing

/// Random bytes must neither stop the process nor pass for a success.
struct ProxyRandomInputTests {
    private static let rounds = 100_000

    @Test(arguments: ProxyServerTests.all)
    func clientsSurviveRandomAnswers(pair: ProxyServerTests.Pair) throws {
        let random = ProxyRandom(seed: .random(in: 0...UInt64.max))
        let client = try pair.client(
            Endpoint(host: "dc.example", port: 443),
            ProxyCredentials(username: "u", password: "p")
        )
        for _ in 0..<Self.rounds {
            let bytes = random.bytes(random.number(below: 40))
            // Two bytes are all that SOCKS4 has to say yes, so now and then a random answer is one.
            let isYes = pair.testDescription == "SOCKS4" && bytes.count >= 8 && bytes.starts(with: [0, 90])
            if Self.succeeds(client, bytes) != isYes { Issue.record("believed random bytes; seed \(random.seed)") }
        }
    }

    @Test func fakeTLSClientSurvivesRandomAnswers() throws {
        let random = ProxyRandom(seed: .random(in: 0...UInt64.max))
        let secret = try MTProxySecret(key: random.bytes(16), mode: .fakeTLS(domain: "a.example"))
        var client = FakeTLSClient(secret: secret, random: random, time: TimeReading(wall: .zero, monotonic: .zero))
        _ = client.start()
        for _ in 0..<Self.rounds {
            // Headers that fit lead further in.
            let hello = 38 + random.number(below: 60)
            let data = random.number(below: 60)
            var bytes = [0x16, 3, 3, 0, UInt8(hello)] + random.bytes(hello)
            bytes += [0x14, 3, 3, 0, 1] + random.bytes(1) + [0x17, 3, 3, 0, UInt8(data)] + random.bytes(data)
            if random.number(below: 4) > 0 { bytes[random.number(below: bytes.count)] = random.bytes(1)[0] }
            if Self.succeeds(client, bytes, starts: false) {
                Issue.record("believed random bytes; seed \(random.seed)")
            }
        }
    }

    @Test(arguments: ProxyServerTests.all)
    func serversSurviveRandomRequests(pair: ProxyServerTests.Pair) throws {
        let random = ProxyRandom(seed: .random(in: 0...UInt64.max))
        let server = pair.server(ProxyCredentials(username: "u", password: "p"), .obliging)
        for _ in 0..<Self.rounds {
            var bytes = random.bytes(1 + random.number(below: 40))
            if random.number(below: 2) == 0 { bytes[0] = pair.testDescription == "SOCKS4" ? 4 : 5 }
            var server = server
            var input = ByteQueue(bytes)
            while let step = try? server.received(&input), step != .needsMore {
                if case .connect = step { Issue.record("connected without credentials; seed \(random.seed)") }
                guard case .send = step else { break }
            }
        }
    }

    @Test func fakeTLSServerSurvivesRandomGreetings() throws {
        let random = ProxyRandom(seed: .random(in: 0...UInt64.max))
        let secret = try MTProxySecret(key: random.bytes(16), mode: .fakeTLS(domain: "a.example"))
        let time = TimeReading(wall: .zero, monotonic: .zero)
        var client = FakeTLSClient(secret: secret, random: random, time: time)
        let hello = client.start()
        for _ in 0..<Self.rounds / 10 {
            var bytes = hello
            for _ in 0...random.number(below: 3) {
                bytes[random.number(below: bytes.count)] ^= UInt8(1 + random.number(below: 255))
            }
            bytes.removeLast(random.number(below: 3))
            guard bytes != hello else { continue }
            let server = FakeTLSServer(secrets: [secret], random: random, time: time, tolerance: .zero)
            if Self.succeeds(server, bytes) { Issue.record("believed random bytes; seed \(random.seed)") }
        }
        for _ in 0..<Self.rounds {
            let bytes = [0x16, 3, 1, 0, UInt8(random.number(below: 250))] + random.bytes(250)
            let server = FakeTLSServer(secrets: [secret], random: random, time: time)
            if Self.succeeds(server, bytes) { Issue.record("believed random bytes; seed \(random.seed)") }
        }
    }

    private static func succeeds(
        _ handshake: consuming any StreamHandshake,
        _ bytes: [UInt8],
        starts: Bool = true
    ) -> Bool {
        var handshake = handshake
        if starts { _ = handshake.start() }
        var input = ByteQueue(bytes)
        while let progress = try? handshake.received(&input), progress != .needsMore {
            if case .finished = progress { return true }
        }
        return false
    }
}
