/// Bytes that have come and not been used yet: appended at the end, taken from the front, both in amortised constant
/// time a byte.
///
/// It holds what it is given and no more: whoever fills it bounds it, by taking out what is complete and by failing
/// when something incomplete announces more than it may have. A large buffer is given back as soon as it is empty, so
/// an idle connection holds next to nothing.
package struct ByteQueue: Sendable {
    /// How much room an empty queue keeps for the next bytes.
    private static let keptCapacity = 64 * 1024
    /// How much room is made ahead for what has only been announced.
    private static let maximumReservation = 1024 * 1024 + 64 * 1024
    /// From here on a buffer that is taken as a whole is handed over, since copying it costs more than making another.
    private static let handedOverCount = 32 * 1024

    private var storage: [UInt8] = []
    /// Where the first unused byte lies.
    private var head = 0

    package init() {}

    package init(_ bytes: [UInt8]) { storage = bytes }

    /// How many bytes wait.
    package var count: Int { storage.count - head }

    package var isEmpty: Bool { head == storage.count }

    /// The byte at a distance from the front; it must be there.
    package subscript(offset: Int) -> UInt8 {
        precondition(offset >= 0 && offset < count, "a byte beyond the end of the queue")
        return storage[head + offset]
    }

    // MARK: - Filling

    package mutating func append(_ bytes: UnsafeRawBufferPointer) {
        makeRoom(bytes.count)
        storage.append(contentsOf: bytes)
    }

    package mutating func append(_ bytes: [UInt8]) {
        makeRoom(bytes.count)
        storage.append(contentsOf: bytes)
    }

    package mutating func append(_ bytes: ArraySlice<UInt8>) {
        makeRoom(bytes.count)
        storage.append(contentsOf: bytes)
    }

    /// Moves the waiting bytes to the start of the buffer when that saves a larger one. They are fewer than those that
    /// were taken since the last move, hence the amortised constant time.
    private mutating func makeRoom(_ added: Int) {
        guard head > 0, head >= count, storage.count + added > storage.capacity else { return }
        storage.removeSubrange(..<head)
        head = 0
    }

    /// Makes room at once for a whole of which a part waits, so that it need not grow by and by. Whoever only announces
    /// much gets nothing: there is room for 16 times what has come, and not more than for the largest message.
    package mutating func expect(_ length: Int) {
        let wanted = Swift.min(length, Self.maximumReservation)
        guard wanted > Self.handedOverCount, storage.capacity - head < wanted, count >= wanted / 16 else { return }
        storage.removeSubrange(..<head)
        head = 0
        storage.reserveCapacity(wanted)
    }

    // MARK: - Looking

    /// A copy of at most `length` bytes from the front.
    package func prefix(_ length: Int) -> [UInt8] {
        Array(storage[head..<head + Swift.min(Swift.max(length, 0), count)])
    }

    /// A little-endian number at a distance from the front, or `nil` when its bytes have not all come.
    package func integer<T: FixedWidthInteger>(at offset: Int = 0, as type: T.Type = T.self) -> T? {
        guard offset >= 0, offset <= count - MemoryLayout<T>.size else { return nil }
        return storage.withUnsafeBytes { T(littleEndian: $0.loadUnaligned(fromByteOffset: head + offset, as: T.self)) }
    }

    /// The distance of the first such byte from the front, searched from `offset` on.
    package func firstOffset(of byte: UInt8, from offset: Int = 0) -> Int? {
        guard offset >= 0, offset <= count else { return nil }
        return storage[(head + offset)...].firstIndex(of: byte).map { $0 - head }
    }

    /// All waiting bytes, in place.
    package func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        try storage.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[head...])) }
    }

    /// The waiting bytes from a distance on, to be changed in place.
    package mutating func withUnsafeMutableBytes<R>(
        from offset: Int = 0,
        _ body: (UnsafeMutableRawBufferPointer) throws -> R
    ) rethrows -> R {
        precondition(offset >= 0 && offset <= count, "bytes beyond the end of the queue")
        let start = head + offset
        return try storage.withUnsafeMutableBytes { try body(UnsafeMutableRawBufferPointer(rebasing: $0[start...])) }
    }

    // MARK: - Taking

    /// Takes `length` bytes from the front and drops `trailing` bytes behind them, or does nothing when fewer wait.
    package mutating func consume(_ length: Int, dropping trailing: Int = 0) -> [UInt8]? {
        guard length >= 0, trailing >= 0, length <= count, trailing <= count - length else { return nil }
        guard length >= Self.handedOverCount, length + trailing == count, length >= storage.capacity / 2 else {
            let bytes = prefix(length)
            discard(length + trailing)
            return bytes
        }
        storage.removeLast(trailing)
        return consumeAll()
    }

    /// Takes all that waits.
    package mutating func consumeAll() -> [UInt8] {
        var bytes: [UInt8] = []
        swap(&bytes, &storage)
        bytes.removeSubrange(..<head)
        head = 0
        return bytes
    }

    /// Drops at most `length` bytes from the front.
    package mutating func discard(_ length: Int) {
        head += Swift.min(Swift.max(length, 0), count)
        guard isEmpty else { return }
        if storage.capacity > Self.keptCapacity {
            storage = []
        } else {
            storage.removeAll(keepingCapacity: true)
        }
        head = 0
    }
}
