import MTProto
import MTProtoCrypto
import Testing

struct ByteQueueTests {
    @Test func whatIsAppendedComesOutInOrder() {
        var queue = ByteQueue([1, 2])
        queue.append([3, 4, 5])
        queue.append([0, 6, 7, 0][1...2])
        [UInt8]([8]).withUnsafeBytes { queue.append($0) }
        #expect(queue.consume(3) == [1, 2, 3])
        #expect(queue.count == 5)
        #expect(queue[0] == 4)
        #expect(queue.prefix(100) == [4, 5, 6, 7, 8])
        #expect(queue.consumeAll() == [4, 5, 6, 7, 8])
        #expect(queue.isEmpty)
    }

    @Test func takingMoreThanThereIsTakesNothing() {
        var queue = ByteQueue([1, 2])
        #expect(queue.consume(3) == nil)
        #expect(queue.consume(-1) == nil)
        #expect(queue.count == 2)
        #expect(queue.consume(0) == [])
        queue.discard(100)
        #expect(queue.isEmpty)
    }

    @Test func numbersAreLittleEndianAndComplete() {
        var queue = ByteQueue([0xaa, 1, 2, 3, 0x80])
        queue.discard(1)
        #expect(queue.integer(as: UInt32.self) == 0x8003_0201)
        #expect(queue.integer(at: 1, as: UInt16.self) == 0x0302)
        #expect(queue.integer(at: 1, as: UInt32.self) == nil)
        #expect(queue.integer(at: -1, as: UInt8.self) == nil)
        #expect(queue.integer(at: Int.max, as: UInt64.self) == nil)
    }

    @Test func bytesAreFoundFromAnOffset() {
        var queue = ByteQueue([9, 10, 1, 10, 2])
        queue.discard(1)
        #expect(queue.firstOffset(of: 10) == 0)
        #expect(queue.firstOffset(of: 10, from: 1) == 2)
        #expect(queue.firstOffset(of: 10, from: 3) == nil)
        #expect(queue.firstOffset(of: 10, from: 5) == nil)
    }

    @Test func waitingBytesCanBeChangedInPlace() {
        var queue = ByteQueue([1, 2, 3, 4])
        queue.discard(1)
        queue.withUnsafeMutableBytes(from: 1) { bytes in
            for index in bytes.indices { bytes[index] += 0x10 }
        }
        #expect(queue.prefix(3) == [2, 0x13, 0x14])
    }

    @Test func trailingBytesAreDroppedWithWhatIsTaken() {
        for count in [4, 40_000] {
            for rest in [0, 1, 7] {
                var queue = ByteQueue(
                    [0xff] + [UInt8](repeating: 1, count: count) + [2, 3] + [UInt8](repeating: 4, count: rest)
                )
                queue.discard(1)
                #expect(queue.consume(count, dropping: 3 + rest) == nil)
                #expect(queue.consume(count, dropping: -1) == nil)
                #expect(queue.consume(count, dropping: 2) == [UInt8](repeating: 1, count: count))
                #expect(queue.prefix(10) == [UInt8](repeating: 4, count: rest))
            }
        }
    }

    /// With small pieces, and with ones for which the queue makes room ahead and hands its buffer over.
    @Test(arguments: [1, 2, 3, 4] as [UInt64], [200, 60_000])
    func itBehavesAsAnArray(seed: UInt64, size: Int) throws {
        let random = TransportRandom(seed: seed)
        var queue = ByteQueue()
        var model: [UInt8] = []
        for _ in 0..<600 {
            switch random.number(below: 5) {
            case 0, 1:
                let bytes = random.bytes(random.number(below: size))
                queue.append(bytes)
                model += bytes
            case 2:
                queue.expect(random.number(below: 4 * size))
            case 3:
                #expect(queue.consume(queue.count) == model, "seed \(seed)")
                model = []
            default:
                let count = random.number(below: size)
                let trailing = random.number(below: 3)
                let fits = count + trailing <= model.count
                let taken = queue.consume(count, dropping: trailing)
                #expect(taken == (fits ? Array(model.prefix(count)) : nil), "seed \(seed)")
                if fits { model.removeFirst(count + trailing) }
            }
            try #require(queue.count == model.count, "seed \(seed)")
        }
        #expect(queue.prefix(queue.count) == model, "seed \(seed)")
    }

    @Test func roomIsMadeOnlyForWhatIsOnItsWay() {
        // Where the bytes lie shows whether the queue had to move them.
        func address(_ queue: ByteQueue) -> UnsafeRawPointer? { queue.withUnsafeBytes(\.baseAddress) }
        var queue = ByteQueue([UInt8](repeating: 1, count: 70_000))
        queue.expect(1_000_000)
        let before = address(queue)
        queue.append([UInt8](repeating: 2, count: 900_000))
        #expect(address(queue) == before)
        #expect(queue.count == 970_000)
    }
}
