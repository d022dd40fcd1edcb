public import MTProto

/// How a ``TestServer`` is set up. What is not said is chosen so that a client that is right has no trouble.
public struct TestServerConfiguration: Sendable {
    // MARK: Where

    /// The numbers of the data centres; each gets a port of its own.
    public var dataCenters: [Int32] = [1, 2, 3, 4, 5]
    /// The data centre that `help.getNearestDc` recommends.
    public var nearestDataCenter: Int32 = 2
    /// The address to listen on: `127.0.0.1`, or `::1` for IPv6.
    public var host = "127.0.0.1"
    /// The ports to listen on, in the order of the data centres. Those that are missing or zero are chosen by the
    /// system.
    public var ports: [UInt16] = []
    /// Secrets of MTProxies to start, in the notation that clients use: 32 hex digits, with `dd` or `ee` in front, or
    /// base64. ``TestServer/proxies`` tells where they listen.
    public var mtProxySecrets: [String] = []

    // MARK: Keys

    /// The private RSA key, as PEM. `nil` takes one that is generated once for the process, which saves a tenth of a
    /// second.
    public var privateKeyPEM: String?
    /// Whether each data centre has a key of its own, generated for it.
    public var hasKeyPerDataCenter = false

    // MARK: Behaviour

    /// Who answers when no handler of the test does.
    public enum World: Sendable, Hashable {
        /// ``TestServer/telegram``: accounts, chats, messages.
        case telegram
        /// Nobody but `help.getConfig` and `help.getNearestDc`.
        case bare
    }

    /// Whether there is a small Telegram behind the handlers.
    public var world = World.telegram

    /// The clocks. The server reads them through ``TestServer/clock``, which can be skewed.
    public var time: any TimeSource
    /// Which rules for messages are enforced.
    public var strictness = ServerStrictness()
    /// Whether requests fail with `CONNECTION_NOT_INITED` until the client has sent `initConnection` with this key, as
    /// Telegram's do.
    public var requiresAnnouncement = false
    /// The name of the country that `help.getNearestDc` answers with.
    public var country = "NL"
    /// From how many bytes on answers are compressed, when that makes them smaller; `nil` for never. Parts of files are
    /// never compressed.
    public var compressesFrom: Int? = 4_096
    /// How long each salt is the one to use; it is accepted for as long again.
    public var saltPeriod: Duration = .seconds(1800)
    /// How long `invokeAfterMsg` waits for the request before it, until `MSG_WAIT_TIMEOUT`.
    public var predecessorTimeout: Duration = .seconds(10)
    /// How deeply requests may be wrapped in `invokeWithLayer` and the like.
    public var maximumWrapperDepth = 16
    /// How long ``TestServer/stop()`` waits for handlers that do not heed their cancellation, in real time.
    public var stopTimeout: Duration = .seconds(5)
    /// Tells what happens, for a test that needs to be understood.
    public var logHandler: (any LogHandler)?

    /// How sessions treat their messages.
    package var session = ServerSessionConfiguration()

    /// Creates a configuration with the defaults, and the system's clocks unless others are given.
    public init(time: any TimeSource = SystemTime()) { self.time = time }
}
