import MTProto
import MTProtoCrypto

/// One connection of a client. Confined to the ``ServerCore`` that owns it.
final class ServerConnection {
    let id: ConnectionID
    let channel: SocketChannel
    var pipeline: ServerPipeline
    /// The data centre behind the port; `nil` behind a proxy until the client has said which.
    var dataCenter: Int32?
    let isProxied: Bool
    var exchange: ServerKeyExchange?
    var unencryptedIDs = MessageIDGenerator()
    /// Sessions whose messages came by this connection.
    var sessions: Set<SessionAddress> = []
    /// When `ping_delay_disconnect` wants it closed, on the monotonic scale.
    var disconnectAt: Duration?
    var poll = PollState()
    var incomingFaults: FaultInjector?
    var outgoingFaults: FaultInjector?
    var isClosed = false

    init(id: ConnectionID, channel: SocketChannel, pipeline: ServerPipeline, dataCenter: Int32?) {
        self.id = id
        self.channel = channel
        self.pipeline = pipeline
        self.dataCenter = dataCenter
        isProxied = dataCenter == nil
    }

    var isHTTP: Bool { pipeline.detected?.framing == .http }

    /// Whether messages of sessions may leave by it now: over HTTP a request has to wait for them.
    var maySend: Bool { !isClosed && pipeline.maySend }

    func setFaults(_ plan: FaultPlan?) {
        incomingFaults = plan.map { FaultInjector($0.fromClient, seed: $0.seed &+ id.rawValue &* 2) }
        outgoingFaults = plan.map { FaultInjector($0.toClient, seed: $0.seed &+ id.rawValue &* 2 &+ 1) }
    }

    var deadline: Duration? { [disconnectAt, poll.deadline].compactMap(\.self).min() }
}

/// An HTTP request that waits for its answer.
struct PollState {
    /// The session that it came for.
    private(set) var session: SessionAddress?
    private var rules = HTTPPoll.usual
    private var startedAt = Duration.zero
    /// When there was something to send first, and last.
    private var firstOutputAt: Duration?
    private var lastOutputAt: Duration?

    mutating func start(for session: SessionAddress, at now: Duration) {
        self = PollState()
        self.session = session
        startedAt = now
    }

    mutating func adopt(_ rules: HTTPPoll) { self.rules = rules }

    mutating func outputWaits(at now: Duration) {
        firstOutputAt = firstOutputAt ?? now
        lastOutputAt = now
    }

    mutating func end() { self = PollState() }

    /// When the answer has to leave, with what there is.
    var deadline: Duration? {
        guard session != nil else { return nil }
        let latest = startedAt + rules.maximumWait
        guard let firstOutputAt, let lastOutputAt else { return latest }
        return min(latest, firstOutputAt + rules.maximumDelay, lastOutputAt + rules.waitAfter)
    }
}
