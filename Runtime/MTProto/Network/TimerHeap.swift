/// Timers by deadline; those with the same deadline in the order in which they were set.
package struct TimerHeap: Sendable {
    private struct Entry: Sendable {
        let deadline: Int64
        let id: UInt64

        func comesBefore(_ other: Entry) -> Bool { (deadline, id) < (other.deadline, other.id) }
    }

    /// A binary heap. It also holds cancelled timers until they reach the top or are too many.
    private var entries: [Entry] = []
    /// The timers that have neither fired nor been cancelled.
    private var bodies: [UInt64: @Sendable () -> Void] = [:]
    /// The number of the next timer; all that exist have smaller ones.
    package private(set) var nextID: UInt64 = 0

    package init() {}

    package var count: Int { bodies.count }

    /// How many places are taken, cancelled timers included.
    package var heapCount: Int { entries.count }

    package mutating func insert(deadline: Int64, _ body: @escaping @Sendable () -> Void) -> UInt64 {
        let entry = Entry(deadline: deadline, id: nextID)
        nextID += 1
        bodies[entry.id] = body
        entries.append(entry)
        moveUp(entries.count - 1)
        return entry.id
    }

    package mutating func cancel(_ id: UInt64) {
        guard bodies.removeValue(forKey: id) != nil else { return }
        // Timers are mostly set in case something fails, and cancelled: without this the heap would hold them for
        // minutes.
        if entries.count > 64, entries.count > bodies.count * 2 { dropCancelled() }
    }

    /// When the next timer is due; cancelled ones on the way are dropped.
    package mutating func nextDeadline() -> Int64? {
        while let first = entries.first {
            if bodies[first.id] != nil { return first.deadline }
            removeFirst()
        }
        return nil
    }

    /// Takes out the first timer that is due, if it was set before number `limit`: those that are set while others fire
    /// wait for the next round, so that no chain of timers can hold the loop.
    package mutating func popDue(at now: Int64, before limit: UInt64) -> (@Sendable () -> Void)? {
        guard let deadline = nextDeadline(), deadline <= now, let first = entries.first, first.id < limit else {
            return nil
        }
        removeFirst()
        return bodies.removeValue(forKey: first.id)
    }

    package mutating func removeAll() {
        entries.removeAll()
        bodies.removeAll()
    }

    private mutating func dropCancelled() {
        // A sorted array is a heap.
        entries = entries.filter { bodies[$0.id] != nil }.sorted { $0.comesBefore($1) }
    }

    private mutating func removeFirst() {
        entries.swapAt(0, entries.count - 1)
        entries.removeLast()
        moveDown(0)
    }

    private mutating func moveUp(_ start: Int) {
        var index = start
        while index > 0 {
            let parent = (index - 1) / 2
            guard entries[index].comesBefore(entries[parent]) else { return }
            entries.swapAt(index, parent)
            index = parent
        }
    }

    private mutating func moveDown(_ start: Int) {
        var index = start
        while true {
            var smallest = index
            for child in [2 * index + 1, 2 * index + 2] where child < entries.count {
                if entries[child].comesBefore(entries[smallest]) { smallest = child }
            }
            guard smallest != index else { return }
            entries.swapAt(index, smallest)
            index = smallest
        }
    }
}
