/// Lets in so many requests and bytes at a time; others wait in line, first come, first served.
///
/// Nobody overtakes: a large request at the head of the line holds back small ones behind it, else it might wait
/// forever.
package struct RequestLimiter: Sendable {
    private let maximumCount: Int
    private let maximumBytes: Int
    private var count = 0
    private var bytes = 0
    /// Those in line, with what they weigh. One that gave up has left this table, but not `line`.
    private var waiting: [RequestID: Int] = [:]
    private var line: [RequestID] = []
    private var head = 0

    package init(maximumCount: Int, maximumBytes: Int) {
        precondition(maximumCount > 0, "at least one request must be let in")
        self.maximumCount = maximumCount
        self.maximumBytes = maximumBytes
    }

    /// How many are let in and have not left.
    package var admittedCount: Int { count }
    /// How many are in line.
    package var waitingCount: Int { waiting.count }

    /// Lets a request in, or puts it in line.
    /// - Returns: whether it is in; if not, ``release(byteCount:)`` names it later.
    package mutating func admit(_ id: RequestID, byteCount: Int) -> Bool {
        if waiting.isEmpty, fits(byteCount) {
            enter(byteCount)
            return true
        }
        waiting[id] = byteCount
        line.append(id)
        return false
    }

    /// A request that was let in is over.
    /// - Returns: those from the line that are let in now, in order.
    package mutating func release(byteCount: Int) -> [RequestID] {
        count -= 1
        bytes -= byteCount
        return admitFromLine()
    }

    /// A request leaves the line before its turn.
    /// - Returns: those behind it that fit now; `nil` when it is not in line.
    package mutating func giveUp(_ id: RequestID) -> [RequestID]? {
        guard waiting.removeValue(forKey: id) != nil else { return nil }
        return admitFromLine()
    }

    /// Starts anew, with nobody in and nobody in line.
    package mutating func removeAll() {
        self = RequestLimiter(maximumCount: maximumCount, maximumBytes: maximumBytes)
    }

    private mutating func admitFromLine() -> [RequestID] {
        var admitted: [RequestID] = []
        while head < line.count {
            let id = line[head]
            if let byteCount = waiting[id] {
                guard fits(byteCount) else { break }
                waiting[id] = nil
                enter(byteCount)
                admitted.append(id)
            }
            head += 1
        }
        if head > 64, head > line.count / 2 {
            line.removeFirst(head)
            head = 0
        }
        return admitted
    }

    /// A request that is larger than everything together may be is let in alone.
    private func fits(_ byteCount: Int) -> Bool {
        count < maximumCount && (count == 0 || bytes + byteCount <= maximumBytes)
    }

    private mutating func enter(_ byteCount: Int) {
        count += 1
        bytes += byteCount
    }
}
