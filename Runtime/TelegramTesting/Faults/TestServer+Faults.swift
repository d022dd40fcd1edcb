import MTProto
public import TelegramAPI

extension TestServer {
    // MARK: - Packets

    /// What goes wrong with packets; `nil` for nothing. Setting it starts the plan anew on the connections that stand.
    public var faults: FaultPlan? {
        get { state.withLock { $0.faultPlan } }
        set {
            state.withLock { $0.faultPlan = newValue }
            core.onLoop { core in
                for connection in core.connections.values { connection.setFaults(newValue) }
            }
        }
    }

    /// Breaks a rule in the next encrypted packets that the server sends, to whomever.
    /// - Parameter isAdded: Whether the right packet follows the wrong one. If not, what it would have said is lost
    ///   until the server sends it again.
    public func misbehave(_ rule: ServerMisbehaviour, packets: Int = 1, isAdded: Bool = true) {
        state.withLock { $0.misbehaviours += Array(repeating: (rule, isAdded), count: max(0, packets)) }
    }

    /// Breaks a rule in the key exchange of the next connection that begins one.
    package func misbehave(inKeyExchange rule: KeyExchangeMisbehaviour) async {
        await core.addExchangeMisbehaviour(rule)
    }

    // MARK: - Requests

    /// Lets something go wrong with the next requests of a kind, in the order of the calls.
    public func onNext(_ function: any TLFunction.Type, times: Int = 1, _ fault: RPCFault) {
        state.withLock { $0.rpcFaults[function.id, default: []] += Array(repeating: fault, count: max(0, times)) }
    }

    /// Answers the next requests of a kind with an error, without executing them.
    public func failNext(_ function: any TLFunction.Type, times: Int = 1, with error: RPCError) {
        onNext(function, times: times, .fail(error))
    }

    /// Forgets the faults for requests that have not been met yet.
    public func removeRequestFaults() { state.withLock { $0.rpcFaults = [:] } }

    // MARK: - The server's memory

    /// Whether pushes get lost. It holds for those that are made from now on.
    public var losesUpdates: Bool {
        get { state.withLock { $0.losesUpdates } }
        set { state.withLock { $0.losesUpdates = newValue } }
    }

    /// Makes all salts invalid at once; clients learn the new ones from `bad_server_salt`.
    public func changeSalts() async { await core.changeSalts() }

    /// Forgets a key, as after `auth.logOut`: packets that are encrypted with it get transport error 404.
    public func forgetKey(_ id: Int64) async { await core.forgetKey(id) }

    /// Forgets all keys.
    public func forgetAllKeys() async { await core.forgetAllKeys() }

    /// Forgets all sessions with what waits in them, and keeps the keys: as after a restart. Connections stay.
    public func forgetSessions() async { await core.forgetSessions() }

    // MARK: - Connections

    /// Closes all connections in order, or breaks them off so that what is under way is lost.
    public func closeConnections(breakingOff: Bool = false) async {
        await core.closeConnections(breakingOff: breakingOff)
    }

    /// Sends a transport error, such as 404, 429 or 444, to all connections and closes them.
    public func sendTransportError(_ code: Int32) async { await core.sendTransportError(code) }
}

extension ServerCore {
    func addExchangeMisbehaviour(_ rule: KeyExchangeMisbehaviour) { exchangeMisbehaviours.append(rule) }

    func changeSalts() {
        let now = clock.now().wall
        for id in keys.ids { keys[id]?.salts.rotate(at: now) }
    }

    func forgetAllKeys() {
        for id in keys.ids { forgetKey(id) }
    }

    func forgetSessions() {
        for session in sessions.values { destroy(session) }
    }

    func closeConnections(breakingOff: Bool) {
        for connection in connections.values {
            if breakingOff { reset(connection) } else { close(connection) }
        }
    }

    func sendTransportError(_ code: Int32) {
        for connection in connections.values { fail(connection, code, "a test wants it") }
    }
}
