import MTProto
import MTProtoCrypto
import Testing

/// Which way a sender takes to one of its endpoints.
@Suite(.timeLimit(.minutes(10)))
struct SenderRouteTests {
    /// Connects through something that only listens; the first bytes that it gets.
    private func greeting(
        credentials: SenderCredentials = SenderCredentials(authKey: ScriptedServer.key),
        _ configure: (UInt16, inout SenderConfiguration) throws -> Void
    ) async throws -> [UInt8] {
        let loops = EventLoopGroup(threads: 1)
        let kept = Locked<[SocketChannel]>([])
        let first = Promise<[UInt8]>()
        let listener = try SocketListener.bind(loops: loops) { channel in
            channel.onBytes = { first.keep(Array($0)) }
            kept.withLock { $0.append(channel) }
            channel.start()
        }
        var configuration = SenderConfiguration(endpoints: [deadEndpoint], dataCenter: 2, keys: [])
        configuration.transport = .obfuscatedPaddedIntermediate
        configuration.connectionRetries = 0
        configuration.eventLoop = loops.next()
        try configure(listener.port, &configuration)
        let sender = Sender(configuration: configuration, credentials: credentials)
        let connecting = Task {
            // When it ends without having said anything nobody must wait for bytes.
            defer { first.keep([]) }
            try await sender.connect()
        }
        let bytes = await first.value
        connecting.cancel()
        _ = await connecting.result
        await sender.disconnect()
        await listener.close()
        await loops.shutDown()
        return bytes
    }

    @Test func endpointThatDoesNotAnswerHoldsUpNothing() async throws {
        let silent = try SilentServer()
        defer { silent.close() }
        try await SenderFixture.run(configure: {
            $0.endpoints.insert(silent.endpoint, at: 0)
            $0.connectOptions = ConnectOptions(timeout: .seconds(3_600), attemptDelay: .zero)
        }) { sender, server in
            #expect(server.acceptedCount == 1)
            await sender.replaceEndpoints([server.endpoint])
            #expect(sender.state == .connected, "the connection is known to lead to this endpoint")
        }
    }

    @Test func nameIsLookedUpHereIfTheProxyMustNot() async throws {
        let resolver = AddressResolver(threads: 1) { endpoint throws(MTProtoError) in
            [SocketAddress(host: "10.1.2.3", port: endpoint.port)].compactMap { $0 }
        }
        let bytes = try await greeting { port, configuration in
            configuration.endpoints = [Endpoint(host: "server.test", port: 443)]
            configuration.connectOptions.resolver = resolver
            configuration.proxy = try .socks4(host: "127.0.0.1", port: port, resolvesNamesRemotely: false)
        }
        #expect(bytes == [4, 1, 1, 187, 10, 1, 2, 3, 0])
    }

    @Test func endpointThatTheProxyCannotReachIsPassedOver() async throws {
        let bytes = try await greeting { port, configuration in
            configuration.endpoints = [Endpoint(host: "fd00::1", port: 443), Endpoint(host: "10.1.2.3", port: 443)]
            configuration.proxy = try .socks4(host: "127.0.0.1", port: port)
        }
        #expect(bytes == [4, 1, 1, 187, 10, 1, 2, 3, 0])
    }

    @Test func proxyThatCanReachNoEndpointIsTheEnd() async throws {
        let bytes = try await greeting { port, configuration in
            configuration.endpoints = [Endpoint(host: "fd00::1", port: 443), Endpoint(host: "fd00::2", port: 443)]
            configuration.connectionRetries = nil
            configuration.proxy = try .socks4(host: "127.0.0.1", port: port)
        }
        #expect(bytes.isEmpty)
    }

    @Test func disguiseTellsTheServersTime() async throws {
        let clock = SenderTesting.Clock()
        let secret = try MTProxySecret("ee" + String(repeating: "0b", count: 16) + "6578616d706c652e6f7267")
        let credentials = SenderCredentials(authKey: ScriptedServer.key, salts: [], timeOffset: .seconds(7_200))
        var hello = try await greeting(credentials: credentials) { port, configuration in
            configuration.time = clock
            configuration.proxy = try .mtProxy(host: "127.0.0.1", port: port, secret: secret)
        }
        try #require(hello.count > FakeTLSProof.range.upperBound)
        let proof = Array(hello[FakeTLSProof.range])
        hello.replaceSubrange(FakeTLSProof.range, with: [UInt8](repeating: 0, count: proof.count))
        let told = FakeTLSProof.time(key: secret.key, hello: hello, proof: proof)
        #expect(told.map { Int64($0) } == clock.now().wall.components.seconds + 7_200)
    }
}
