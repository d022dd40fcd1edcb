import MTProto

/// Requests that wait for other ones: `invokeAfterMsg`. See <https://core.telegram.org/api/invoking>.
struct PredecessorQueue<Request> {
    private struct Waiting {
        let id: MessageID
        let request: Request
        var predecessors: Set<MessageID>
        let deadline: Duration
    }

    private var waiting: [Waiting] = []

    var isEmpty: Bool { waiting.isEmpty }
    /// When the first of them has waited too long.
    var deadline: Duration? { waiting.lazy.map(\.deadline).min() }

    mutating func add(_ request: Request, id: MessageID, after predecessors: [MessageID], until deadline: Duration) {
        waiting.append(Waiting(id: id, request: request, predecessors: Set(predecessors), deadline: deadline))
    }

    /// A request has ended: returns those that need not wait any more, in the order in which they came.
    mutating func ended(_ id: MessageID, succeeded: Bool) -> [(id: MessageID, request: Request, mayRun: Bool)] {
        var released: [(id: MessageID, request: Request, mayRun: Bool)] = []
        var left: [Waiting] = []
        for var entry in waiting {
            let concerned = entry.predecessors.remove(id) != nil
            if concerned, !succeeded || entry.predecessors.isEmpty {
                released.append((entry.id, entry.request, succeeded))
            } else {
                left.append(entry)
            }
        }
        waiting = left
        return released
    }

    mutating func expired(at now: Duration) -> [MessageID] {
        let ids = waiting.filter { $0.deadline <= now }.map(\.id)
        waiting.removeAll { $0.deadline <= now }
        return ids
    }

    mutating func remove(_ id: MessageID) { waiting.removeAll { $0.id == id } }
}
