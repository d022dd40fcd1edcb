import MTProto
import MTProtoCrypto
import TelegramAPI

/// A server that speaks Telegram's protocol, in the process of a test: real key exchange, real encryption, all
/// transports, several data centres on ports of the loopback interface.
///
/// What it answers is up to its handlers:
/// ```swift
/// let server = try await TestServer.start()
/// server.on(TL.help.GetNearestDc.self) { request, session in
///     TL.NearestDc(country: "IT", thisDC: session.dataCenterID, nearestDC: 4)
/// }
/// server.onNext(TL.messages.SendMessage.self, .flood(seconds: 3))
/// // ... connect a client to server.dataCenters, with server.publicKeyPEM ...
/// await server.stop()
/// ```
/// Behind the handlers of a test there is a small Telegram with accounts, chats and messages, ``telegram``, unless the
/// configuration says otherwise (``TestServerConfiguration/world``). What that cannot do either is answered with
/// `METHOD_NOT_IMPLEMENTED` and counted in ``unimplementedCalls``. Every handler can be replaced.
///
/// All its members can be used from any task. Stop it, or it goes on listening until it is not referred to any more.
public final class TestServer: Sendable {
    /// The data centres, in the order of the configuration.
    public let dataCenters: [TestDataCenter]
    /// The clocks of the server. Its skew can be changed at any time.
    public let clock: SkewedTime
    /// The people, chats and messages of the server.
    public let telegram: SmallTelegram

    let core: ServerCore
    let state: ServerState
    let configuration: TestServerConfiguration
    private let loops: EventLoopGroup
    private let listeners: Locked<[SocketListener]>
    private let proxyList = Locked<[TestMTProxy]>([])
    private let stopping = Locked<Task<Void, Never>?>(nil)

    private init(
        dataCenters: [TestDataCenter],
        core: ServerCore,
        configuration: TestServerConfiguration,
        loops: EventLoopGroup,
        listeners: [SocketListener]
    ) {
        self.dataCenters = dataCenters
        self.core = core
        self.configuration = configuration
        self.loops = loops
        self.listeners = Locked(listeners)
        clock = core.clock
        state = core.state
        telegram = SmallTelegram(
            dataCenters: configuration.dataCenters,
            nearest: configuration.nearestDataCenter,
            clock: core.clock,
            random: SystemRandom()
        )
    }

    /// Starts a server; when this returns it can be connected to.
    /// - Throws: `MTProtoError` when it cannot listen, or when a key or a secret in the configuration is not one.
    public static func start(_ configuration: TestServerConfiguration = .init()) async throws -> TestServer {
        let loops = EventLoopGroup(threads: 1)
        let core = ServerCore(
            loop: loops.next(),
            state: ServerState(),
            clock: SkewedTime(base: configuration.time),
            configuration: configuration,
            random: SystemRandom()
        )
        do {
            let keys = try TestServerKeys(configuration)
            var listeners: [SocketListener] = []
            var dataCenters: [TestDataCenter] = []
            for (index, id) in configuration.dataCenters.enumerated() {
                let port = index < configuration.ports.count ? configuration.ports[index] : 0
                let listener = try listen(core, loops, port: port, dataCenter: id, secrets: [])
                listeners.append(listener)
                dataCenters.append(
                    TestDataCenter(
                        id: id,
                        host: configuration.host,
                        port: listener.port,
                        publicKeyPEM: keys[id].publicKey.pem
                    )
                )
            }
            await core.setUp(dataCenters: dataCenters, privateKeys: keys.byDataCenter)
            let server = TestServer(
                dataCenters: dataCenters,
                core: core,
                configuration: configuration,
                loops: loops,
                listeners: listeners
            )
            server.installDefaults(configuration)
            if configuration.world == .telegram { server.telegram.install(in: server) }
            for secret in configuration.mtProxySecrets { try server.startMTProxy(secret: secret) }
            return server
        } catch {
            await loops.shutDown()
            throw error
        }
    }

    private static func listen(
        _ core: ServerCore,
        _ loops: EventLoopGroup,
        port: UInt16,
        dataCenter: Int32?,
        secrets: [MTProxySecret]
    ) throws -> SocketListener {
        let greetings = SeenGreetings()
        return try SocketListener.bind(host: core.configuration.host, port: port, loops: loops) { [weak core] channel in
            core?.assumeIsolated {
                $0.accepted(channel, dataCenter: dataCenter, secrets: secrets, greetings: greetings)
            }
        }
    }

    /// Stops listening, closes all connections, cancels all handlers and waits until they have ended, for as long as
    /// ``TestServerConfiguration/stopTimeout`` allows. Again, or from several tasks at once, it waits for the same end.
    public func stop() async {
        let task = stopping.withLock { stopping in
            let task = stopping ?? Task { await self.shutDown() }
            stopping = task
            return task
        }
        await task.value
    }

    private func shutDown() async {
        for listener in listeners.withLock({ $0 }) { await listener.close() }
        state.stop()
        await core.stop()
        await loops.shutDown()
    }

    // MARK: - Where it is

    /// The data centre that new clients should begin with.
    var nearestDataCenterID: Int32 { configuration.nearestDataCenter }

    /// The public key of the first data centre, as PEM: of all of them, unless each has its own.
    public var publicKeyPEM: String { dataCenters.first?.publicKeyPEM ?? "" }

    /// The data centre with a number, if the server has it.
    public func dataCenter(_ id: Int32) -> TestDataCenter? { dataCenters.first { $0.id == id } }

    /// The MTProxies that have been started.
    public var proxies: [TestMTProxy] { proxyList.withLock { $0 } }

    /// Starts an MTProxy in front of all data centres, on a port of its own. The notation of the secret decides how it
    /// may be used: `ee` and a domain behind it want fake TLS, `dd` wants padding.
    /// - Throws: `MTProtoError` when the secret is not one, or when it cannot listen.
    @discardableResult
    public func startMTProxy(secret: String) throws -> TestMTProxy {
        let parsed = try MTProxySecret(secret)
        let listener = try Self.listen(core, loops, port: 0, dataCenter: nil, secrets: [parsed])
        listeners.withLock { $0.append(listener) }
        let proxy = TestMTProxy(host: configuration.host, port: listener.port, secret: secret)
        proxyList.withLock { $0.append(proxy) }
        return proxy
    }

    // MARK: - What has happened

    /// What has been counted so far.
    public var statistics: TestServerStatistics { state.withLock { $0.statistics } }

    /// Requests that no handler knew, by the name of the function: what a test still has to provide.
    public var unimplementedCalls: [String: Int] { statistics.unimplementedCalls }
}
