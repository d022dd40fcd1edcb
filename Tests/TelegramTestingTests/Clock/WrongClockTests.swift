import MTProto
import TelegramAPI
import Testing

@testable import TelegramTesting

/// Clients and servers that disagree about the time.
@Suite(.timeLimit(.minutes(10))) struct WrongClockTests {
    private static let hours: [Int] = [-24, -3, 3, 24]

    /// What a sender has said about the time so far.
    private func corrections(_ sender: Sender) async -> [Duration] {
        sender.notices.finish()
        var corrections: [Duration] = []
        for await notice in sender.notices {
            if case .timeCorrected(let offset) = notice { corrections.append(offset) }
        }
        return corrections
    }

    private func isAbout(_ offset: Duration?, _ expected: Duration) -> Bool {
        guard let offset else { return false }
        return offset > expected - .seconds(60) && offset < expected + .seconds(60)
    }

    // MARK: - From the start

    @Test(arguments: hours)
    func keyExchangeSetsTheClockRight(hours: Int) async throws {
        try await withTestServer { server in
            let echo = EchoService(on: server)
            let time = SkewedTime()
            time.skew = .seconds(hours * 3_600)
            try await server.withSender {
                $0.time = time
            } _: { sender in
                try await EchoService.call(1, by: sender)
                #expect(isAbout(await corrections(sender).last, .seconds(-hours * 3_600)))
            }
            #expect(server.statistics.refusedMessages == [:], "the key exchange has told the time")
            #expect(server.statistics.connectionsAccepted == 1)
            #expect(echo.executions(of: 1) == 1)
        }
    }

    /// Without a key exchange there is nothing but the wall clock to begin with.
    @Test(arguments: hours, [TransportKind.full, .http])
    func firstRefusalSetsTheClockRight(hours: Int, transport: TransportKind) async throws {
        try await withTestServer { server in
            let echo = EchoService(on: server)
            var credentials = try #require(try await server.withSender { await $0.credentials })
            credentials.timeOffset = nil
            let before = server.statistics
            let time = SkewedTime()
            time.skew = .seconds(hours * 3_600)
            try await server.withSender(transport: transport, credentials: credentials) {
                $0.time = time
            } _: { sender in
                try await EchoService.call(1, by: sender)
                #expect(isAbout(await corrections(sender).last, .seconds(-hours * 3_600)))
            }
            let refused = server.statistics.refusedMessages.values.reduce(0, +)
            #expect((1...2).contains(refused), "\(server.statistics.refusedMessages)")
            #expect(server.statistics.packetsReceived - before.packetsReceived <= 10)
            if transport == .full { #expect(server.statistics.connectionsAccepted == 2) }
            #expect(echo.executions(of: 1) == 1)
        }
    }

    /// The offset is from a time when the machine's clock was wrong, and now it is not.
    @Test(arguments: hours)
    func offsetThatIsOutOfDateIsCorrected(hours: Int) async throws {
        try await withTestServer { server in
            let echo = EchoService(on: server)
            var credentials = try #require(try await server.withSender { await $0.credentials })
            credentials.timeOffset = .seconds(hours * 3_600)
            try await server.withSender(credentials: credentials) { sender in
                try await EchoService.call(1, by: sender)
                #expect(isAbout(await corrections(sender).last, .zero))
            }
            #expect(server.statistics.refusedMessages.values.reduce(0, +) <= 2)
            #expect(server.statistics.connectionsAccepted == 2)
            #expect(echo.executions(of: 1) == 1)
        }
    }

    @Test func offsetThatIsKeptSparesTheRefusal() async throws {
        try await withTestServer { server in
            let echo = EchoService(on: server)
            let time = SkewedTime()
            time.skew = .seconds(3 * 3_600)
            let credentials = try await server.withSender {
                $0.time = time
            } _: {
                await $0.credentials
            }
            try await server.withSender(credentials: credentials) {
                $0.time = time
            } _: { sender in
                try await EchoService.call(1, by: sender)
            }
            #expect(server.statistics.refusedMessages == [:])
            #expect(echo.executions(of: 1) == 1)
        }
    }

    // MARK: - While connected

    @Test(arguments: [-7_200, -31, 301, 7_200])
    func jumpOfTheClientsClockIsNotNoticed(seconds: Int) async throws {
        try await withTestServer { server in
            let echo = EchoService(on: server)
            let time = SkewedTime()
            try await server.withSender {
                $0.time = time
            } _: { sender in
                try await EchoService.call(1, by: sender)
                time.jump(by: .seconds(seconds))
                try await EchoService.call(2, by: sender)
                try #require(server.sessions.first).push(update(7))
                #expect(try await nextUpdates(of: sender) == [7])
                // A key exchange that takes long makes a small correction necessary, which may come after the jump.
                let offsets = await corrections(sender)
                #expect(offsets.allSatisfy { isAbout($0, .zero) || isAbout($0, .seconds(-seconds)) }, "\(offsets)")
            }
            #expect(server.statistics.refusedMessages == [:])
            #expect(server.statistics.connectionsAccepted == 1)
            #expect(echo.executedCount == 2 && echo.repeated == [])
        }
    }

    @Test(arguments: [-7_200, -100, 600, 7_200])
    func jumpOfTheServersClockCostsOneRefusal(seconds: Int) async throws {
        try await withTestServer { server in
            let echo = EchoService(on: server)
            try await server.withSender { sender in
                try await EchoService.call(1, by: sender)
                server.clock.jump(by: .seconds(seconds))
                let before = server.statistics
                try await EchoService.call(2, by: sender)
                let after = server.statistics
                #expect(after.packetsReceived - before.packetsReceived <= 4, "one refused, one more, and what follows")
                try await EchoService.call(3, by: sender)
                try #require(server.sessions.last).push(update(7))
                #expect(try await nextUpdates(of: sender) == [7])
                #expect(isAbout(await corrections(sender).last, .seconds(seconds)))
            }
            #expect(server.statistics.refusedMessages.values.reduce(0, +) <= 2)
            #expect(server.statistics.connectionsAccepted == 1)
            #expect(echo.executedCount == 3 && echo.repeated == [])
        }
    }

    /// Nobody makes a request that could show what time it is: the client has to find out by itself.
    @Test(arguments: [-7_200, 7_200])
    func clientDoesNotGoDeaf(seconds: Int) async throws {
        try await withTestServer {
            $0.session.resendsAfter = .milliseconds(100)
        } _: { server in
            try await server.withSender { sender in
                _ = try await sender.call(TL.help.GetNearestDc())
                let session = try #require(server.sessions.first)
                server.clock.jump(by: .seconds(seconds))
                for number in 1...4 { try session.push(update(Int32(number))) }
                // Messages from the future need another session, and the owner is told that updates may be missing.
                let newest = seconds < 0 ? try await server.waitForSession { $0 !== session } : session
                try newest.push(update(5))
                // The last one may come before those that are sent again.
                let awaited: Set<Int32> = seconds > 0 ? [1, 2, 3, 4, 5] : [5]
                var received: Set<Int32> = []
                while !received.isSuperset(of: awaited) { received.formUnion(try await nextUpdates(of: sender)) }
            }
            #expect(server.statistics.connectionsAccepted == 1)
            #expect(server.statistics.refusedMessages.values.reduce(0, +) <= 2)
        }
    }

    /// The machine was suspended in a way that its steady clock did not notice, as virtual ones are.
    @Test func suspensionThatTheSteadyClockMissedCostsOneRefusal() async throws {
        try await withTestServer { server in
            let echo = EchoService(on: server)
            let time = SkewedTime()
            try await server.withSender {
                $0.time = time
            } _: { sender in
                try await EchoService.call(1, by: sender)
                server.clock.jump(by: .seconds(600))
                time.jump(by: .seconds(600))
                try await EchoService.call(2, by: sender)
                #expect(isAbout(await corrections(sender).last, .zero))
            }
            #expect(server.statistics.refusedMessages.values.reduce(0, +) <= 2)
            #expect(server.statistics.connectionsAccepted == 1)
            #expect(echo.executedCount == 2 && echo.repeated == [])
        }
    }
}

/// The numbers of the updates that the server has sent on its own account; waits for the first one when there is none.
/// - Throws: `CancellationError` when there will be no more, so that nobody asks for ever.
func nextUpdates(of sender: Sender) async throws -> [Int32] {
    let batch = await sender.pushes.nextBatch()
    guard !batch.isEmpty else { throw CancellationError() }
    return try batch.compactMap { push in
        guard case .update(let bytes) = push, case .updateShort(let update) = try TL.Updates(decoding: Array(bytes))
        else {
            return nil
        }
        return update.date
    }
}
