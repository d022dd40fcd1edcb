import MTProto
import Testing

struct BoundedStreamTests {
    private enum Item: Sendable, Equatable {
        case number(Int)
        case dropped(Int)
    }

    private func stream(count: Int, bytes: Int = .max) -> BoundedStream<Item> {
        BoundedStream(maximumCount: count, maximumBytes: bytes) { .dropped($0) }
    }

    @Test func elementsComeInOrderAndAtOnce() async {
        let stream = stream(count: 10)
        for number in 1...3 { stream.send(.number(number)) }
        #expect(await stream.nextBatch() == [.number(1), .number(2), .number(3)])
    }

    @Test func oldestElementsGiveWayAndLeaveAMark() async {
        let stream = stream(count: 10)
        for number in 1...1_005 { stream.send(.number(number)) }
        #expect(await stream.nextBatch() == [.dropped(995)] + (996...1_005).map { .number($0) })
        stream.send(.number(1_006))
        #expect(await stream.nextBatch() == [.number(1_006)], "the mark comes once")
    }

    @Test func bytesAreLimitedToo() async {
        let stream = stream(count: 10, bytes: 100)
        for number in 1...4 { stream.send(.number(number), byteCount: 40) }
        #expect(await stream.nextBatch() == [.dropped(2), .number(3), .number(4)])
    }

    @Test func elementLargerThanTheLimitStaysAlone() async {
        let stream = stream(count: 10, bytes: 100)
        stream.send(.number(1), byteCount: 1)
        stream.send(.number(2), byteCount: 5_000)
        #expect(await stream.nextBatch() == [.dropped(1), .number(2)])
    }

    @Test func consumerThatWaitsGetsWhatIsSentLater() async {
        let stream = stream(count: 10)
        async let batch = stream.nextBatch()
        stream.send(.number(1))
        #expect(await batch == [.number(1)])
    }

    @Test func cancelledConsumerStopsWaiting() async {
        let stream = stream(count: 10)
        let consumer = Task { await stream.nextBatch() }
        consumer.cancel()
        #expect(await consumer.value == [])
        stream.send(.number(1))
        #expect(await stream.nextBatch() == [.number(1)], "nothing is lost to a consumer that has gone")
    }

    @Test func loopEndsWithTheStream() async {
        let stream = stream(count: 10)
        stream.send(.number(1))
        stream.send(.number(2))
        stream.finish()
        stream.send(.number(3))
        var found: [Item] = []
        for await item in stream { found.append(item) }
        #expect(found == [.number(1), .number(2)])
    }

    @Test func producersOnManyThreadsLoseNothing() async {
        let stream = stream(count: 100_000)
        await withTaskGroup(of: Void.self) { group in
            for producer in 0..<4 {
                group.addTask { for number in 0..<1_000 { stream.send(.number(producer * 1_000 + number)) } }
            }
            var found: [Item] = []
            while found.count < 4_000, !Task.isCancelled { found += await stream.nextBatch() }
            #expect(Set(found.map { "\($0)" }).count == 4_000)
        }
    }
}
