import MTProto

/// Which session of which key.
struct SessionAddress: Hashable, Sendable {
    let keyID: Int64
    let sessionID: Int64
}

/// A session with all that a running server keeps beside it. Confined to the ``ServerCore`` that owns it.
final class HostedSession {
    let address: SessionAddress
    let handle: TestSession
    var machine: ServerSession
    /// Handlers that are running, by the request they answer.
    var tasks: [MessageID: Task<Void, Never>] = [:]
    var predecessors = PredecessorQueue<UnwrappedRequest>()
    var isDestroyed = false

    init(address: SessionAddress, handle: TestSession, machine: ServerSession) {
        self.address = address
        self.handle = handle
        self.machine = machine
    }

    /// When the machine or a waiting request becomes due.
    var deadline: Duration? {
        [machine.deadline, predecessors.deadline].compactMap(\.self).min()
    }
}
