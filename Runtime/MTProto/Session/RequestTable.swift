/// All requests that have not ended, and the order in which those that have to leave will do so.
struct RequestTable: Sendable {
    private var entries: [RequestID: SessionRequest] = [:]
    private var byMessage: [MessageID: RequestID] = [:]
    private var dependants: [RequestID: [RequestID]] = [:]
    /// Those to send, from `head` on. It may name requests that have ended since.
    private var queue: [RequestID] = []
    private var head = 0
    private var isQueueSorted = true
    private var lastNumber: UInt64 = 0

    var count: Int { entries.count }
    /// Entries of all tables together, to see that none of them grows without end.
    var footprint: Int { entries.count + byMessage.count + dependants.count + queue.count }
    var isEmpty: Bool { entries.isEmpty }

    // MARK: - Content

    /// Adds a request at the end of the queue.
    mutating func add(_ request: OutgoingRequest, compressionThreshold: Int) {
        lastNumber += 1
        let entry = SessionRequest(request, number: lastNumber, compressionThreshold: compressionThreshold)
        entries[entry.id] = entry
        if let predecessor = entry.predecessor, entries[predecessor] != nil {
            dependants[predecessor, default: []].append(entry.id)
        }
        queue.append(entry.id)
        compactQueue()
    }

    subscript(id: RequestID) -> SessionRequest? { entries[id] }

    /// Changes a request, if it is there.
    mutating func update(_ id: RequestID, _ change: (inout SessionRequest) -> Void) {
        guard let index = entries.index(forKey: id) else { return }
        change(&entries.values[index])
    }

    func request(of messageID: MessageID) -> SessionRequest? { byMessage[messageID].flatMap { entries[$0] } }

    /// Those that left in the message or container with this identifier, in their order.
    func carried(by id: MessageID) -> [SessionRequest] {
        if let request = request(of: id) { return [request] }
        return all { $0.carrierID == id }
    }

    /// All that fit, in their order.
    func all(where fits: (SessionRequest) -> Bool) -> [SessionRequest] {
        entries.values.filter(fits).sorted { $0.number < $1.number }
    }

    /// Takes a request out.
    /// - Returns: it, and those that were to come after it.
    mutating func remove(_ id: RequestID) -> (request: SessionRequest, dependants: [RequestID])? {
        guard let request = entries.removeValue(forKey: id) else { return nil }
        if let messageID = request.messageID { byMessage[messageID] = nil }
        return (request, dependants.isEmpty ? [] : dependants.removeValue(forKey: id) ?? [])
    }

    /// Takes all out, in their order.
    mutating func removeAll() -> [SessionRequest] {
        let requests = all { _ in true }
        entries = [:]
        byMessage = [:]
        dependants = [:]
        queue = []
        head = 0
        return requests
    }

    func dependants(of id: RequestID) -> [RequestID] { dependants[id] ?? [] }

    // MARK: - Queue

    /// Queues a request once more: as the same message, or as a new one.
    mutating func requeue(_ id: RequestID, asNewMessage: Bool) {
        guard let index = entries.index(forKey: id) else { return }
        if asNewMessage, let messageID = entries.values[index].messageID {
            byMessage[messageID] = nil
            entries.values[index].forgetMessage()
        }
        entries.values[index].progress = .queued
        // A request that is in the queue twice is sent once: after that it is no longer queued.
        queue.append(id)
        isQueueSorted = false
        compactQueue()
    }

    /// Whether something is in the queue; it may have ended since.
    var hasQueued: Bool { head < queue.count }

    /// Takes the first request out of the queue that is still to be sent.
    mutating func nextQueued() -> SessionRequest? {
        sortQueue()
        while head < queue.count {
            let id = queue[head]
            head += 1
            if let entry = entries[id], entry.progress == .queued { return entry }
        }
        queue.removeAll(keepingCapacity: queue.capacity < 1_024)
        head = 0
        return nil
    }

    /// Puts requests back that could not be sent yet.
    mutating func putBack(_ ids: [RequestID]) {
        guard !ids.isEmpty else { return }
        queue.replaceSubrange(..<head, with: ids)
        head = 0
        isQueueSorted = false
    }

    /// A request leaves in the message with this identifier, for the first time.
    mutating func assign(_ messageID: MessageID, to id: RequestID) {
        update(id) { $0.messageID = messageID }
        byMessage[messageID] = id
    }

    private mutating func sortQueue() {
        guard !isQueueSorted else { return }
        isQueueSorted = true
        let waiting = queue[head...].compactMap { entries[$0] }.sorted { $0.number < $1.number }
        queue = waiting.map(\.id)
        head = 0
    }

    /// Forgets what has ended, when that is most of the queue.
    private mutating func compactQueue() {
        guard queue.count > 2 * entries.count + 64 else { return }
        var seen: Set<RequestID> = []
        queue = queue[head...].filter { entries[$0]?.progress == .queued && seen.insert($0).inserted }
        head = 0
    }
}
