public import MTProto
package import MTProtoCrypto

/// How a ``TelegramClient`` connects, what it says about itself, and how patient it is. The defaults suit most
/// programs.
public struct ClientConfiguration: Sendable {
    // MARK: Connection

    /// How packets are put on the wire.
    public var transport: TransportKind = .full
    /// The proxy that all connections go through. ``TelegramClient/setProxy(_:)`` changes it later.
    public var proxy: ProxyConfiguration?
    /// Whether the IPv6 addresses of data centres are tried first and those of IPv4 a moment later; if not, it is the
    /// other way round.
    public var useIPv6 = false
    /// The numeric address of this machine to connect from. Its family has to agree with ``useIPv6``.
    public var localAddress: String?
    /// How long an attempt to connect may take.
    public var connectTimeout: Duration = .seconds(10)
    /// How many failed attempts to connect in a row are followed by another one; `nil` for any number, as a program
    /// that runs for months may want.
    public var connectionRetries: Int? = 5
    /// The bound of the first wait between such attempts. It doubles with each, and the wait itself is a random part of
    /// it.
    public var retryDelay: Duration = .seconds(1)
    /// What that bound never exceeds.
    public var maximumRetryDelay: Duration = .seconds(60)
    /// Whether a lost connection is made again. If not, the client is disconnected with the first loss.
    public var autoReconnect = true
    /// Whether messages are encrypted with keys that are thrown away every day, so that a session that is stolen later
    /// does not open what was recorded before. See <https://core.telegram.org/api/pfs>.
    public var forwardSecrecy = false

    // MARK: Requests

    /// How many attempts may follow the first one when the server has trouble of its own or wants a request to wait;
    /// `nil` for any number.
    public var requestRetries: Int? = 5
    /// The longest wait that the client sleeps through when the server demands one, at most a day. Longer ones are
    /// thrown as `RPCError.FloodWait`; zero throws all of them. ``TelegramClient/floodSleepThreshold`` changes it later,
    /// and each call can have its own.
    public var floodSleepThreshold: Duration = .seconds(60)

    // MARK: What the server is told

    /// The model of the device, as the list of the account's sessions shows it.
    public var deviceModel: String = DeviceDescription.model
    /// The version of the operating system.
    public var systemVersion: String = DeviceDescription.systemVersion
    /// The version of the program.
    public var appVersion = "1.0"
    /// The language of the program, as in `en`: texts that the server composes come in it.
    public var langCode = "en"
    /// The language of the system.
    public var systemLangCode = "en"
    /// The name of the language pack; only official apps have one.
    public var langPack = ""

    // MARK: Updates

    /// Whether the server sends updates. Without them a program that only makes requests has less traffic.
    public var receiveUpdates = true
    /// How many peers are kept in memory; the session keeps the others.
    public var entityCacheLimit = 5_000

    // MARK: Servers

    /// Whether Telegram's test data centres are used, which have accounts of their own. See
    /// <https://core.telegram.org/api/auth#test-accounts>.
    public var usesTestDataCenters = false
    /// Where to connect before the server has told more addresses; the first one is that of a new session. Empty means
    /// Telegram's own data centres, starting with number 2. A server of your own, such as that of `TelegramTesting`,
    /// goes here.
    public var dataCenters: [DataCenterAddress] = []
    /// The keys by which servers prove who they are. Empty means Telegram's own.
    public var serverKeys: [ServerPublicKey] = []

    // MARK: Surroundings

    /// Takes what the client has to say about its work.
    public var logHandler: (any LogHandler)?
    /// The clocks, which a test can move.
    public var time: any TimeSource = SystemTime()
    /// Where randomness comes from.
    package var random: any RandomSource = SystemRandom()

    /// Creates a configuration with the defaults.
    public init() {}
}

extension ClientConfiguration {
    /// - Throws: ``ClientError`` with ``ClientError/Code/invalidConfiguration``.
    func check() throws(ClientError) {
        if let localAddress {
            guard let address = SocketAddress(host: localAddress, port: 0) else {
                throw ClientError(
                    .invalidConfiguration,
                    "the local address '\(localAddress)' is not a numeric address; "
                        + "write it as '192.0.2.1' or '2001:db8::1'"
                )
            }
            guard (address.family == .ipv6) == useIPv6 else {
                throw ClientError(
                    .invalidConfiguration,
                    "the local address '\(localAddress)' cannot be used with 'useIPv6' \(useIPv6); change one of them"
                )
            }
        }
        for (name, count) in [("requestRetries", requestRetries), ("connectionRetries", connectionRetries)] {
            guard let count, count < 0 else { continue }
            throw ClientError(
                .invalidConfiguration,
                "'\(name)' is \(count), expected 0 or more; use nil for any number of attempts"
            )
        }
        if let address = dataCenters.first(where: { $0.host.isEmpty || $0.port == 0 || $0.id <= 0 }) {
            throw ClientError(
                .invalidConfiguration,
                "the address '\(address.host):\(address.port)' of data centre \(address.id) is incomplete"
            )
        }
    }

    /// The keys to trust.
    var trustedKeys: [ServerPublicKey] {
        if !serverKeys.isEmpty { return serverKeys }
        return usesTestDataCenters ? ServerPublicKey.test : ServerPublicKey.production
    }

    /// The addresses to begin with.
    var bootstrapAddresses: [DataCenterAddress] {
        if !dataCenters.isEmpty { return dataCenters }
        return usesTestDataCenters ? BootstrapAddresses.test : BootstrapAddresses.production
    }
}
