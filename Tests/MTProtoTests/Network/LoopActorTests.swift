import MTProto
import Testing

extension NetworkTests {
    /// An actor at home on a loop.
    actor Resident {
        nonisolated let loop: EventLoop
        private var peer: Resident?
        private(set) var count = 0
        private(set) var received: [UInt8] = []
        private var channel: SocketChannel?
        private var timer: LoopTimer?

        nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

        init(_ loop: EventLoop) { self.loop = loop }

        func meet(_ peer: Resident) { self.peer = peer }

        func count(upTo limit: Int) async {
            while count < limit {
                count += 1
                await peer?.countOne()
            }
        }

        func countOne() {
            count += 1
            loop.preconditionCurrent()
        }

        /// Handlers written the way a connection's owner writes them.
        func own(_ channel: SocketChannel, done: Promise<[UInt8]>) {
            self.channel = channel
            channel.onBytes = { [weak self] bytes in
                self?.assumeIsolated { $0.received += bytes }
            }
            channel.onClosed = { [weak self] _ in
                self?.assumeIsolated { done.keep($0.received) }
            }
            channel.start()
        }

        func startTimer(_ done: Promise<Int>) {
            timer = loop.schedule(after: .zero) { [weak self] in
                self?.assumeIsolated {
                    $0.count += 1
                    done.keep($0.count)
                }
            }
        }
    }

    @Suite struct LoopActorTests {
        @Test func anActorRunsOnItsLoopAndHandlersAreInsideIt() async throws {
            try await withLoops { group in
                let pair = try await ChannelPair.make(group)
                let resident = Resident(pair.client.loop)
                await resident.countOne()
                let received = Promise<[UInt8]>()
                await resident.own(pair.client, done: received)
                pair.server.loop.execute {
                    pair.server.start()
                    pair.server.write([1, 2, 3])
                    pair.server.close()
                }
                #expect(await received.value == [1, 2, 3])
                let timer = Promise<Int>()
                await resident.startTimer(timer)
                #expect(await timer.value == 2)
            }
        }

        @Test func isolationIsDeniedOutsideTheLoop() async throws {
            try await withLoops(2) { group in
                let first = group.next()
                let second = group.next()
                #expect(first !== second)
                #expect(first.isIsolatingCurrentContext() == false)
                #expect(await first.run { first.isIsolatingCurrentContext() } == true)
                #expect(await first.run { second.isIsolatingCurrentContext() } == false)
                #expect(await first.run { second.isCurrent } == false)
            }
        }

        @Test func hundredThousandHopsBetweenTwoLoops() async throws {
            try await withLoops(2) { group in
                let first = Resident(group.next())
                let second = Resident(group.next())
                await first.meet(second)
                await first.count(upTo: 50_000)
                #expect(await first.count == 50_000)
                #expect(await second.count == 50_000)
            }
        }

        @Test func actorsOfOneLoopNeverRunAtTheSameTime() async throws {
            try await withLoops { group in
                let loop = group.next()
                let residents = (0..<10).map { _ in Resident(loop) }
                await withTaskGroup(of: Void.self) { tasks in
                    for resident in residents {
                        for _ in 0..<500 { tasks.addTask { await resident.countOne() } }
                    }
                }
                for resident in residents { #expect(await resident.count == 500) }
            }
        }

        @Test func anActorOutlivesItsLoop() async throws {
            let group = EventLoopGroup(threads: 1)
            let resident = Resident(group.next())
            await resident.countOne()
            await group.shutDown()
            for _ in 0..<100 { await resident.countOne() }
            #expect(await resident.count == 101)
        }
    }
}
