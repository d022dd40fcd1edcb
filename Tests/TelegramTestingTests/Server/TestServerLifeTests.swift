import MTProto
import TelegramAPI
import Testing

@testable import TelegramTesting

/// Keys, sessions and time, from outside.
@Suite(.timeLimit(.minutes(10))) struct TestServerLifeTests {
    @Test func keyIsKnownToItsDataCenterOnly() async throws {
        try await withTestServer { server in
            let credentials = try await server.withSender(dataCenter: 2) { sender in
                _ = try await sender.call(TL.help.GetConfig())
                return try #require(await sender.credentials)
            }
            _ = try await server.withSender(dataCenter: 2, credentials: credentials) {
                try await $0.call(TL.help.GetConfig())
            }
            #expect(server.statistics.keyExchanges == 1)
            await #expect(throws: MTProtoError.self) {
                try await server.withSender(dataCenter: 1, credentials: credentials) {
                    try await $0.call(TL.help.GetConfig())
                }
            }
        }
    }

    @Test func forgottenKeyIsTransportError404() async throws {
        try await withTestServer { server in
            try await server.withSender { sender in
                _ = try await sender.call(TL.help.GetConfig())
                await server.forgetAllKeys()
                let error = await #expect(throws: MTProtoError.self) { try await sender.call(TL.help.GetConfig()) }
                #expect(error?.code == .authKeyNotFound)
            }
            #expect(server.sessions.isEmpty)
        }
    }

    @Test func temporaryKeyIsBoundAndLeadsToThePermanentOne() async throws {
        try await withTestServer { server in
            try await server.withSender { configuration in
                configuration.forwardSecrecy = true
            } _: { sender in
                _ = try await sender.call(TL.help.GetConfig())
                let session = try #require(server.sessions.first { $0.receivesUpdates })
                let permanent = try #require(await sender.credentials).authKey.id
                #expect(session.authKeyID == permanent && session.encryptionKeyID != permanent)
                #expect(server.statistics.keyExchanges == 2)
                #expect(server.statistics.requests["auth.bindTempAuthKey"] == 1)
            }
        }
    }

    @Test func waitingForASessionMayAskTheServer() async throws {
        try await withTestServer { server in
            let waiting = Task { try await server.waitForSession { _ in server.sessions.count == 1 } }
            try await server.withSender { sender in
                _ = try await sender.call(TL.help.GetConfig())
                #expect(try await waiting.value === server.sessions.first)
            }
        }
    }

    @Test func pushesOfSeveralThreadsKeepTheirOrder() async throws {
        try await withTestServer { server in
            try await server.withSender { sender in
                _ = try await sender.call(TL.help.GetConfig())
                let session = try #require(server.sessions.first { $0.receivesUpdates })
                try await server.core.pushFromTwoThreads(to: session)
                var order: [UInt8?] = []
                for await push in sender.pushes {
                    if case .update(let bytes) = push { order.append(bytes.first) }
                    if order.count == 2 { break }
                }
                #expect(order == [1, 2])
            }
        }
    }

    @Test func saltsCanChangeAtAnyMoment() async throws {
        try await withTestServer { server in
            try await server.withSender { sender in
                for _ in 0..<3 {
                    _ = try await sender.call(TL.help.GetConfig())
                    await server.changeSalts()
                }
                _ = try await sender.call(TL.help.GetConfig())
            }
            #expect((server.statistics.refusedMessages[48] ?? 0) >= 3)
            #expect(server.statistics.requests["help.getConfig"] == 4)
        }
    }

    @Test(arguments: [-7200, -400, 400, 7200])
    func clientFollowsAServerWhoseClockIsElsewhere(seconds: Int) async throws {
        try await withTestServer { server in
            try await server.withSender { sender in
                _ = try await sender.call(TL.help.GetConfig())
                server.clock.skew = .seconds(seconds)
                _ = try await sender.call(TL.help.GetConfig())
            }
            #expect(server.statistics.requests["help.getConfig"] == 2)
        }
    }

    @Test func sessionsAreForgottenAndMadeAgain() async throws {
        try await withTestServer { server in
            try await server.withSender { sender in
                _ = try await sender.call(TL.help.GetConfig())
                let first = try #require(server.sessions.first)
                await server.forgetSessions()
                // The client may have made another one by now: it acknowledges, and asks for salts.
                #expect(first.isDestroyed && !server.sessions.contains { $0 === first })
                _ = try await sender.call(TL.help.GetConfig())
                let second = try #require(server.sessions.first)
                #expect(second !== first && second.clientInfo?.apiID == 17, "the key remembers the client")
            }
        }
    }

    @Test func handlersAreCancelledWhenTheServerStops() async throws {
        let server = try await TestServer.start()
        let (events, sink) = AsyncStream.makeStream(of: Bool.self)
        server.on(TL.help.GetSupport.self) { _, _ in
            sink.yield(false)
            let (never, keeper) = AsyncStream.makeStream(of: Void.self)
            for await _ in never {}
            keeper.finish()
            sink.yield(Task.isCancelled)
            throw CancellationError()
        }
        var configuration = try server.senderConfiguration()
        configuration.connectionRetries = 0
        let sender = Sender(configuration: configuration)
        try await sender.connect()
        let call = Task { try await sender.call(TL.help.GetSupport()) }
        var seen = events.makeAsyncIterator()
        #expect(await seen.next() == false)
        async let first: Void = server.stop()
        async let second: Void = server.stop()
        _ = await (first, second)
        #expect(await seen.next() == true)
        await #expect(throws: MTProtoError.self) { try await call.value }
        await sender.disconnect()
        #expect(server.statistics.connectionsOpen == 0)
        await #expect(throws: CancellationError.self) { try await server.waitForSession { _ in false } }
    }

    @Test func silentConnectionIsClosedByTheServersClock() async throws {
        let clock = ManualClock()
        let server = try await TestServer.start(TestServerConfiguration(time: clock))
        let client = try await RawClient.connect(to: server)
        await client.send(MTP.PingDelayDisconnect(pingID: 1, disconnectDelay: 75).wireBytes)
        _ = try await client.next()
        clock.advance(by: .seconds(74))
        await client.send(MTP.Ping(pingID: 2).wireBytes)
        _ = try await client.next()
        clock.advance(by: .seconds(2))
        await #expect(throws: RawClient.Closed.self) { while true { _ = try await client.next() } }
        await server.stop()
    }

    @Test func pollWithoutNewsEndsWithAnEmptyContainer() async throws {
        let clock = ManualClock()
        let server = try await TestServer.start(TestServerConfiguration(time: clock))
        let client = try await RawClient.connect(to: server, transport: .http)
        await client.send(MTP.Ping(pingID: 1).wireBytes)
        _ = try await client.next()
        await client.send(MTP.HttpWait(maxDelay: 0, waitAfter: 0, maxWait: 10_000).wireBytes, isContent: false)
        // Three packets of the key exchange come before these two.
        while server.statistics.packetsReceived < 5 { await Task.yield() }
        // The server has one thread, so the second one has been dealt with when it answers this.
        _ = await server.core.lastConnectionID
        clock.advance(by: .seconds(10))
        let messages = try await client.next()
        #expect(messages.isEmpty)
        await client.close()
        await server.stop()
    }

    @Test func packetIsAcknowledgedAtOnceWhenThatIsWanted() async throws {
        try await withTestServer { server in
            let client = try await RawClient.connect(to: server)
            await client.send(MTP.Ping(pingID: 1).wireBytes, wantsQuickAck: true)
            let token = try #require(await client.lastToken)
            _ = try await client.next()
            #expect(await client.quickAcks == [token])
            await client.close()
        }
    }

    @Test(arguments: [404, 429, 444] as [Int32])
    func transportErrorsAreSentOnDemand(code: Int32) async throws {
        try await withTestServer { server in
            let client = try await RawClient.connect(to: server)
            await server.sendTransportError(code)
            await #expect(throws: RawClient.Closed(transportError: code)) { _ = try await client.next() }
        }
    }

    @Test func unknownKeyIsTransportError404() async throws {
        try await withTestServer { server in
            let key = try #require(AuthKey(bytes: [UInt8](repeating: 7, count: 256)))
            let client = try await RawClient.connect(to: server, key: key)
            await client.send(MTP.Ping(pingID: 1).wireBytes)
            await #expect(throws: RawClient.Closed(transportError: 404)) { _ = try await client.next() }
        }
    }

    @Test func destroyedKeyIsUnknown() async throws {
        try await withTestServer { server in
            let client = try await RawClient.connect(to: server)
            await client.send(MTP.DestroyAuthKey().wireBytes)
            let messages = try await client.next()
            guard case .destroyAuthKeyOk? = messages.compactMap({ $0.object(MTP.DestroyAuthKeyRes.self) }).first else {
                Issue.record("another answer")
                return
            }
            await client.send(MTP.Ping(pingID: 1).wireBytes)
            await #expect(throws: RawClient.Closed(transportError: 404)) { _ = try await client.next() }
        }
    }

    @Test func connectionsOfOneSessionShareIt() async throws {
        try await withTestServer { server in
            let first = try await RawClient.connect(to: server)
            let body = try TL.help.GetConfig().encoded()
            let request = await first.send(body)
            _ = try await first.answer(to: request)
            let key = try #require(await first.key)
            let second = try await RawClient.connect(to: server, key: key, salt: await first.salt)
            await second.send(body, id: request, sequenceNumber: 1)
            _ = try await second.answer(to: request)
            #expect(server.statistics.requests["help.getConfig"] == 1 && server.sessions.count == 1)
            await first.close()
            await second.close()
        }
    }

    @Test func updatesAreForThoseWhoWantThem() async throws {
        try await withTestServer { server in
            let client = try await RawClient.connect(to: server)
            let loud = try TL.help.GetConfig().encoded()
            let quiet = try TL.InvokeWithoutUpdates(query: TL.help.GetConfig()).encoded()
            _ = try await client.answer(to: await client.send(quiet))
            let session = try #require(server.sessions.first)
            #expect(!session.receivesUpdates)
            try server.push(update(1), toSessionsOf: session.authKeyID)
            _ = try await client.answer(to: await client.send(loud))
            #expect(session.receivesUpdates)
            server.losesUpdates = true
            try server.push(update(2), toSessionsOf: session.authKeyID)
            _ = try await client.answer(to: await client.send(loud))
            server.losesUpdates = false
            try server.push(update(3), toSessionsOf: session.authKeyID)
            let pushed = try await client.next().compactMap { $0.object(TL.Updates.self) }
            guard case .updateShort(let short)? = pushed.first else {
                Issue.record("no update")
                return
            }
            #expect(short.date == 3 && server.statistics.faults["lostUpdate"] == 1)
            await client.close()
        }
    }

    @Test func waitingForASessionEndsWithTheTask() async throws {
        try await withTestServer { server in
            let waiting = Task { try await server.waitForSession() }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
        }
    }

    @Test func portsCanBeChosenAndKeysTold() async throws {
        try await withTestServer { configuration in
            configuration.hasKeyPerDataCenter = true
        } _: { server in
            #expect(Set(server.dataCenters.map(\.publicKeyPEM)).count == 2)
            #expect(Set(server.dataCenters.map(\.port)).count == 2)
            _ = try await server.withSender(dataCenter: 1) { try await $0.call(TL.help.GetConfig()) }
        }
        await #expect(throws: MTProtoError.self) {
            try await withTestServer {
                $0.privateKeyPEM = "nonsense"
            } _: { _ in
            }
        }
        await #expect(throws: MTProtoError.self) {
            try await withTestServer {
                $0.host = "nowhere.invalid"
            } _: { _ in
            }
        }
    }
}

extension ServerCore {
    /// Pushes once from another thread, and then from the server's own, on which this runs.
    fileprivate func pushFromTwoThreads(to session: TestSession) throws {
        try SystemThread(name: "push") { session.push(bytes: [1, 0, 0, 0]) }.join()
        session.push(bytes: [2, 0, 0, 0])
    }
}
