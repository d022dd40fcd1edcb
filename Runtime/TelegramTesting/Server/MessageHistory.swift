package import MTProto

/// What a session remembers of the messages it has received, in the order of their identifiers.
///
/// Only so many are kept. What is forgotten leaves a floor: of a message below it nobody can say whether it came
/// before.
package struct MessageHistory: Sendable {
    package enum Status: Sendable, Hashable {
        /// Needs no answer of its own.
        case noted
        /// A request that is being executed.
        case running
        /// A request whose answer waits, or has been sent and not been acknowledged.
        case answered(OutgoingTicket)
        /// A request whose answer is not needed any more.
        case finished
    }

    package struct Record: Sendable {
        package let id: MessageID
        package let sequenceNumber: Int32
        package var status: Status
        /// Whether the execution went well; `nil` before its end, and for what is no request.
        package var succeeded: Bool?
        /// Whether the client has been told that it came.
        package var isAcknowledged = false
        /// When it came, on the monotonic scale.
        package let time: Duration
    }

    private let limit: Int
    private var records: [Record] = []
    /// The highest identifier that was forgotten.
    package private(set) var floor: MessageID?

    package init(limit: Int) { self.limit = max(1, limit) }

    package var count: Int { records.count }
    package var highest: MessageID? { records.last?.id }

    package subscript(id: MessageID) -> Record? {
        get {
            let index = insertionIndex(of: id)
            return index < records.count && records[index].id == id ? records[index] : nil
        }
        set {
            let index = insertionIndex(of: id)
            guard index < records.count, records[index].id == id, let newValue else { return }
            records[index] = newValue
        }
    }

    /// Whether it is impossible to know if the message has come before.
    package func isForgotten(_ id: MessageID) -> Bool { floor.map { id <= $0 } ?? false }

    /// What is wrong with a sequence number among those of the messages around it.
    package func orderProblem(of id: MessageID, sequenceNumber: Int32) -> ComplaintCode? {
        let index = insertionIndex(of: id)
        let isOdd = sequenceNumber & 1 == 1
        if index > 0 {
            let earlier = records[index - 1].sequenceNumber
            if earlier > sequenceNumber || (earlier == sequenceNumber && isOdd) { return .sequenceNumberTooLow }
        }
        if index < records.count {
            let later = records[index].sequenceNumber
            if later < sequenceNumber || (later == sequenceNumber && isOdd) { return .sequenceNumberTooHigh }
        }
        return nil
    }

    /// Adds a message that is not there yet.
    package mutating func insert(_ record: Record) {
        records.insert(record, at: insertionIndex(of: record.id))
        // Forgetting takes time in proportion to what is kept, so it happens rarely and then for many.
        if records.count > limit + limit / 4 { forget(records.count - limit) }
    }

    /// Forgets what came before `time`, unless it is still being executed.
    package mutating func forget(before time: Duration) {
        forget(records.prefix { $0.time < time && $0.status != .running }.count)
    }

    /// Forgets so many, but not what is still being executed: its answer is owed.
    private mutating func forget(_ count: Int) {
        guard count > 0 else { return }
        floor = max(floor ?? records[count - 1].id, records[count - 1].id)
        records.replaceSubrange(..<count, with: records[..<count].filter { $0.status == .running })
    }

    private func insertionIndex(of id: MessageID) -> Int {
        // Mostly messages come in order.
        guard let last = records.last, last.id >= id else { return records.count }
        var low = 0
        var high = records.count
        while low < high {
            let middle = (low + high) / 2
            if records[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
