import MTProto
import Testing

struct StateBroadcastTests {
    private func collect(_ stream: AsyncStream<Int>) async -> [Int] {
        var found: [Int] = []
        for await value in stream { found.append(value) }
        return found
    }

    @Test func everySubscriberGetsTheCurrentValueFirst() async {
        let broadcast = StateBroadcast(1)
        let early = broadcast.subscribe()
        broadcast.send(2)
        let late = broadcast.subscribe()
        broadcast.send(3)
        broadcast.finish()
        #expect(await collect(early) == [1, 2, 3])
        #expect(await collect(late) == [2, 3])
    }

    @Test func sameValueIsNoChange() async {
        let broadcast = StateBroadcast(1)
        let stream = broadcast.subscribe()
        for value in [1, 2, 2, 1] { broadcast.send(value) }
        broadcast.finish()
        #expect(await collect(stream) == [1, 2, 1])
    }

    @Test func slowSubscriberFindsTheNewest() async {
        let broadcast = StateBroadcast(0)
        let stream = broadcast.subscribe()
        for value in 1...1_000 { broadcast.send(value) }
        broadcast.finish()
        let found = await collect(stream)
        #expect(found.last == 1_000)
        #expect(found.count == StateBroadcast<Int>.bufferedCount)
    }

    @Test func subscriberThatLeavesIsForgotten() async {
        let broadcast = StateBroadcast(0)
        do {
            let stream = broadcast.subscribe()
            for await _ in stream { break }
            #expect(broadcast.subscriberCount <= 1)
        }
        #expect(broadcast.subscriberCount == 0)
    }

    @Test func streamsEndWithTheBroadcast() async {
        var broadcast: StateBroadcast<Int>? = StateBroadcast(7)
        guard let stream = broadcast?.subscribe() else { return }
        broadcast = nil
        #expect(await collect(stream) == [7])
    }

    @Test func subscriptionAfterTheEndStillTellsTheLastValue() async {
        let broadcast = StateBroadcast(7)
        broadcast.finish()
        #expect(await collect(broadcast.subscribe()) == [7])
    }
}
