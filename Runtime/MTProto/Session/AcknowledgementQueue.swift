/// Identifiers of content-related messages that the server waits to see acknowledged.
///
/// They travel with the next packet; they make a packet of their own only when there are many of them, or when they
/// have waited for long.
struct AcknowledgementQueue: Sendable {
    /// Acknowledgments that have left, in case the server wants or refuses their packet.
    private struct Sent: Sendable {
        let messageID: MessageID
        var carrierID: MessageID
        let identifiers: [Int64]
    }

    private static let historyLimit = 10

    private let delay: Duration
    private let maximumCount: Int
    private var queue: [Int64] = []
    private var history: [Sent] = []
    /// When the first of the queue must have left, on the monotonic scale.
    private(set) var deadline: Duration?

    init(delay: Duration, maximumCount: Int) {
        self.delay = delay
        self.maximumCount = maximumCount
    }

    var count: Int { queue.count }

    mutating func append(_ id: MessageID, at now: TimeReading) {
        // Beyond the largest acknowledgment nothing is gained by keeping more: the server sends again what it misses.
        guard queue.last != id.rawValue, queue.count < MessageContent.maximumIdentifierCount else { return }
        queue.append(id.rawValue)
        if deadline == nil { deadline = now.monotonic + delay }
    }

    /// Whether they must leave even when nothing else does.
    func isDue(at now: TimeReading) -> Bool {
        guard let deadline else { return false }
        return queue.count > maximumCount || deadline <= now.monotonic
    }

    /// Takes what waits, for the message with this identifier.
    mutating func take(for messageID: MessageID) -> [Int64] {
        defer {
            queue = []
            deadline = nil
        }
        if history.count == Self.historyLimit { history.removeFirst() }
        history.append(Sent(messageID: messageID, carrierID: messageID, identifiers: queue))
        return queue
    }

    /// Notes the container that a message left in.
    mutating func carried(_ messageID: MessageID, by carrierID: MessageID) {
        guard let index = history.lastIndex(where: { $0.messageID == messageID }) else { return }
        history[index].carrierID = carrierID
    }

    /// Puts back what left in the message or container with this identifier.
    /// - Returns: whether anything did.
    mutating func putBack(_ id: MessageID, at now: TimeReading) -> Bool {
        let returned = history.filter { $0.messageID == id || $0.carrierID == id }
        guard !returned.isEmpty else { return false }
        history.removeAll { $0.messageID == id || $0.carrierID == id }
        for identifier in returned.flatMap(\.identifiers) { append(MessageID(identifier), at: now) }
        return true
    }
}
