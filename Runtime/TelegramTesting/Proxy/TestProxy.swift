public import MTProto

/// A proxy on the loopback interface, to test that a program really goes through one.
///
/// ```swift
/// let proxy = try await TestProxy.start(.socks5(username: "me", password: "secret"))
/// // ... connect with proxy.configuration ...
/// #expect(proxy.connectionCount > 0)
/// await proxy.stop()
/// ```
///
/// It looks names up itself, and connects to every destination that it is asked for. An MTProxy is no kind of this one:
/// a test server plays that part itself when it is given secrets.
public final class TestProxy: Sendable {
    /// Which protocol a proxy speaks, and whom it lets in.
    public struct Kind: Sendable, Hashable {
        enum Form: Hashable {
            case socks5(ProxyCredentials?)
            case socks4(userID: ProxyCredentials?)
            case httpConnect(ProxyCredentials?)
        }

        let form: Form

        /// SOCKS5; without a user name everybody is let in.
        public static func socks5(username: String? = nil, password: String = "") -> Kind {
            Kind(form: .socks5(username.map { ProxyCredentials(username: $0, password: password) }))
        }

        /// SOCKS4 and SOCKS4a; without a user ID everybody is let in.
        public static func socks4(userID: String? = nil) -> Kind {
            Kind(form: .socks4(userID: userID.map { ProxyCredentials(username: $0, password: "") }))
        }

        /// HTTP with the method `CONNECT`, for any port; without a user name everybody is let in.
        public static func httpConnect(username: String? = nil, password: String = "") -> Kind {
            Kind(form: .httpConnect(username.map { ProxyCredentials(username: $0, password: password) }))
        }

        /// SOCKS5 for everybody.
        public static let socks5 = socks5()
        /// SOCKS4 and SOCKS4a for everybody.
        public static let socks4 = socks4()
        /// HTTP for everybody.
        public static let httpConnect = httpConnect()
    }

    /// What a client has to be given to use this proxy, with user name and password.
    public let configuration: ProxyConfiguration
    private let listener: SocketListener
    private let relays: ProxyRelays

    private init(configuration: ProxyConfiguration, listener: SocketListener, relays: ProxyRelays) {
        self.configuration = configuration
        self.listener = listener
        self.relays = relays
    }

    deinit { relays.closeAll() }

    /// Starts to listen on a port that the system chooses.
    ///
    /// - Throws: ``MTProtoError`` when the system does not let it listen, or a client could not be given such a user
    ///   name: see the limits of ``ProxyConfiguration``.
    public static func start(_ kind: Kind) async throws -> TestProxy { try await start(kind, behaviour: .obliging) }

    package static func start(
        _ kind: Kind,
        behaviour: ProxyServerBehaviour,
        loops: EventLoopGroup = .shared
    ) async throws -> TestProxy {
        // Before anything listens: a wrong user name must not leave a socket behind.
        _ = try kind.configuration(at: Endpoint(host: "127.0.0.1", port: 1))
        let relays = ProxyRelays()
        let listener = try SocketListener.bind(host: "127.0.0.1", port: 0, loops: loops) { channel in
            relays.begin(ProxyRelay(client: channel, handshake: kind.handshake(behaviour)))
        }
        let endpoint = Endpoint(host: "127.0.0.1", port: listener.port)
        return TestProxy(configuration: try kind.configuration(at: endpoint), listener: listener, relays: relays)
    }

    /// Where it listens.
    public var endpoint: Endpoint { configuration.endpoint }

    /// How many connections have been accepted since the start, also those that were refused.
    public var connectionCount: Int { relays.acceptedCount }

    /// How many connections are open now.
    public var openConnectionCount: Int { relays.openCount }

    /// How many bytes have waited for a slow reader when the other side was held back; 0 when that never happened.
    package var largestBacklog: Int { relays.largestBacklog }

    /// Stops listening and closes all connections. When it returns, nothing of them is left. Again, it does nothing.
    public func stop() async {
        await listener.close()
        await relays.finish()
    }
}

extension TestProxy.Kind: CustomStringConvertible, CustomReflectable {
    /// `SOCKS5`; without user name and password.
    public var description: String {
        switch form {
        case .socks5: "SOCKS5"
        case .socks4: "SOCKS4"
        case .httpConnect: "HTTP"
        }
    }

    /// Empty, so that `dump` shows no more than ``description``.
    public var customMirror: Mirror { Mirror(self, children: []) }

    fileprivate func configuration(at endpoint: Endpoint) throws -> ProxyConfiguration {
        let (host, port) = (endpoint.host, endpoint.port)
        return switch form {
        case .socks5(let user):
            try .socks5(host: host, port: port, username: user?.username, password: user?.password)
        case .socks4(let user):
            try .socks4(host: host, port: port, userID: user?.username ?? "")
        case .httpConnect(let user):
            try .httpConnect(host: host, port: port, username: user?.username, password: user?.password)
        }
    }

    fileprivate func handshake(_ behaviour: ProxyServerBehaviour) -> any ProxyServerHandshake {
        switch form {
        case .socks5(let user): SOCKS5Server(credentials: user, behaviour: behaviour)
        case .socks4(let user): SOCKS4Server(userID: user?.username, behaviour: behaviour)
        case .httpConnect(let user): HTTPConnectServer(credentials: user, behaviour: behaviour)
        }
    }
}
