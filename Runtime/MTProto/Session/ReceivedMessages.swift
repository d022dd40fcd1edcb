/// The newest identifiers that have come, so that no message is taken twice.
///
/// See <https://core.telegram.org/mtproto/security_guidelines#checking-msg-id>.
struct ReceivedMessages: Sendable {
    enum Verdict: Sendable {
        case new
        /// It has come before.
        case known
        /// It is older than everything that is remembered, so it may have come before.
        case forgotten
    }

    private let limit: Int
    /// Ascending, from `head` on.
    private var identifiers: ContiguousArray<MessageID> = []
    private var head = 0
    /// Whether identifiers have been dropped, so that lower ones are uncertain.
    private var hasDropped = false

    init(limit: Int) {
        self.limit = max(limit, 1)
        identifiers.reserveCapacity(2 * self.limit)
    }

    var count: Int { identifiers.count - head }
    /// The highest one that has come.
    var newest: MessageID? { count > 0 ? identifiers[identifiers.count - 1] : nil }

    /// Whether an identifier is higher than all that have come.
    func isNewest(_ id: MessageID) -> Bool { newest.map { id > $0 } ?? true }

    func verdict(on id: MessageID) -> Verdict {
        guard let newest, id <= newest else { return .new }
        let position = insertionPoint(of: id)
        if identifiers[position] == id { return .known }
        return hasDropped && position == head ? .forgotten : .new
    }

    /// Remembers an identifier, and forgets the lowest when there are too many.
    mutating func insert(_ id: MessageID) {
        if let newest, id <= newest {
            let position = insertionPoint(of: id)
            guard identifiers[position] != id else { return }
            identifiers.insert(id, at: position)
        } else {
            identifiers.append(id)
        }
        guard count > limit else { return }
        head += 1
        hasDropped = true
        // Room is given back rarely, so that an insertion stays cheap.
        if head >= limit {
            identifiers.removeFirst(head)
            head = 0
        }
    }

    /// The first position whose identifier is not lower. There must be one.
    private func insertionPoint(of id: MessageID) -> Int {
        var (low, high) = (head, identifiers.count - 1)
        while low < high {
            let middle = low + (high - low) / 2
            if identifiers[middle] < id { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
