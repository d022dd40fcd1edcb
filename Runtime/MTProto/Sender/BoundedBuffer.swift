/// Keeps the newest elements, up to a number and a weight, and counts those it had to drop.
package struct BoundedBuffer<Element: Sendable>: Sendable {
    private let maximumCount: Int
    private let maximumBytes: Int
    private var items: [(element: Element, byteCount: Int)] = []
    private var head = 0
    private var bytes = 0
    /// Elements dropped since the last ``takeAll()``; all of them were older than those that are left.
    package private(set) var droppedCount = 0

    package init(maximumCount: Int, maximumBytes: Int) {
        precondition(maximumCount > 0, "a buffer must hold at least one element")
        self.maximumCount = maximumCount
        self.maximumBytes = maximumBytes
    }

    package var count: Int { items.count - head }
    package var isEmpty: Bool { count == 0 }

    /// Adds an element, and drops the oldest ones that exceed a limit; the newest one always stays.
    package mutating func append(_ element: Element, byteCount: Int) {
        items.append((element, byteCount))
        bytes += byteCount
        guard count > maximumCount || bytes > maximumBytes else { return }
        while count > maximumCount || (bytes > maximumBytes && count > 1) {
            bytes -= items[head].byteCount
            head += 1
            droppedCount += 1
        }
        // Dropped elements keep their memory until they are moved out; doing so rarely keeps it linear.
        if head > maximumCount / 2 || head > items.count / 2 {
            items.removeFirst(head)
            head = 0
        }
    }

    /// Empties the buffer.
    package mutating func takeAll() -> (elements: [Element], droppedCount: Int) {
        defer {
            items = []
            head = 0
            bytes = 0
            droppedCount = 0
        }
        return (items[head...].map(\.element), droppedCount)
    }
}
