/// What a ``TestServer`` has counted since its start.
public struct TestServerStatistics: Sendable, Hashable {
    /// Connections that were accepted.
    public internal(set) var connectionsAccepted = 0
    /// Connections that stand now.
    public internal(set) var connectionsOpen = 0
    /// Key exchanges that were completed.
    public internal(set) var keyExchanges = 0
    /// Packets that came, before faults.
    public internal(set) var packetsReceived = 0
    /// Packets that left, after faults.
    public internal(set) var packetsSent = 0
    /// Bytes that came.
    public internal(set) var bytesReceived = 0
    /// Bytes that left.
    public internal(set) var bytesSent = 0
    /// Packets that could not be decrypted.
    public internal(set) var undecryptablePackets = 0
    /// Sessions that were made.
    public internal(set) var sessionsCreated = 0
    /// Requests that were executed, by the name of the function, without wrappers.
    public internal(set) var requests: [String: Int] = [:]
    /// Requests that no handler knew, by the name of the function.
    public internal(set) var unimplementedCalls: [String: Int] = [:]
    /// Messages that were refused, by the number of `bad_msg_notification`.
    public internal(set) var refusedMessages: [Int32: Int] = [:]
    /// Messages that came again. They are not executed again.
    public internal(set) var repeatedMessages = 0
    /// Faults that were injected, by name.
    public internal(set) var faults: [String: Int] = [:]
    /// How often each of the latest 10,000 requests was executed. A number other than one would be a defect of the
    /// server; a client that sends a request twice under two identifiers shows in ``requests``.
    public internal(set) var executions: [Execution: Int] = [:]

    /// A request as the server knows it.
    public struct Execution: Sendable, Hashable {
        /// The session it came in.
        public let sessionID: Int64
        /// The identifier of its message.
        public let messageID: Int64
    }

    private var executionOrder: [Execution] = []
    private static let rememberedExecutions = 10_000

    /// Requests that were executed, whatever their function.
    public var requestCount: Int { requests.values.reduce(0, +) }

    mutating func countExecution(_ execution: Execution, of name: String) {
        requests[name, default: 0] += 1
        if executions.updateValue((executions[execution] ?? 0) + 1, forKey: execution) == nil {
            executionOrder.append(execution)
        }
        // Halving keeps the cost of forgetting constant.
        guard executionOrder.count > Self.rememberedExecutions * 2 else { return }
        for old in executionOrder.prefix(Self.rememberedExecutions) { executions[old] = nil }
        executionOrder.removeFirst(Self.rememberedExecutions)
    }
}
