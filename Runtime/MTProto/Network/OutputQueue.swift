/// Bytes that wait to be sent. Large arrays are kept as they are; small ones are put together, so that the packets of
/// one turn leave in one call.
package struct OutputQueue: Sendable {
    /// How large an array may become by adding to it.
    private static let mergedSize = 64 << 10
    /// What is larger is not copied.
    private static let copiedSize = 16 << 10

    private var chunks: [[UInt8]] = []
    private var head = 0
    /// How much of the first array has been sent.
    private var offset = 0
    /// How many bytes wait.
    package private(set) var byteCount = 0

    package init() {}

    package var isEmpty: Bool { byteCount == 0 }

    package mutating func append(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        byteCount += bytes.count
        let last = chunks.count - 1
        if last >= head, bytes.count <= Self.copiedSize, chunks[last].count + bytes.count <= Self.mergedSize {
            chunks[last].append(contentsOf: bytes)
        } else {
            chunks.append(bytes)
        }
    }

    /// Lends the bytes that come next; `nil` when there are none.
    package func withFirst<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result? {
        guard head < chunks.count else { return nil }
        return chunks[head].withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[offset...])) }
    }

    /// Drops bytes of the array that ``withFirst(_:)`` has lent.
    package mutating func consume(_ count: Int) {
        byteCount -= count
        offset += count
        guard offset == chunks[head].count else { return }
        chunks[head] = []
        offset = 0
        head += 1
        if head == chunks.count {
            chunks.removeAll(keepingCapacity: chunks.capacity <= 16)
            head = 0
        } else if head >= 64, head * 2 >= chunks.count {
            chunks.removeFirst(head)
            head = 0
        }
    }

    package mutating func removeAll() { self = OutputQueue() }
}
