import MTProto
import MTProtoCrypto
import TLRuntime
import Testing

@Suite(.timeLimit(.minutes(10)))
struct SenderConnectionTests {
    /// Port 1 belongs to a service that nobody runs.
    private static let deadEndpoint = Endpoint(host: "127.0.0.1", port: 1)

    private func isWaiting(_ state: ConnectionState) -> Bool { if case .waiting = state { true } else { false } }

    // MARK: - Connecting

    @Test func withoutConnectionRequestsFail() async throws {
        try await SenderFixture.run(connecting: false) { sender, server in
            #expect(await SenderFixture.code { try await sender.invoke([1, 0, 0, 0], name: "a") } == .notConnected)
            #expect(server.acceptedCount == 0)
        }
    }

    @Test func attemptsEndAfterTheRetries() async throws {
        try await SenderFixture.run(
            connecting: false,
            configure: {
                $0.endpoints = [Self.deadEndpoint]
                $0.connectionRetries = 2
            }
        ) { sender, _ in
            let states = sender.states
            #expect(await SenderFixture.code { try await sender.connect() } == .cannotConnect)
            var seen: [String] = []
            for await state in states {
                if isWaiting(state) { continue }
                seen.append("\(state)".prefix { $0 != ":" }.description)
                if case .disconnected(.some) = state { break }
            }
            #expect(
                seen == [
                    "disconnected", "connecting (attempt 1)", "connecting (attempt 2)", "connecting (attempt 3)",
                    "disconnected",
                ]
            )
            #expect(await SenderFixture.code { try await sender.invoke([1, 0, 0, 0], name: "a") } == .notConnected)
        }
    }

    @Test func deadEndpointGivesWayToTheNext() async throws {
        try await SenderFixture.run(configure: { $0.endpoints.insert(Self.deadEndpoint, at: 0) }) { _, server in
            #expect(server.acceptedCount == 1)
        }
    }

    @Test func secondConnectDoesNothing() async throws {
        try await SenderFixture.run { sender, server in
            try await sender.connect()
            #expect(server.acceptedCount == 1)
        }
    }

    @Test(
        arguments: [
            (404, .authKeyNotFound), (429, .transportFlood), (444, .invalidDataCenter),
        ] as [(Int32, MTProtoError.Code)]
    )
    func connectReportsTheRefusalAndDoesNotRepeatIt(code: Int32, expected: MTProtoError.Code) async throws {
        try await SenderFixture.run(
            script: { _ in [.transportError(code)] },
            connecting: false,
            configure: { $0.connectionRetries = nil }
        ) { sender, server in
            #expect(await SenderFixture.code { try await sender.connect() } == expected)
            #expect(server.acceptedCount == 1)
        }
    }

    @Test func forgedMessageIsNoSignOfLife() async throws {
        let forged = ScriptedServer.key.id.littleEndianBytes + [UInt8](repeating: 0x5a, count: 16 + 96)
        try await SenderFixture.run(
            script: { _ in [.packet(forged)] },
            connecting: false,
            configure: {
                $0.connectionRetries = 0
                $0.session.pingTimeout = .milliseconds(50)
            }
        ) { sender, _ in
            #expect(await SenderFixture.code { try await sender.connect() } == .connectionLost)
        }
    }

    @Test func movedClockStartsTheNextAttempt() async throws {
        let clock = SenderTesting.Clock()
        try await SenderFixture.run(
            connecting: false,
            configure: {
                $0.endpoints = [Self.deadEndpoint]
                $0.time = clock
                $0.random = SenderTesting.Constant(byte: 0x80)
                $0.backoff = Backoff(initial: .seconds(3_600), maximum: .seconds(3_600))
            }
        ) { sender, _ in
            let states = sender.states
            let connecting = Task { try await sender.connect() }
            _ = await states.first { isWaiting($0) ? true : nil }
            clock.advance(by: .seconds(3_600))
            let isNext = await states.first { $0 == .connecting(attempt: 2) ? true : nil }
            #expect(isNext == true)
            connecting.cancel()
            _ = await connecting.result
        }
    }

    @Test func everybodyWhoConnectsIsTold() async throws {
        try await SenderFixture.run(connecting: false) { sender, server in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 { group.addTask { try await sender.connect() } }
                try await group.waitForAll()
            }
            #expect(server.acceptedCount == 1)
        }
    }

    @Test func cancelledConnectStopsTheAttempts() async throws {
        try await SenderFixture.run(
            connecting: false,
            configure: {
                $0.endpoints = [Self.deadEndpoint]
                $0.connectionRetries = nil
                $0.backoff = Backoff(initial: .seconds(3_600), maximum: .seconds(3_600))
            }
        ) { sender, _ in
            let connecting = Task { try await sender.connect() }
            _ = await sender.states.first { isWaiting($0) ? true : nil }
            connecting.cancel()
            await #expect(throws: CancellationError.self) { try await connecting.value }
            #expect(sender.state == .disconnected(nil))
        }
    }

    // MARK: - Transport errors

    @Test(
        arguments: [
            (404, .authKeyNotFound), (429, .transportFlood), (444, .invalidDataCenter),
        ] as [(Int32, MTProtoError.Code)]
    )
    func finalTransportErrorEndsEverything(code: Int32, expected: MTProtoError.Code) async throws {
        try await SenderFixture.run(script: { message in
            message.constructor == ScriptedServer.echo ? [.transportError(code)] : []
        }) { sender, server in
            #expect(await SenderFixture.code { try await sender.invoke(ScriptedServer.echo(1), name: "e") } == expected)
            guard case .disconnected(let error?) = sender.state else {
                Issue.record("the state is \(sender.state)")
                return
            }
            #expect(error.code == expected)
            #expect(await SenderFixture.code { try await sender.invoke(ScriptedServer.echo(1), name: "e") } == expected)
            #expect(server.acceptedCount == 1)
        }
    }

    @Test func otherTransportErrorsAreTriedAgain() async throws {
        let count = Locked(0)
        try await SenderFixture.run(script: { message in
            guard message.constructor == ScriptedServer.echo else { return [] }
            let isFirst = count.withLock { count in
                count += 1
                return count == 1
            }
            return isFirst ? [.transportError(500)] : [.result(message.id, message.body)]
        }) { sender, server in
            let body = ScriptedServer.echo(1)
            let answer = try await sender.invoke(body, name: "echo", options: RequestOptions(isRepeatable: true))
            #expect(answer == body)
            #expect(server.acceptedCount == 2)
        }
    }

    // MARK: - Lost connections

    @Test func requestGoesOutAgainOverTheNextConnection() async throws {
        try await SenderFixture.run(script: { message in
            guard message.constructor == ScriptedServer.echo else { return [] }
            return message.connection < 3 ? [.close] : [.result(message.id, message.body)]
        }) { sender, server in
            let body = ScriptedServer.echo(1)
            let answer = try await sender.invoke(body, name: "echo", options: RequestOptions(isRepeatable: true))
            #expect(answer == body)
            #expect(server.acceptedCount == 3)
        }
    }

    @Test func requestsWaitWhileTheConnectionIsRestored() async throws {
        try await SenderFixture.run { sender, server in
            let states = sender.states
            server.send([.close], on: 1)
            _ = await states.first { $0 == .connected ? nil : true }
            let body = ScriptedServer.echo(1)
            let answer = try await sender.invoke(body, name: "echo")
            #expect(answer == body)
            #expect(server.acceptedCount == 2)
        }
    }

    @Test func sessionSurvivesTheConnection() async throws {
        let sessions = Locked<Set<Int64>>([])
        try await SenderFixture.run(script: { message in
            if message.session != 0 { _ = sessions.withLock { $0.insert(message.session) } }
            return ScriptedServer.echoing(message)
        }) { sender, server in
            _ = try await sender.invoke(ScriptedServer.echo(1), name: "echo")
            let states = sender.states
            server.send([.close], on: 1)
            _ = await states.first { $0 == .connected ? nil : true }
            _ = try await sender.invoke(ScriptedServer.echo(2), name: "echo")
        }
        #expect(sessions.withLock { $0.count } == 1)
    }

    @Test func withoutReconnectionTheFirstLossIsTheEnd() async throws {
        try await SenderFixture.run(
            script: { $0.constructor == ScriptedServer.echo ? [.close] : [] },
            configure: { $0.autoReconnect = false }
        ) { sender, server in
            #expect(
                await SenderFixture.code { try await sender.invoke(ScriptedServer.echo(1), name: "e") }
                    == .connectionLost
            )
            #expect(
                await SenderFixture.code { try await sender.invoke(ScriptedServer.echo(1), name: "e") } == .notConnected
            )
            #expect(server.acceptedCount == 1)
        }
    }

    @Test func malformedFrameLeadsToAnotherConnection() async throws {
        try await SenderFixture.run(script: { message in
            guard message.constructor == ScriptedServer.echo else { return [] }
            return message.connection == 1 ? [.bytes([0, 0, 0, 0])] : [.result(message.id, message.body)]
        }) { sender, server in
            let body = ScriptedServer.echo(1)
            let answer = try await sender.invoke(body, name: "echo", options: RequestOptions(isRepeatable: true))
            #expect(answer == body)
            #expect(server.acceptedCount == 2)
        }
    }

    // MARK: - Disconnecting

    @Test func disconnectCancelsWhatIsPending() async throws {
        try await SenderFixture.run(script: { _ in [] }) { sender, server in
            let pending = Task { try await sender.invoke(ScriptedServer.echo(1), name: "echo") }
            _ = await server.nextEcho()
            await sender.disconnect()
            await #expect(throws: CancellationError.self) { try await pending.value }
            #expect(sender.state == .disconnected(nil))
            #expect(await server.nextClosed() == 1)
            #expect(await SenderFixture.code { try await sender.invoke([1, 0, 0, 0], name: "a") } == .notConnected)
        }
    }

    @Test func acknowledgmentsLeaveBeforeTheConnectionEnds() async throws {
        let acknowledged = Locked<Set<Int64>>([])
        let pings = Locked(0)
        try await SenderFixture.run(script: { message in
            if message.constructor == MTP.PingDelayDisconnect.id { pings.withLock { $0 += 1 } }
            if let ack = try? MTP.MsgsAck(decoding: message.body) {
                acknowledged.withLock { $0.formUnion(ack.msgIDs) }
            }
            return ScriptedServer.echoing(message)
        }) { sender, server in
            for number: UInt32 in 0..<5 { _ = try await sender.invoke(ScriptedServer.echo(number), name: "echo") }
            await sender.disconnect()
            _ = await server.nextClosed()
            // The pong of the first ping, and five answers; there may be time for the pongs of other pings.
            let count = acknowledged.withLock { $0.count }
            #expect(count >= 6 && count <= 5 + pings.withLock { $0 })
        }
    }

    @Test func senderConnectsAgainAfterDisconnecting() async throws {
        try await SenderFixture.run { sender, server in
            await sender.disconnect()
            try await sender.connect()
            let body = ScriptedServer.echo(1)
            let answer = try await sender.invoke(body, name: "echo")
            #expect(answer == body)
            #expect(server.acceptedCount == 2)
        }
    }

    @Test func abandonedSenderClosesItsConnection() async throws {
        let server = try ScriptedServer()
        let loops = EventLoopGroup(threads: 1)
        do {
            let sender = Sender(
                configuration: SenderFixture.configuration(for: server, loops),
                credentials: SenderCredentials(authKey: ScriptedServer.key)
            )
            try await sender.connect()
            _ = try await sender.invoke(ScriptedServer.echo(1), name: "echo")
        }
        #expect(await server.nextClosed() == 1)
        await server.stop()
        await loops.shutDown()
    }

    @Test func otherEndpointsTakeTheConnectionOver() async throws {
        let other = try ScriptedServer()
        try await SenderFixture.run { sender, server in
            await sender.replaceEndpoints([server.endpoint, other.endpoint])
            #expect(sender.state == .connected, "the endpoint is still among them")
            await sender.replaceEndpoints([other.endpoint])
            let body = ScriptedServer.echo(1)
            let answer = try await sender.invoke(body, name: "echo")
            #expect(answer == body)
            #expect((server.acceptedCount, other.acceptedCount) == (1, 1))
        }
        await other.stop()
    }
}
