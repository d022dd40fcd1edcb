import MTProto
import MTProtoCrypto
import TelegramAPI
import Testing

@testable import TelegramTesting

/// Clients that were not running for a while, on the same clocks as the server.
@Suite(.timeLimit(.minutes(10))) struct PausedProcessTests {
    private let clock = ManualClock()

    /// - Parameter isPatient: Whether the server keeps connections on which nothing comes.
    private func withConnection(
        isPatient: Bool,
        _ change: (inout SenderConfiguration) -> Void = { _ in },
        _ body: (TestServer, Sender, EchoService) async throws -> Void
    ) async throws {
        let clock = clock
        try await withTestServer { configuration in
            configuration.time = clock
        } _: { server in
            let echo = EchoService(on: server)
            try await server.withSender { configuration in
                configuration.time = clock
                if isPatient { configuration.session.serverDisconnectDelay = 1_000_000 }
                change(&configuration)
            } _: { sender in
                try await EchoService.call(1, by: sender)
                try await body(server, sender, echo)
            }
            #expect(echo.repeated == [])
        }
    }

    @Test(arguments: [301, 600, 86_400])
    func serviceGoesOnWhenTheConnectionStillStands(seconds: Int) async throws {
        try await withConnection(isPatient: true) { server, sender, _ in
            clock.advance(by: .seconds(seconds))
            let before = server.statistics
            try await EchoService.call(2, by: sender)
            let after = server.statistics
            #expect(after.packetsReceived - before.packetsReceived <= 4)
            #expect(after.connectionsAccepted == 1)
            try #require(server.sessions.first).push(update(7))
            #expect(try await nextUpdates(of: sender) == [7])
        }
    }

    @Test(arguments: [301, 600, 86_400])
    func serviceGoesOnWhenTheServerHasHungUp(seconds: Int) async throws {
        try await withConnection(isPatient: false) { server, sender, _ in
            clock.advance(by: .seconds(seconds))
            try await EchoService.call(2, by: sender)
            #expect(await comesTrue { server.statistics.connectionsOpen == 1 })
            #expect(server.statistics.connectionsAccepted <= 2)
            #expect(server.statistics.refusedMessages.values.reduce(0, +) <= 1, "\(server.statistics.refusedMessages)")
            try #require(server.sessions.first).push(update(7))
            #expect(try await nextUpdates(of: sender) == [7])
        }
    }

    /// Temporary keys expire while nobody looks.
    @Test func serviceGoesOnWhenTheTemporaryKeyHasExpired() async throws {
        try await withConnection(isPatient: false) {
            $0.forwardSecrecy = true
        } _: { server, sender, _ in
            clock.advance(by: .seconds(7 * 86_400))
            try await EchoService.call(2, by: sender)
            #expect(server.statistics.keyExchanges == 3, "a permanent key and two temporary ones")
        }
    }

    // MARK: - Calls that were under way

    /// The server is still at work on the call when the process goes on.
    @Test(arguments: [true, false], [301, 700])
    func callThatWasUnderWayIsAnswered(isPatient: Bool, seconds: Int) async throws {
        try await withConnection(isPatient: isPatient) { server, sender, echo in
            let (begun, latch) = (Latch(), Latch())
            let executions = Locked(0)
            server.on(TL.help.GetNearestDc.self) { _, _ in
                executions.withLock { $0 += 1 }
                begun.open()
                await latch.wait()
                return TL.NearestDc(country: "IT", thisDC: 1, nearestDC: 2)
            }
            async let answer = sender.call(TL.help.GetNearestDc())
            await begun.wait()
            clock.advance(by: .seconds(seconds))
            // The client is back before the answer is there.
            try await EchoService.call(2, by: sender)
            latch.open()
            #expect(try await answer.country == "IT")
            #expect(executions.withLock { $0 } == 1)
        }
    }

    /// The answer lies in the socket, or in what the server keeps, when the process goes on.
    @Test(arguments: [true, false])
    func answerThatCameDuringThePauseIsTaken(isPatient: Bool) async throws {
        let loops = EventLoopGroup(threads: 1)
        let loop = loops.next()
        try await withConnection(isPatient: isPatient) {
            $0.eventLoop = loop
        } _: { server, sender, echo in
            let (begun, latch) = (Latch(), Latch())
            let executions = Locked(0)
            server.on(TL.help.GetNearestDc.self) { _, _ in
                executions.withLock { $0 += 1 }
                begun.open()
                await latch.wait()
                return TL.NearestDc(country: "IT", thisDC: 1, nearestDC: 2)
            }
            async let answer = sender.call(TL.help.GetNearestDc())
            await begun.wait()
            // From here on the client does not run.
            let gate = Gate()
            loop.execute { gate.hold() }
            #expect(await comesTrue { gate.isHeld })
            let sent = server.statistics.packetsSent
            latch.open()
            #expect(await comesTrue { server.statistics.packetsSent > sent })
            clock.advance(by: .seconds(600))
            gate.release()
            #expect(try await answer.country == "IT")
            try await EchoService.call(2, by: sender)
            #expect(executions.withLock { $0 } == 1)
        }
        await loops.shutDown()
    }

    /// The server has forgotten everything about the call, so nobody can know whether it was executed.
    @Test func callThatTheServerHasForgottenIsNotRepeated() async throws {
        try await withConnection(isPatient: false) { server, sender, echo in
            let executions = Locked(0)
            server.answer(TL.help.GetNearestDc.self) { _, _ in
                executions.withLock { $0 += 1 }
                return TL.NearestDc(country: "IT", thisDC: 1, nearestDC: 2)
            }
            server.onNext(TL.help.GetNearestDc.self, .closeBeforeAnswer)
            let answer = Task { try await sender.call(TL.help.GetNearestDc()) }
            #expect(await comesTrue { executions.withLock { $0 } == 1 })
            clock.advance(by: .seconds(7_200))
            let error = await #expect(throws: MTProtoError.self) { _ = try await answer.value }
            #expect(error?.code == .outcomeUnknown)
            try await EchoService.call(2, by: sender)
            #expect(executions.withLock { $0 } == 1)
        }
    }
}
