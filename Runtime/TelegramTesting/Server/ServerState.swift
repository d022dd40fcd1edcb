import MTProtoCrypto
import TLRuntime

/// What a server shares between its own thread and those of its users: small, and behind a lock.
final class ServerState: Sendable {
    struct Contents {
        var handlers: [UInt32: RequestHandler] = [:]
        var fallback: RequestHandler?
        var statistics = TestServerStatistics()
        var rpcFaults: [UInt32: [RPCFault]] = [:]
        var sessions: [TestSession] = []
        var sessionWaiters: [UInt64: SessionWaiter] = [:]
        var lastWaiterID: UInt64 = 0
        var faultPlan: FaultPlan?
        var losesUpdates = false
        var misbehaviours: [(rule: ServerMisbehaviour, isAdded: Bool)] = []
        var isStopped = false
    }

    struct SessionWaiter {
        let matches: @Sendable (TestSession) -> Bool
        let continuation: CheckedContinuation<TestSession, any Error>
    }

    private let contents = Locked(Contents())

    func withLock<Result: Sendable>(_ body: (inout Contents) throws -> Result) rethrows -> Result {
        try contents.withLock { try body(&$0) }
    }

    func count(_ body: (inout TestServerStatistics) -> Void) { contents.withLock { body(&$0.statistics) } }

    /// The fault that the next request of this kind suffers.
    func takeRPCFault(for function: any TLFunction.Type) -> RPCFault? {
        contents.withLock { contents in
            guard let fault = contents.rpcFaults[function.id]?.first else { return nil }
            contents.rpcFaults[function.id]?.removeFirst()
            return fault
        }
    }

    func takeMisbehaviour() -> (rule: ServerMisbehaviour, isAdded: Bool)? {
        contents.withLock { $0.misbehaviours.isEmpty ? nil : $0.misbehaviours.removeFirst() }
    }

    // MARK: - Sessions

    func add(_ session: TestSession) {
        contents.withLock { contents in
            contents.sessions.append(session)
            contents.statistics.sessionsCreated += 1
        }
        sessionChanged(session)
    }

    /// Something about a session has changed that somebody may wait for.
    ///
    /// What they wait for is their own code, which may ask the server something: no lock is held meanwhile.
    func sessionChanged(_ session: TestSession) {
        let waiting = contents.withLock { $0.sessionWaiters }
        for id in waiting.filter({ $0.value.matches(session) }).keys { resumeWaiter(id, returning: session) }
    }

    private func resumeWaiter(_ id: UInt64, returning session: TestSession) {
        contents.withLock { $0.sessionWaiters.removeValue(forKey: id) }?.continuation.resume(returning: session)
    }

    func remove(_ session: TestSession) { contents.withLock { $0.sessions.removeAll { $0 === session } } }

    func waitForSession(where matches: @escaping @Sendable (TestSession) -> Bool) async throws -> TestSession {
        let id = contents.withLock { contents in
            contents.lastWaiterID += 1
            return contents.lastWaiterID
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let sessions: [TestSession]? = contents.withLock { contents in
                    if contents.isStopped || Task.isCancelled { return nil }
                    contents.sessionWaiters[id] = SessionWaiter(matches: matches, continuation: continuation)
                    return contents.sessions
                }
                guard let sessions else { return continuation.resume(throwing: CancellationError()) }
                // From here on changes are told, so none is missed between this look and them.
                if let session = sessions.first(where: matches) { resumeWaiter(id, returning: session) }
            }
        } onCancel: {
            let waiter = contents.withLock { $0.sessionWaiters.removeValue(forKey: id) }
            waiter?.continuation.resume(throwing: CancellationError())
        }
    }

    func stop() {
        let waiters = contents.withLock { contents in
            contents.isStopped = true
            let waiters = contents.sessionWaiters.values.map(\.continuation)
            contents.sessionWaiters = [:]
            return waiters
        }
        for waiter in waiters { waiter.resume(throwing: CancellationError()) }
    }
}
