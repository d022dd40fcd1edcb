import MTProto
import MTProtoCrypto
import TelegramTesting
import Testing

@testable import Telegram

@Suite(.timeLimit(.minutes(10)))
struct ConnectionTests {
    @Test func connectingOpensTheSessionAndKeepsTheKey() async throws {
        try await ClientFixture.run { fixture in
            #expect(fixture.client.isConnected)
            #expect(throws: SessionError.self) { _ = try fixture.session.open() }
            await fixture.client.disconnect()
            #expect(!fixture.client.isConnected)
            let content = try fixture.session.open()
            fixture.session.close()
            #expect(content.home?.id == 2)
            #expect(content.authKeys[2]?.count == 256)
            #expect(content.account == nil)
        }
    }

    @Test func nextRunNeedsNoKeyExchange() async throws {
        try await ClientFixture.run { fixture in
            await fixture.client.disconnect()
            let other = try fixture.anotherClient(session: fixture.session)
            try await other.connect()
            _ = try await other(TL.help.GetNearestDc())
            await other.disconnect()
            #expect(fixture.server.statistics.keyExchanges == 1)
        }
    }

    @Test func connectingTwiceDoesNothing() async throws {
        try await ClientFixture.run { fixture in
            async let first: Void = fixture.client.connect()
            async let second: Void = fixture.client.connect()
            _ = try await (first, second)
            #expect(fixture.server.statistics.connectionsAccepted == 1)
        }
    }

    @Test func disconnectingTwiceAndBeforeConnectingDoesNothing() async throws {
        try await ClientFixture.run(isConnected: false) { fixture in
            await fixture.client.disconnect()
            try await fixture.client.connect()
            async let first: Void = fixture.client.disconnect()
            async let second: Void = fixture.client.disconnect()
            _ = await (first, second)
            #expect(!fixture.client.isConnected)
            try await fixture.client.connect()
            _ = try await fixture.client(TL.help.GetNearestDc())
        }
    }

    @Test func disconnectingWhileConnectingEndsTheAttempt() async throws {
        let plan: FaultPlan = {
            var plan = FaultPlan()
            plan.fromClient.script = [0: .stall]
            plan.includesKeyExchange = true
            return plan
        }()
        try await ClientFixture.run(isConnected: false, prepare: { $0.faults = plan }) { fixture in
            let task = Task { try await fixture.client.connect() }
            for await state in fixture.client.connectionStates where state == .exchangingKeys { break }
            await fixture.client.disconnect()
            await #expect(throws: CancellationError.self) { try await task.value }
            // The session is free again.
            _ = try fixture.session.open()
            fixture.session.close()
        }
    }

    @Test func disconnectingEndsAWaitInTheMiddleOfConnecting() async throws {
        try await ClientFixture.run(
            isConnected: false,
            prepare: { $0.failNext(TL.help.GetConfig.self, with: .test("FLOOD_WAIT_50")) }
        ) { fixture in
            let task = Task { try await fixture.client.connect() }
            await fixture.waitForSleepers()
            await fixture.client.disconnect()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test func failedConnectionGivesTheSessionFree() async throws {
        try await ClientFixture.run(isConnected: false) { fixture in
            var configuration = fixture.client.configuration
            configuration.connectionRetries = 0
            configuration.dataCenters = [DataCenterAddress(id: 2, host: "127.0.0.1", port: 1)]
            let client = try TelegramClient(
                session: fixture.session,
                apiID: 1,
                apiHash: "a",
                configuration: configuration
            )
            let error = await #expect(throws: MTProtoError.self) { try await client.connect() }
            #expect(error?.code == .cannotConnect)
            _ = try fixture.session.open()
            fixture.session.close()
            await #expect(throws: MTProtoError.self) { try await client.waitUntilDisconnected() }
        }
    }

    @Test func waitingForTheEndReturnsAfterDisconnecting() async throws {
        try await ClientFixture.run { fixture in
            let client = fixture.client
            let waiting = Task { try await client.waitUntilDisconnected() }
            let cancelled = Task { try await client.waitUntilDisconnected() }
            cancelled.cancel()
            await #expect(throws: CancellationError.self) { try await cancelled.value }
            #expect(client.isConnected)
            await client.disconnect()
            try await waiting.value
            try await client.waitUntilDisconnected()
        }
    }

    @Test func requestsUnderWayAreCancelledByDisconnecting() async throws {
        try await ClientFixture.run { fixture in
            fixture.server.onNext(TL.help.GetNearestDc.self, .neverAnswer)
            let task = Task { try await fixture.client(TL.help.GetNearestDc()) }
            while fixture.count(of: "help.getNearestDc") == 0 { await Task.yield() }
            await fixture.client.disconnect()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test func clientResumesAfterTheServerHasRestarted() async throws {
        try await ClientFixture.run(usesSystemTime: true) { fixture in
            await fixture.server.forgetSessions()
            await fixture.server.closeConnections(breakingOff: true)
            let nearest = try await fixture.client(TL.help.GetNearestDc())
            #expect(nearest.thisDC == 2)
            #expect(fixture.client.isConnected)
            #expect(fixture.server.statistics.keyExchanges == 1)
        }
    }

    @Test func keyThatTheServerHasForgottenEndsTheClientWithoutALoop() async throws {
        try await ClientFixture.run { fixture in
            let before = fixture.server.statistics.connectionsAccepted
            await fixture.server.forgetAllKeys()
            let error = await #expect(throws: MTProtoError.self) {
                _ = try await fixture.client(TL.help.GetNearestDc())
            }
            #expect(error?.code == .authKeyNotFound)
            let end = await #expect(throws: MTProtoError.self) { try await fixture.client.waitUntilDisconnected() }
            #expect(end?.code == .authKeyNotFound)
            #expect(!fixture.client.isConnected)
            #expect(fixture.server.statistics.connectionsAccepted == before)
            // The key is kept, since only the program can decide that the login is lost.
            let again = await #expect(throws: MTProtoError.self) { try await fixture.client.connect() }
            #expect(again?.code == .authKeyNotFound)
            try await fixture.client.forgetAuthorization()
            try await fixture.client.connect()
            _ = try await fixture.client(TL.help.GetNearestDc())
            #expect(fixture.server.statistics.keyExchanges == 2)
        }
    }

    @Test func keyUsedInTwoPlacesEndsTheSessionWithAClearError() async throws {
        try await ClientFixture.run(prepare: { $0.answerUpdateState() }) { fixture in
            try await fixture.client.signedIn(.test(id: 5))
            fixture.server.failNext(TL.help.GetNearestDc.self, with: .test("AUTH_KEY_DUPLICATED", code: 406))
            await #expect(throws: RPCError.AuthKeyDuplicated.self) {
                _ = try await fixture.client(TL.help.GetNearestDc())
            }
            let error = await #expect(throws: ClientError.self) { _ = try await fixture.client(TL.help.GetConfig()) }
            #expect(error?.code == .sessionInvalidated)
            let end = await #expect(throws: ClientError.self) { try await fixture.client.waitUntilDisconnected() }
            #expect(end?.code == .sessionInvalidated)
            #expect(fixture.client.account == nil)
            // What is left is a new session.
            try await fixture.client.connect()
            #expect(fixture.server.statistics.keyExchanges == 2)
            #expect(fixture.client.account == nil)
        }
    }

    @Test func keyThatIsInvalidWhenConnectingIsForgotten() async throws {
        try await ClientFixture.run { fixture in
            await fixture.client.disconnect()
            fixture.server.failNext(TL.help.GetConfig.self, with: .test("AUTH_KEY_DUPLICATED", code: 406))
            let error = await #expect(throws: ClientError.self) { try await fixture.client.connect() }
            #expect(error?.code == .sessionInvalidated)
            try await fixture.client.connect()
            #expect(fixture.server.statistics.keyExchanges == 2)
        }
    }

    @Test func troubleWithTheFirstRequestDoesNotKeepTheClientFromConnecting() async throws {
        try await ClientFixture.run(
            isConnected: false,
            client: { $0.floodSleepThreshold = .zero },
            prepare: { $0.failNext(TL.help.GetConfig.self, with: .test("FLOOD_WAIT_9")) }
        ) { fixture in
            try await fixture.client.connect()
            let nearest = try await fixture.client(TL.help.GetNearestDc())
            #expect(nearest.thisDC == 2)
        }
    }

    @Test func sessionKeepsItsDataCenterWhenTheFamilyOfAddressesChanges() async throws {
        let clock = ManualClock()
        var settings = TestServerConfiguration(time: clock)
        settings.host = "::1"
        let server = try await TestServer.start(settings)
        let address = try #require(server.dataCenter(4))
        var configuration = try ClientFixture.configuration(for: server, clock: clock)
        configuration.useIPv6 = true
        let session = MemorySession(SessionContent(home: DataCenterAddress(id: 4, host: "127.0.0.1", port: 1)))
        let client = try TelegramClient(session: session, apiID: 1, apiHash: "a", configuration: configuration)
        try await client.connect()
        let config = try await client(TL.help.GetConfig())
        #expect(config.thisDC == 4)
        await client.disconnect()
        let content = try session.open()
        session.close()
        #expect(content.home == DataCenterAddress(id: 4, host: "::1", port: address.port))
        await server.stop()
    }

    @Test(arguments: ["AUTH_KEY_UNREGISTERED", "SESSION_REVOKED", "USER_DEACTIVATED"])
    func endOfTheSignInLeavesTheConnection(name: String) async throws {
        try await ClientFixture.run(prepare: { $0.answerUpdateState() }) { fixture in
            try await fixture.client.signedIn(.test(id: 5))
            #expect(fixture.client.account?.userID == 5)
            fixture.server.failNext(TL.help.GetNearestDc.self, with: .test(name, code: 401))
            await #expect(throws: RPCError.Unauthorized.self) { _ = try await fixture.client(TL.help.GetNearestDc()) }
            #expect(fixture.client.account == nil)
            #expect(fixture.client.isConnected)
            _ = try await fixture.client(TL.help.GetConfig())
            await fixture.client.disconnect()
            let content = try fixture.session.open()
            fixture.session.close()
            #expect(content.account == nil)
            #expect(content.updateState == nil)
            #expect(content.authKeys[2] != nil)
        }
    }

    @Test func scopedClientIsDisconnectedWhenItsClosureThrows() async throws {
        struct Failure: Error {}
        try await ClientFixture.run(isConnected: false) { fixture in
            let kept = Locked<TelegramClient?>(nil)
            await #expect(throws: Failure.self) {
                try await withTelegramClient(
                    session: fixture.session,
                    apiID: 17,
                    apiHash: "0123456789abcdef",
                    configuration: fixture.client.configuration
                ) { client in
                    kept.withLock { $0 = client }
                    #expect(client.isConnected)
                    throw Failure()
                }
            }
            let client = try #require(kept.withLock { $0 })
            #expect(!client.isConnected)
            _ = try fixture.session.open()
            fixture.session.close()
        }
    }

    @Test func abandonedClientClosesItsConnection() async throws {
        try await ClientFixture.run(isConnected: false) { fixture in
            var client: TelegramClient? = try fixture.anotherClient(session: MemorySession())
            try await client?.connect()
            let core = WeakCore(core: client?.core)
            #expect(fixture.server.statistics.connectionsOpen == 1)
            client = nil
            while fixture.server.statistics.connectionsOpen > 0 { await Task.yield() }
            #expect(core.core == nil)
        }
    }

    @Test func clientThatHasLoggedOutIsOfNoMoreUse() async throws {
        try await ClientFixture.run { fixture in
            try await fixture.client.loggedOut()
            let call = await #expect(throws: ClientError.self) { _ = try await fixture.client(TL.help.GetConfig()) }
            #expect(call?.code == .loggedOut)
            let connection = await #expect(throws: ClientError.self) { try await fixture.client.connect() }
            #expect(connection?.code == .loggedOut)
            let content = try fixture.session.open()
            fixture.session.close()
            #expect(content == SessionContent())
        }
    }

    @Test func sessionIsSavedEveryMinute() async throws {
        try await ClientFixture.run(isConnected: false) { fixture in
            let store = CountingSession()
            let client = try fixture.anotherClient(session: store)
            try await client.connect()
            let before = store.saveCount
            for minute in 1...2 {
                for await sleepers in client.core.housekeepingSleeper.sleeperCounts where sleepers == 1 { break }
                #expect(store.saveCount == before + minute - 1)
                fixture.clock.advance(by: .seconds(60))
                while store.saveCount < before + minute { await Task.yield() }
            }
            await client.disconnect()
        }
    }

    @Test func settingsThatContradictEachOtherAreRefused() throws {
        func code(_ change: (inout ClientConfiguration) -> Void) -> ClientError.Code? {
            var configuration = ClientConfiguration()
            change(&configuration)
            do {
                _ = try TelegramClient(
                    session: MemorySession(),
                    apiID: 1,
                    apiHash: "a",
                    configuration: configuration
                )
                return nil
            } catch {
                return (error as? ClientError)?.code
            }
        }
        #expect(code { _ in } == nil)
        #expect(code { $0.localAddress = "::1" } == .invalidConfiguration)
        #expect(code { $0.localAddress = "here" } == .invalidConfiguration)
        #expect(
            code {
                $0.useIPv6 = true; $0.localAddress = "127.0.0.1"
            } == .invalidConfiguration
        )
        #expect(
            code {
                $0.useIPv6 = true; $0.localAddress = "::1"
            } == nil
        )
        #expect(code { $0.requestRetries = -1 } == .invalidConfiguration)
        #expect(throws: ClientError.self) { try TelegramClient(session: MemorySession(), apiID: 0, apiHash: "a") }
        #expect(throws: ClientError.self) { try TelegramClient(session: MemorySession(), apiID: 1, apiHash: "") }
    }

    @Test func proxyCanBeChangedWhileConnected() async throws {
        let secret = "0123456789abcdef0123456789abcdef"
        try await ClientFixture.run(
            server: { $0.mtProxySecrets = [secret] },
            client: { $0.transport = .obfuscatedAbridged }
        ) { fixture in
            let proxy = try #require(fixture.server.proxies.first)
            await fixture.client.setProxy(
                try .mtProxy(host: proxy.host, port: proxy.port, secret: proxy.secret)
            )
            _ = try await fixture.client(TL.help.GetNearestDc())
            await fixture.client.disconnect()
            try await fixture.client.connect()
            _ = try await fixture.client(TL.help.GetNearestDc())
            #expect(fixture.server.sessions.last?.clientInfo?.proxy == "\(proxy.host):\(proxy.port)")
        }
    }
}

private struct WeakCore {
    weak var core: ClientCore?
}

/// Counts how often it is saved.
private final class CountingSession: SessionStore {
    private let memory = MemorySession()
    private let saves = Locked(0)

    var saveCount: Int { saves.withLock { $0 } }

    func open() async throws -> SessionContent { try memory.open() }
    func apply(_ changes: [SessionChange]) async throws { try memory.apply(changes) }
    func storePeers(_ peers: [StoredPeer]) async throws { try memory.storePeers(peers) }
    func peer(_ id: PeerID) async throws -> StoredPeer? { try memory.peer(id) }
    func peer(username: String) async throws -> StoredPeer? { try memory.peer(username: username) }
    func peer(phone: String) async throws -> StoredPeer? { try memory.peer(phone: phone) }
    func peer(name: String) async throws -> StoredPeer? { try memory.peer(name: name) }
    func save() async throws { saves.withLock { $0 += 1 } }
    func close() async throws { memory.close() }
    func delete() async throws { memory.delete() }
}
