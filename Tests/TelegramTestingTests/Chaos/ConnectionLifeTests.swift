import MTProto
import MTProtoCrypto
import TelegramAPI
import Testing

@testable import TelegramTesting

/// What a sender promises about its connection, against a server that gives it reason to keep the promise.
@Suite(.timeLimit(.minutes(10))) struct ConnectionLifeTests {
    /// A server whose answers to `help.getNearestDc` wait for a latch, with the number of those that wait.
    private final class SlowService: Sendable {
        let latch = Latch()
        let running = StateBroadcast(0)
        let cancelledCount = Locked(0)
        private let count = Locked((now: 0, most: 0))

        var most: Int { count.withLock { $0.most } }

        init(on server: TestServer) {
            server.on(TL.help.GetNearestDc.self) { [self] _, _ in
                enter(1)
                await latch.wait()
                enter(-1)
                if Task.isCancelled { cancelledCount.withLock { $0 += 1 } }
                return TL.NearestDc(country: "IT", thisDC: 1, nearestDC: 2)
            }
        }

        private func enter(_ change: Int) {
            count.withLock { count in
                count.now += change
                count.most = max(count.most, count.now)
                running.send(count.now)
            }
        }

        func waitUntil(running expected: Int) async {
            for await count in running.subscribe() where count == expected { return }
        }
    }

    // MARK: - Requests

    @Test func moreRequestsThanTheLimitWaitTheirTurn() async throws {
        try await withTestServer { server in
            let service = SlowService(on: server)
            try await server.withSender {
                $0.maximumInFlight = 50
            } _: { sender in
                let calls = Task {
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for _ in 0..<500 { group.addTask { _ = try await sender.call(TL.help.GetNearestDc()) } }
                        try await group.waitForAll()
                    }
                }
                await service.waitUntil(running: 50)
                #expect(await comesTrue { await sender.requestCount == 500 })
                #expect(service.most == 50)
                service.latch.open()
                try await calls.value
                #expect(await sender.requestCount == 0)
            }
            #expect(service.most <= 50)
            #expect(server.statistics.requests["help.getNearestDc"] == 500)
        }
    }

    @Test func cancelledTaskDropsItsOwnRequestOnly() async throws {
        try await withTestServer { server in
            let service = SlowService(on: server)
            try await server.withSender { sender in
                let calls = (0..<10).map { _ in Task { try await sender.call(TL.help.GetNearestDc()) } }
                await service.waitUntil(running: 10)
                calls[5].cancel()
                await #expect(throws: CancellationError.self) { try await calls[5].value }
                // The server is told, and stops its work.
                await service.waitUntil(running: 9)
                #expect(await sender.requestCount == 9)
                service.latch.open()
                for (number, call) in calls.enumerated() where number != 5 {
                    let answer = try await call.value
                    #expect(answer.country == "IT")
                }
            }
            #expect(service.cancelledCount.withLock { $0 } == 1)
            #expect(server.statistics.connectionsAccepted == 1)
        }
    }

    // MARK: - Reconnection

    @Test func attemptsComeFurtherAndFurtherApartAndEnd() async throws {
        let server = try await TestServer.start()
        let service = SlowService(on: server)
        let backoff = Backoff(initial: .milliseconds(4), factor: 2, maximum: .milliseconds(12))
        var delays: [[Duration]] = []
        var senders: [(Sender, Task<[Duration], Never>, Task<TL.NearestDc, any Error>)] = []
        for _ in 0..<2 {
            var configuration = try server.senderConfiguration()
            configuration.backoff = backoff
            configuration.connectionRetries = 6
            let sender = Sender(configuration: configuration)
            let states = sender.states
            try await sender.connect()
            let call = Task { try await sender.call(TL.help.GetNearestDc()) }
            let waits = Task {
                var delays: [Duration] = []
                for await state in states {
                    if case .waiting(let delay, _) = state { delays.append(delay) }
                    if case .disconnected(.some) = state { break }
                }
                return delays
            }
            senders.append((sender, waits, call))
        }
        await service.waitUntil(running: 2)
        await server.stop()
        for (sender, waits, call) in senders {
            delays.append(await waits.value)
            let error = await #expect(throws: MTProtoError.self) { try await call.value }
            #expect(error?.code == .cannotConnect, "\(String(describing: error))")
            #expect(await sender.requestCount == 0)
            let later = await #expect(throws: MTProtoError.self) { try await sender.call(TL.help.GetNearestDc()) }
            #expect(later?.code == .notConnected)
        }
        for delays in delays {
            #expect(delays.count == 6)
            for (index, delay) in delays.enumerated() {
                #expect(delay <= backoff.bound(afterFailures: index + 1), "\(delays)")
            }
        }
        #expect(delays[0] != delays[1], "the waits are random")
    }

    @Test func silentConnectionIsFoundOutAndReplaced() async throws {
        try await withTestServer { server in
            let echo = EchoService(on: server)
            var plan = FaultPlan()
            plan.toClient.script = [4: .stall]
            try await server.withSender {
                // Long enough for a slow machine, which would only mean more connections.
                $0.session.pingInterval = .milliseconds(500)
                $0.session.pingTimeout = .seconds(3)
                $0.connectionRetries = nil
            } _: { sender in
                server.faults = plan
                let calls = Task {
                    for number in 1...20 as ClosedRange<Int32> { try await EchoService.call(number, by: sender) }
                }
                #expect(await comesTrue { server.statistics.connectionsAccepted > 1 })
                server.faults = nil
                try await calls.value
            }
            #expect(echo.executedCount == 20 && echo.repeated == [])
        }
    }

    // MARK: - Ends

    /// The server does not take what is to be sent before the end.
    @Test func disconnectingTakesNoLongerThanItMay() async throws {
        let clock = ManualClock()
        try await withTestServer { server in
            let gate = Gate()
            try await server.withSender {
                $0.time = clock
            } _: { sender in
                server.core.loop.execute { gate.hold() }
                #expect(await comesTrue { gate.isHeld })
                let calls = (0..<64 as Range<Int32>).map { number in
                    let part = TL.upload.SaveFilePart(
                        fileID: 1,
                        filePart: number,
                        bytes: Array(repeating: 7, count: 1 << 19)
                    )
                    return Task { try await sender.call(part) }
                }
                #expect(await comesTrue { await sender.requestCount == 64 })
                let disconnection = Task { await sender.disconnect() }
                for call in calls { await #expect(throws: CancellationError.self) { try await call.value } }
                clock.advance(by: .seconds(10))
                await disconnection.value
                #expect(sender.state == .disconnected(nil))
                gate.release()
            }
        }
    }

    // MARK: - Ways there

    @Test func endpointThatSaysNothingCostsNoMoreThanItMay() async throws {
        let loops = EventLoopGroup(threads: 1)
        let channels = Locked<[SocketChannel]>([])
        let listener = try SocketListener.bind(host: "127.0.0.1", port: 0, loops: loops) { channel in
            channels.withLock { $0.append(channel) }
            channel.start()
        }
        try await withTestServer { server in
            var configuration = try server.senderConfiguration()
            configuration.endpoints = [Endpoint(host: "127.0.0.1", port: listener.port)]
            configuration.stepTimeout = .seconds(1)
            configuration.connectionRetries = 1
            let sender = Sender(configuration: configuration)
            let error = await #expect(throws: MTProtoError.self) { try await sender.connect() }
            #expect(error?.code == .cannotConnect)
            #expect(channels.withLock { $0.count } == 2)
            // The next endpoint is as good as the first, and has all the time it needs.
            let clock = ManualClock()
            configuration.time = clock
            configuration.endpoints += try server.senderConfiguration().endpoints
            configuration.connectionRetries = 5
            let other = Sender(configuration: configuration)
            let connecting = Task { try await other.connect() }
            let hasGoneOn = await comesTrue {
                clock.advance(by: .milliseconds(100))
                return server.statistics.connectionsAccepted > 0
            }
            #expect(hasGoneOn)
            try await connecting.value
            _ = try await other.call(TL.help.GetNearestDc())
            await other.disconnect()
        }
        await listener.close()
        await loops.shutDown()
    }

    @Test func nameWithSeveralAddressesIsTriedUntilOneAnswers() async throws {
        try await withTestServer { server in
            var configuration = try server.senderConfiguration()
            // Nobody listens on the address of the other family.
            configuration.endpoints = configuration.endpoints.map { Endpoint(host: "localhost", port: $0.port) }
            configuration.connectOptions.preferIPv6 = true
            configuration.connectionRetries = 0
            let sender = Sender(configuration: configuration)
            try await sender.connect()
            _ = try await sender.call(TL.help.GetNearestDc())
            await sender.disconnect()
        }
    }

    @Test(arguments: [TransportKind.full, .obfuscatedIntermediate])
    func everythingWorksOverIPv6(transport: TransportKind) async throws {
        try await withTestServer {
            $0.host = "::1"
        } _: { server in
            let echo = EchoService(on: server)
            try await server.withSender(transport: transport) { sender in
                try await EchoService.call(1, by: sender)
                await server.closeConnections(breakingOff: true)
                try await EchoService.call(2, by: sender)
            }
            #expect(echo.executedCount == 2 && echo.repeated == [])
        }
    }
}
