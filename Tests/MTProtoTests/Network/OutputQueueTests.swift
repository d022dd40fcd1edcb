import MTProto
import Testing

extension NetworkTests {
    @Suite struct OutputQueueTests {
        @Test func bytesComeOutInOrderHoweverTheyWentIn() {
            let seed = UInt64.random(in: 0 ... .max)
            var random = SeededGenerator(seed)
            var queue = OutputQueue()
            var written: [UInt8] = []
            var taken: [UInt8] = []
            for round in 0..<3_000 {
                let size = [0, 1, 7, 300, 16_384, 16_385, 70_000].randomElement(using: &random) ?? 0
                let bytes = pattern(round % 50 == 0 ? size : size % 100, seed: round)
                queue.append(bytes)
                written += bytes
                guard Bool.random(using: &random) else { continue }
                take(upTo: Int.random(in: 0..<500, using: &random), from: &queue, into: &taken)
            }
            #expect(queue.byteCount == written.count - taken.count, "seed \(seed)")
            while !queue.isEmpty { take(upTo: .max, from: &queue, into: &taken) }
            #expect(taken == written, "seed \(seed)")
        }

        private func take(upTo limit: Int, from queue: inout OutputQueue, into taken: inout [UInt8]) {
            let part = queue.withFirst { [UInt8]($0.prefix(limit)) } ?? []
            taken += part
            if !part.isEmpty { queue.consume(part.count) }
        }

        @Test func smallWritesArePutTogetherAndLargeOnesAreNotCopied() {
            var queue = OutputQueue()
            for _ in 0..<100 { queue.append([1, 2, 3]) }
            #expect(queue.withFirst { $0.count } == 300)
            let large = [UInt8](repeating: 9, count: 1 << 20)
            queue.append(large)
            queue.consume(300)
            let isSame = queue.withFirst { lent in large.withUnsafeBytes { $0.baseAddress == lent.baseAddress } }
            #expect(isSame == true)
        }

        @Test func anEmptyQueueLendsNothing() {
            var queue = OutputQueue()
            queue.append([])
            #expect(queue.withFirst { $0.count } == nil)
            queue.append([1])
            queue.consume(1)
            #expect(queue.withFirst { $0.count } == nil)
            #expect(queue.isEmpty)
        }
    }
}
