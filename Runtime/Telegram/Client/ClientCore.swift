import MTProto
import MTProtoCrypto
import TelegramAPI

/// What a client is made of: the connection to the account's data centre, connections to others, and the session.
///
/// Requests do not go through the actor: they find the connection in ``status``. The actor serves what happens now and
/// then, and the gate sees to it that connecting, disconnecting and moving happen one after the other.
///
/// Nothing that it starts keeps it alive; with the last reference to the client all connections close.
actor ClientCore {
    nonisolated let configuration: ClientConfiguration
    nonisolated let apiID: Int32
    nonisolated let store: any SessionStore
    nonisolated let peers: PeerDirectory
    nonisolated let log: Log

    nonisolated let status: Locked<ClientStatus>
    /// Whether the program has connected, also while a lost connection is being made again.
    nonisolated let connected = StateBroadcast(false)
    nonisolated let connectionStates = StateBroadcast<ConnectionState>(.disconnected(nil))
    nonisolated let floodWaits = EventBroadcast<FloodWaitEvent>(bufferedCount: 100)
    nonisolated let rawUpdates = UpdateBroadcast()
    /// Where requests wait for their next attempt.
    nonisolated let sleeper: Sleeper
    /// Where the minutely work waits for its time.
    nonisolated let housekeepingSleeper: Sleeper
    /// Who uses connections to other data centres.
    nonisolated let ledger = Locked(BorrowLedger())

    let gate = AsyncGate()
    /// Counts calls of `disconnect()`, so that what began before one knows that it is over.
    var disconnections = 0
    var isStoreOpen = false
    var content = SessionContent()
    /// What the session was told last, which may still be under way.
    var lastWrite: Task<Void, any Error>?
    var dataCenters: DataCenterList
    var proxy: ProxyConfiguration?

    var home: HomeConnection?
    /// The one that is being made, and may become the home connection.
    var connecting: HomeConnection?
    /// Counts home connections, so that what an earlier one says is recognized.
    var homeEpoch = 0
    /// Former home connections that still wait for answers; whoever waits keeps them alive.
    var retired: [WeakSender] = []
    var housekeeping: Task<Void, Never>?
    /// Asks for the state of updates after a long silence.
    var updatesRequest: Task<Void, Never>?
    /// The end that the server has made of the session.
    var termination: Task<Void, Never>?

    var foreign = ForeignConnections()

    init(
        session: any SessionStore,
        apiID: Int32,
        configuration: ClientConfiguration
    ) {
        self.configuration = configuration
        self.apiID = apiID
        store = session
        peers = PeerDirectory(store: session, limit: configuration.entityCacheLimit, time: configuration.time)
        log = Log(handler: configuration.logHandler, source: "client")
        status = Locked(
            ClientStatus(floodSleepThreshold: CallPolicy.threshold(configuration.floodSleepThreshold))
        )
        sleeper = Sleeper(time: configuration.time)
        housekeepingSleeper = Sleeper(time: configuration.time)
        dataCenters = DataCenterList(bootstrap: configuration.bootstrapAddresses)
        proxy = configuration.proxy
    }

    deinit {
        home?.cancelTasks()
        housekeeping?.cancel()
        updatesRequest?.cancel()
        rawUpdates.finish()
    }

    nonisolated var now: TimeReading { configuration.time.now() }
}

/// The connection to the account's data centre and those who listen to it.
struct HomeConnection: Sendable {
    let sender: Sender
    let dataCenter: Int32
    let epoch: Int
    /// Where it began to look for the data centre.
    let endpoints: [Endpoint]
    var tasks: [Task<Void, Never>] = []

    func cancelTasks() {
        for task in tasks { task.cancel() }
    }
}

/// A connection that others keep alive.
struct WeakSender: Sendable {
    weak var sender: Sender?
}
