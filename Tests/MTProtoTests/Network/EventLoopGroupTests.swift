import MTProto
import Synchronization
import Testing

extension NetworkTests {
    @Suite struct EventLoopGroupTests {
        @Test func loopsStartWhenTheyAreHandedOutAndThenTakeTurns() async throws {
            try await withLoops(3) { group in
                #expect(group.startedCount == 0)
                let loops = (0..<3).map { _ in group.next() }
                #expect(group.startedCount == 3)
                #expect(Set(loops.map(ObjectIdentifier.init)).count == 3)
                let counts = Dictionary((0..<9).map { _ in (ObjectIdentifier(group.next()), 1) }, uniquingKeysWith: +)
                #expect(counts.values.allSatisfy { $0 == 3 })
                #expect(group.startedCount == 3)
            }
        }

        @Test func theSharedGroupHasOneToFourThreads() {
            #expect((1...4).contains(EventLoopGroup.shared.threads))
        }

        // In a process of its own, since other tests open and close descriptors all the time.
        #if compiler(>=6.2)
            @Test func shutDownLeavesNoDescriptors() async throws {
                await #expect(processExitsWith: .success) {
                    let before = openDescriptorCount()
                    for _ in 0..<100 {
                        try await withLoops(2) { group in
                            let pair = try await ChannelPair.make(group)
                            await pair.client.loop.run { pair.client.start() }
                            await pair.server.loop.run { pair.server.start() }
                        }
                    }
                    // Two loops with a poller each, and a listener: a leak of one of them would be a hundred.
                    #expect(openDescriptorCount() - before < 10)
                }
            }
        #endif

        @Test func shutDownRunsWhatWaitsAndClosesWhatIsOpen() async throws {
            let group = EventLoopGroup(threads: 1)
            let pair = try await ChannelPair.make(group)
            let closed = Record<MTProtoError.Code?>()
            for channel in [pair.client, pair.server] {
                await channel.loop.run {
                    channel.onClosed = { closed.append($0?.code) }
                    channel.start()
                }
            }
            let ran = Atomic(0)
            let loop = group.next()
            for _ in 0..<1_000 { loop.execute { ran.add(1, ordering: .relaxed) } }
            await group.shutDown()
            #expect(ran.load(ordering: .relaxed) == 1_000)
            #expect(closed.all == [.notConnected, .notConnected])
            await group.shutDown()
        }

        @Test func nothingCanBeStartedAfterShutDown() async throws {
            let group = EventLoopGroup(threads: 2)
            let pair = try await ChannelPair.make(group)
            await group.shutDown()
            let closed = Promise<MTProtoError?>()
            pair.client.loop.execute {
                pair.client.onClosed = { closed.keep($0) }
                pair.client.start()
            }
            #expect(await closed.value?.code == .notConnected)
            let endpoint = Endpoint(host: "127.0.0.1", port: pair.listener.port)
            let error = try await errorOf { try await Connector.connect(to: endpoint, loop: group.next()) }
            #expect((error as? MTProtoError)?.code == .cannotConnect)
            await pair.listener.close()
        }
    }
}
