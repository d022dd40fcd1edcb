import MTProto
import MTProtoCrypto
import TelegramTesting
import Testing

struct FakeTLSTests {
    private let random = ProxyRandom(seed: 99)
    private let now = TimeReading(wall: .seconds(1_700_000_000), monotonic: .seconds(5))

    private func secret(_ domain: String = "www.example.com", seed: UInt64 = 3) throws -> MTProxySecret {
        try MTProxySecret(key: ProxyRandom(seed: seed).bytes(16), mode: .fakeTLS(domain: domain))
    }

    /// The server's answer to a greeting, or its error.
    private func answer(
        to hello: [UInt8],
        secrets: [MTProxySecret],
        at time: TimeReading? = nil,
        seen: SeenGreetings? = nil
    ) throws -> [UInt8] {
        var server = FakeTLSServer(secrets: secrets, random: random, time: time ?? now, seen: seen)
        var input = ByteQueue(hello)
        guard case .finished(let bytes) = try server.received(&input) else {
            Issue.record("the server waits for more")
            return []
        }
        #expect(input.isEmpty)
        return bytes
    }

    private func client(_ secret: MTProxySecret) -> FakeTLSClient {
        FakeTLSClient(secret: secret, random: random, time: now)
    }

    @Test func bothSidesBelieveEachOther() throws {
        let secret = try secret()
        let other = try self.secret(seed: 4)
        var client = client(secret)
        var server = FakeTLSServer(secrets: [other, secret], random: random, time: now)
        var toServer = ByteQueue(client.start() + asciiBytes("stream"))
        #expect(server.start() == [])
        guard case .finished(let answer) = try server.received(&toServer) else {
            Issue.record("the server waits for more")
            return
        }
        #expect(toServer.consumeAll() == asciiBytes("stream"))
        #expect(server.acceptedSecret == secret)
        var toClient = ByteQueue(answer + asciiBytes("back"))
        #expect(try client.received(&toClient) == .finished(send: []))
        #expect(toClient.consumeAll() == asciiBytes("back"))
    }

    @Test func answerLooksLikeTLS() throws {
        let secret = try secret()
        var client = client(secret)
        let hello = client.start()
        let answer = try answer(to: hello, secrets: [secret])
        #expect(Array(answer[..<3]) == [0x16, 3, 3])
        var records = TLSMessageReader(answer)
        var types: [Int] = []
        while !records.isAtEnd {
            let (type, version, content) = (
                records.number(byteCount: 1), records.number(byteCount: 2), records.vector()
            )
            types.append(try #require(type))
            #expect(version == 0x0303)
            _ = try #require(content)
        }
        #expect(types == [0x16, 0x14, 0x17])
        let sessionID = try #require(ParsedClientHello(record: hello.dropFirst(5))).sessionID
        #expect(Array(answer[44..<76]) == sessionID)
    }

    @Test func cutsDoNotMatterToTheClient() throws {
        let secret = try secret()
        var client = client(secret)
        let answer = try answer(to: client.start(), secrets: [secret])
        for cut in 0..<answer.count {
            var cutClient = client
            var input = ByteQueue(Array(answer[..<cut]))
            #expect(try cutClient.received(&input) == .needsMore)
            input.append(answer[cut...])
            #expect(try cutClient.received(&input) == .finished(send: []))
        }
        var input = ByteQueue()
        for (index, byte) in answer.enumerated() {
            input.append([byte])
            #expect(try client.received(&input) == (index == answer.count - 1 ? .finished(send: []) : .needsMore))
        }
    }

    @Test func cutsDoNotMatterToTheServer() throws {
        let secret = try secret()
        var client = client(secret)
        let hello = client.start()
        for cut in 0..<hello.count {
            var server = FakeTLSServer(secrets: [secret], random: random, time: now)
            var input = ByteQueue(Array(hello[..<cut]))
            #expect(try server.received(&input) == .needsMore)
        }
    }

    @Test func everyFlippedBitOfTheAnswerIsNoticed() throws {
        let secret = try secret()
        var client = client(secret)
        let answer = try answer(to: client.start(), secrets: [secret])
        for position in answer.indices {
            for bit in 0..<8 {
                var damaged = answer
                damaged[position] ^= 1 << UInt8(bit)
                var victim = client
                var input = ByteQueue(damaged)
                // A longer announced length makes it wait, which a deadline ends; everything else is an error.
                #expect((try? victim.received(&input)) ?? .needsMore == .needsMore, "bit \(bit) of byte \(position)")
            }
        }
    }

    @Test func everyFlippedBitOfTheGreetingIsNoticed() throws {
        let secret = try secret()
        var client = client(secret)
        let hello = client.start()
        for position in hello.indices {
            for bit in 0..<8 {
                var damaged = hello
                damaged[position] ^= 1 << UInt8(bit)
                var server = FakeTLSServer(secrets: [secret], random: random, time: now, tolerance: .zero)
                var input = ByteQueue(damaged)
                #expect((try? server.received(&input)) ?? .needsMore == .needsMore, "bit \(bit) of byte \(position)")
            }
        }
    }

    @Test func answerOfAnotherSecretIsRefusedWithAHint() throws {
        let secret = try secret()
        let other = try self.secret(seed: 4)
        var client = client(secret)
        _ = client.start()
        var stranger = self.client(other)
        var input = ByteQueue(try answer(to: stranger.start(), secrets: [other]))
        let error = try #require(#expect(throws: MTProtoError.self) { try client.received(&input) })
        #expect(error.code == .proxyFailed)
        #expect(error.message.contains("secret is another one"))
    }

    @Test func answerToAnotherGreetingIsRefused() throws {
        let secret = try secret()
        var first = client(secret)
        let old = try answer(to: first.start(), secrets: [secret])
        var second = client(secret)
        _ = second.start()
        var input = ByteQueue(old)
        #expect(throws: MTProtoError.self) { try second.received(&input) }
    }

    @Test(
        arguments: [
            [0x15], [0x16, 3, 1], [0x16, 3, 3, 0xFF, 0xFF], [0x16, 3, 3, 0x41, 0x01], [0x16, 3, 3, 0, 37],
            [UInt8(ascii: "H")], [0x17],
        ] as [[UInt8]]
    )
    func answerThatIsNoGreetingIsRefusedAtOnce(bytes: [UInt8]) throws {
        var client = client(try secret())
        _ = client.start()
        var input = ByteQueue(bytes)
        let error = try #require(#expect(throws: MTProtoError.self) { try client.received(&input) })
        #expect(error.code == .proxyFailed)
    }

    @Test func proofIsTheDocumentedHash() throws {
        let secret = try secret()
        var client = client(secret)
        var hello = client.start()
        let proof = Array(hello[11..<43])
        hello.replaceSubrange(11..<43, with: [UInt8](repeating: 0, count: 32))
        let hash = HMAC.sha256(key: secret.key, hello)
        #expect(Array(proof[..<28]) == Array(hash[..<28]))
        // 1,700,000,000 with the least significant byte first.
        #expect((28..<32).map { proof[$0] ^ hash[$0] } == [0x00, 0xF1, 0x53, 0x65])
    }

    @Test func clockThatIsTooFarOffIsRefused() throws {
        let secret = try secret()
        var client = client(secret)
        let hello = client.start()
        for seconds in [-600, 0, 600] {
            _ = try answer(to: hello, secrets: [secret], at: now.advanced(by: .seconds(seconds)))
        }
        for seconds in [-601, 601, 1_000_000_000] {
            let error = try #require(
                #expect(throws: MTProtoError.self) {
                    try answer(to: hello, secrets: [secret], at: now.advanced(by: .seconds(seconds)))
                }
            )
            #expect(error.message.contains("its time is"))
        }
    }

    @Test func repeatedGreetingIsRefused() throws {
        let secret = try secret()
        let seen = SeenGreetings()
        var client = client(secret)
        let hello = client.start()
        _ = try answer(to: hello, secrets: [secret], seen: seen)
        #expect(throws: MTProtoError.self) { try answer(to: hello, secrets: [secret], seen: seen) }
        _ = try answer(to: client.start(), secrets: [secret], seen: seen)
    }

    @Test func oldestGreetingIsForgottenFirst() {
        let seen = SeenGreetings(capacity: 2)
        for proof: [UInt8] in [[1], [2], [3]] { #expect(seen.insert(proof)) }
        #expect(!seen.insert([2]))
        #expect(!seen.insert([3]))
        #expect(seen.insert([1]))
        #expect(!seen.insert([3]))
        #expect(seen.insert([2]))
    }

    @Test func domainIsPartOfTheSecret() throws {
        let secret = try secret("one.example")
        let sameKey = try self.secret("two.example")
        var client = client(secret)
        let hello = client.start()
        #expect(throws: MTProtoError.self) { try answer(to: hello, secrets: [sameKey]) }
        var server = FakeTLSServer(secrets: [sameKey, secret], random: random, time: now)
        var input = ByteQueue(hello)
        _ = try server.received(&input)
        #expect(server.acceptedSecret == secret)
    }

    @Test func secretsForOtherModesAreNoSecretsHere() throws {
        let secret = try secret()
        let plain = try MTProxySecret(key: secret.key, mode: .plain)
        var client = client(secret)
        let hello = client.start()
        #expect(throws: MTProtoError.self) { try answer(to: hello, secrets: [plain]) }
        #expect(throws: MTProtoError.self) { try answer(to: hello, secrets: []) }
    }

    @Test func streamsBehindTheHandshakePassBothWays() throws {
        var client = TLSRecordLayer(side: .client)
        var server = TLSRecordLayer(side: .server)
        let bytes = random.bytes(100_000)
        var input = ByteQueue(client.wrap(bytes))
        var output = ByteQueue()
        try server.unwrap(&input, into: &output)
        #expect(output.consumeAll() == bytes)
        input = ByteQueue(server.wrap(bytes))
        try client.unwrap(&input, into: &output)
        #expect(output.consumeAll() == bytes)
    }
}
