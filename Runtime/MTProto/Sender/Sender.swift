import MTProtoCrypto
import Synchronization

/// Owns one encrypted connection to one data centre: makes it, keeps it, makes it again, and carries requests and
/// updates.
///
/// It runs on the thread of an event loop. A packet is read, decrypted, decoded and routed there in one go; only the
/// caller's continuation crosses threads. Requests that are made in one turn of the loop leave in one container.
///
/// It holds no task longer than an attempt takes, and nothing that it starts keeps it alive: a sender that nobody
/// refers to closes its connection.
package actor Sender {
    /// The thread it runs on.
    package nonisolated let loop: EventLoop
    package nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// What the server sends on its own account; for one consumer.
    package nonisolated let pushes: BoundedStream<Push>
    /// What the owner has to know or keep; for one consumer.
    package nonisolated let notices: BoundedStream<SenderNotice>
    nonisolated let stateBroadcast = StateBroadcast<ConnectionState>(.disconnected(nil))

    /// Where the connection stands.
    package nonisolated var state: ConnectionState { stateBroadcast.current }
    /// The state now, and then each change; every call makes a stream of its own.
    package nonisolated var states: AsyncStream<ConnectionState> { stateBroadcast.subscribe() }

    // MARK: State

    var configuration: SenderConfiguration
    let log: Log
    let time: any TimeSource
    let random: any RandomSource

    var phase = SenderPhase.idle
    /// Counts attempts, so that what belongs to an earlier one is recognized.
    var epoch: UInt64 = 0
    var endpointIndex = 0
    var attempt: Task<Void, Never>?
    var connection: SenderConnection?
    var reconnection: Reconnection
    var keyExchange: SenderKeyExchange?
    /// A failed check outranks the trouble that may follow it when an attempt to connect is given up.
    var securityFailure: MTProtoError?

    var authKey: AuthKey?
    var salts: [ServerSalt]
    var clock = ServerClock()
    var unencryptedIDs = MessageIDGenerator()
    var temporaryKey: TemporaryKey?
    /// Temporary keys in a row that the server did not know when they were used first.
    var rejectedTemporaryKeys = 0
    /// When to ask for another temporary key after an attempt failed, on the monotonic scale.
    var renewalRetryAt: Duration?

    var session: ClientSession?
    /// What `session` encrypts with.
    var sessionKey: AuthKey?
    /// Counts sessions, so that requests know which one carries them.
    var sessionNumber = 0
    var retiring: RetiringSession?

    var requests: [RequestID: PendingRequest] = [:]
    nonisolated let lastRequestID = Atomic<UInt64>(0)
    var limiter: RequestLimiter
    var connectWaiters: [UInt64: CheckedContinuation<Void, any Error>] = [:]
    var closeWaiters: [CheckedContinuation<Void, Never>] = []
    var lastWaiterID: UInt64 = 0

    var isFlushScheduled = false
    var timer: LoopTimer?
    /// When `timer` fires, on the monotonic scale.
    var timerDeadline: Duration?

    /// Creates a sender that does nothing until ``connect()``. Without credentials it will make a new key.
    package init(configuration: SenderConfiguration, credentials: SenderCredentials? = nil) {
        precondition(!configuration.endpoints.isEmpty, "a sender needs an endpoint to connect to")
        self.configuration = configuration
        loop = configuration.eventLoop ?? EventLoopGroup.shared.next()
        log = Log(handler: configuration.logHandler, source: "sender \(configuration.label)")
        time = configuration.time
        random = configuration.random
        pushes = BoundedStream(
            maximumCount: configuration.maximumBufferedPushes,
            maximumBytes: configuration.maximumBufferedPushBytes
        ) { .overflow(droppedCount: $0) }
        notices = BoundedStream(maximumCount: 1_000) { .overflow(droppedCount: $0) }
        reconnection = Reconnection(backoff: configuration.backoff, retries: configuration.connectionRetries)
        limiter = RequestLimiter(
            maximumCount: configuration.maximumInFlight,
            maximumBytes: configuration.maximumBytesInFlight
        )
        authKey = credentials?.authKey
        salts = credentials?.salts ?? []
        if let offset = credentials?.timeOffset {
            let now = time.now()
            clock.synchronize(serverTime: now.wall + offset, at: now)
        }
        time.onAdjustment { [weak self] in
            self?.onLoop { $0.deadlinesReached() }
        }
    }

    deinit {
        // Nobody waits for anything: whoever does refers to the sender. The channel closes itself with its last
        // reference.
        attempt?.cancel()
        keyExchange?.computation?.cancel()
        if let timer { loop.execute { timer.cancel() } }
        pushes.finish()
        notices.finish()
        stateBroadcast.finish()
    }

    /// What to keep for the next run; `nil` while there is no key.
    package var credentials: SenderCredentials? {
        guard let authKey else { return nil }
        let offset = clock.isSynchronized ? clock.wallOffset(at: time.now()) : nil
        return SenderCredentials(authKey: authKey, salts: salts, timeOffset: offset)
    }

    /// Requests that have been made and have not ended.
    package var requestCount: Int { requests.count }

    /// Runs something on the sender's thread soon, from any thread, unless the sender is gone by then.
    nonisolated func onLoop(_ body: @escaping @Sendable (isolated Sender) -> Void) {
        loop.execute { [weak self] in self?.assumeIsolated(body) }
    }
}
