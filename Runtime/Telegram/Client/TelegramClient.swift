public import MTProto
import MTProtoCrypto

/// A connection to Telegram in the name of one account.
///
/// ```swift
/// let client = try TelegramClient(session: MemorySession(), apiID: 12345, apiHash: "0123456789abcdef0123456789abcdef")
/// try await client.connect()
/// let config = try await client(TL.help.GetConfig())
/// await client.disconnect()
/// ```
/// Every method can be called from any task. Connections are made again when they are lost, and requests wait
/// meanwhile; a request is never executed twice because of that. When nobody refers to the client any more its
/// connections close, but only ``disconnect()`` saves the session.
///
/// Numbers and hashes of applications come from <https://my.telegram.org>; see
/// <https://core.telegram.org/api/obtaining_api_id>.
public final class TelegramClient: Sendable {
    /// The settings that it was created with.
    public let configuration: ClientConfiguration
    /// The number of the application.
    package let apiID: Int32
    /// What proves that the application is the program's own.
    package let apiHash: String
    /// Where keys, the account and peers are kept.
    package var store: any SessionStore { core.store }
    /// What is known about peers.
    package var peers: PeerDirectory { core.peers }
    let core: ClientCore
    /// Login codes that are on their way.
    let loginCodes = Locked(LoginCodes())

    /// Creates a client; nothing is opened or connected before ``connect()``.
    /// - Parameters:
    ///   - session: Belongs to this client alone from ``connect()`` to ``disconnect()``.
    ///   - apiID: The number of your application.
    ///   - apiHash: Its hash, 32 hexadecimal digits.
    /// - Throws: ``ClientError`` with ``ClientError/Code/invalidConfiguration`` when a setting cannot be used.
    public init(
        session: any SessionStore,
        apiID: Int32,
        apiHash: String,
        configuration: ClientConfiguration = ClientConfiguration()
    ) throws {
        guard apiID > 0, !apiHash.isEmpty else {
            throw ClientError(
                .invalidConfiguration,
                "the number or the hash of the application is empty; get both from https://my.telegram.org"
            )
        }
        try configuration.check()
        self.configuration = configuration
        self.apiID = apiID
        self.apiHash = apiHash
        core = ClientCore(session: session, apiID: apiID, configuration: configuration)
    }

    // MARK: - Connecting

    /// Connects to the data centre of the account, and makes a key if the session has none.
    ///
    /// Opens the session first, and closes it again when connecting fails. Does nothing when the client is connected.
    /// Nobody has to be signed in.
    /// - Throws: `SessionError` when the session cannot be opened; `MTProtoError` when no connection could be made in
    ///   ``ClientConfiguration/connectionRetries`` further attempts, or at once with `authKeyNotFound` when the server
    ///   does not know the key of the session: ``forgetAuthorization()`` helps, then sign in again; ``ClientError``
    ///   with `loggedOut` or `sessionInvalidated`; `CancellationError` when the task is cancelled, or the client is
    ///   disconnected meanwhile.
    public func connect() async throws { try await core.connect() }

    /// Disconnects, saves the session and gives it free for others.
    ///
    /// Requests that wait for their answers, or for their next attempt, get `CancellationError`; when the connection is
    /// given up instead, they get its error. It takes ten seconds at most plus what the session needs to be saved, and
    /// it can be called twice, while the client connects, and from inside of whatever the client has called.
    /// ``connect()`` can be called again afterwards.
    public func disconnect() async { await core.disconnect() }

    /// Whether the program has connected; also while a lost connection is being made again. `false` before
    /// ``connect()``, after ``disconnect()`` and when the connection was given up.
    public var isConnected: Bool { core.connected.current }

    /// The state of the connection now, and then each change; every call makes a stream of its own, which ends with the
    /// client. A slow reader misses old states, but never the newest.
    public var connectionStates: AsyncStream<ConnectionState> { core.connectionStates.subscribe() }

    /// Waits until the client is disconnected; returns at once when it is.
    ///
    /// A task that is cancelled stops waiting, and the client goes on.
    /// - Throws: why the connection was given up, or could not be made: `MTProtoError`, or ``ClientError`` with
    ///   `sessionInvalidated`; nothing after ``disconnect()``, and nothing when ``connect()`` was cancelled.
    ///   `CancellationError` when this task is cancelled.
    public func waitUntilDisconnected() async throws {
        for await isConnected in core.connected.subscribe() where !isConnected { break }
        try Task.checkCancellation()
        if let error = core.status.withLock({ $0.endError }) { throw error }
    }

    /// Uses another proxy, or none, for all connections. Those that stand are made again through it at once, and
    /// requests wait meanwhile; the next ``connect()`` uses it, too.
    public func setProxy(_ proxy: ProxyConfiguration?) async { await core.setProxy(proxy) }

    /// Forgets keys and account of the session and disconnects, so that the next ``connect()`` begins anew and somebody
    /// has to sign in.
    ///
    /// It is for a key that the server does not know any more (`authKeyNotFound`). Of a login that is still good the
    /// server is not told.
    /// - Throws: `SessionError` when the session cannot be changed.
    public func forgetAuthorization() async throws { try await core.forgetAuthorization() }
}
