import MTProto
import MTProtoCrypto
import TelegramTesting
import Testing

@Suite(.timeLimit(.minutes(10)))
struct TestProxyTests {
    private static let kinds: [TestProxy.Kind] = [
        .socks5, .socks5(username: "me", password: "pä"), .socks4, .socks4(userID: "me"), .httpConnect,
        .httpConnect(username: "me", password: "pä"),
    ]

    @Test(arguments: kinds, ["127.0.0.1", "localhost"])
    func streamPassesThroughTheProxy(kind: TestProxy.Kind, host: String) async throws {
        let echo = try EchoServer()
        let proxy = try await TestProxy.start(kind)
        #expect(proxy.connectionCount == 0)
        let bytes = ProxyRandom(seed: 5).bytes(300_000)
        let client = try ProxiedConnection(proxy.configuration, Endpoint(host: host, port: echo.port), sending: bytes)
        #expect(try await client.received() == bytes)
        #expect(proxy.connectionCount == 1)
        await client.close()
        await proxy.stop()
        #expect(proxy.openConnectionCount == 0)
        await echo.stop()
    }

    @Test(arguments: [TestProxy.Kind.socks5, .socks4, .httpConnect])
    func unreachableDestinationIsRefused(kind: TestProxy.Kind) async throws {
        let proxy = try await TestProxy.start(kind)
        // Nobody listens on the first port.
        let client = try ProxiedConnection(proxy.configuration, Endpoint(host: "127.0.0.1", port: 1), sending: [1])
        let error = await #expect(throws: MTProtoError.self) { try await client.received() }
        #expect(error?.code == .proxyFailed)
        await client.close()
        await proxy.stop()
    }

    @Test func wrongPasswordIsRefused() async throws {
        let proxy = try await TestProxy.start(.socks5(username: "me", password: "right"))
        let configuration = try ProxyConfiguration.socks5(
            host: proxy.endpoint.host,
            port: proxy.endpoint.port,
            username: "me",
            password: "wrong"
        )
        let client = try ProxiedConnection(configuration, Endpoint(host: "127.0.0.1", port: 1), sending: [1])
        let error = await #expect(throws: MTProtoError.self) { try await client.received() }
        #expect(error?.message.contains("refused the user name and password") == true)
        await client.close()
        await proxy.stop()
    }

    @Test func refusalOnDemandReachesTheClient() async throws {
        let proxy = try await TestProxy.start(.httpConnect, behaviour: .refusing(code: 403))
        let client = try ProxiedConnection(proxy.configuration, Endpoint(host: "127.0.0.1", port: 1), sending: [1])
        let error = await #expect(throws: MTProtoError.self) { try await client.received() }
        #expect(error?.message.contains("status 403") == true)
        await client.close()
        await proxy.stop()
    }

    @Test func slowReaderHoldsTheSenderBack() async throws {
        let source = try FloodServer(byteCount: 64 << 20)
        let proxy = try await TestProxy.start(.socks5)
        let client = try ProxiedConnection(
            proxy.configuration,
            Endpoint(host: "127.0.0.1", port: source.port),
            sending: [],
            expecting: 64 << 20
        )
        // More than the system's buffers take, so the proxy has to stop reading sooner or later.
        try await client.pauseAfterFirstBytes()
        while proxy.largestBacklog == 0 { await Task.yield() }
        await client.resume()
        #expect(try await client.received().count == 64 << 20)
        #expect(proxy.largestBacklog < 2 << 20)
        await client.close()
        await proxy.stop()
        await source.stop()
    }

    @Test func endOfTheServerReachesTheClient() async throws {
        let source = try FloodServer(byteCount: 100, closes: true)
        let proxy = try await TestProxy.start(.httpConnect)
        let client = try ProxiedConnection(
            proxy.configuration,
            Endpoint(host: "127.0.0.1", port: source.port),
            sending: [],
            expecting: 101
        )
        let error = await #expect(throws: MTProtoError.self) { try await client.received() }
        #expect(error?.code == .connectionLost)
        await client.close()
        await proxy.stop()
        await source.stop()
    }

    @Test func stoppedProxyTakesItsConnectionsAlong() async throws {
        let echo = try EchoServer()
        let proxy = try await TestProxy.start(.socks5)
        let client = try ProxiedConnection(
            proxy.configuration,
            Endpoint(host: "127.0.0.1", port: echo.port),
            sending: [1, 2],
            expecting: 3
        )
        try await client.waitForBytes(2)
        #expect(proxy.openConnectionCount == 1)
        await proxy.stop()
        await proxy.stop()
        await #expect(throws: MTProtoError.self) { try await client.received() }
        await client.close()
        await #expect(throws: MTProtoError.self) {
            _ = try await Connector.connect(to: proxy.endpoint, loop: EventLoopGroup.shared.next())
        }
        await echo.stop()
    }

    @Test func userNameThatAClientCouldNotSendIsRefused() async throws {
        await #expect(throws: MTProtoError.self) { try await TestProxy.start(.httpConnect(username: "a:b")) }
        await #expect(throws: MTProtoError.self) { try await TestProxy.start(.socks5(username: "")) }
    }

    @Test func credentialsStayHidden() {
        var text = ""
        dump(TestProxy.Kind.socks5(username: "zz-user", password: "zz-pass"), to: &text)
        #expect(!text.contains("zz-"))
        #expect(text.contains("SOCKS5"))
    }
}
