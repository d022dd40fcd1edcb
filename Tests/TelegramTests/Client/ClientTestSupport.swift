import MTProto
import TelegramTesting

@testable import Telegram

/// A server and a client that knows it.
struct ClientFixture: Sendable {
    let server: TestServer
    let client: TelegramClient
    let session: MemorySession
    let clock: ManualClock

    /// Runs a test with a client that is connected, and cleans up whatever happens.
    /// - Parameter usesSystemTime: For tests in which connections are made again: with a clock that stands still they
    ///   would wait for ever before the next attempt.
    static func run(
        session: SessionContent = SessionContent(),
        isConnected: Bool = true,
        usesSystemTime: Bool = false,
        server change: (inout TestServerConfiguration) -> Void = { _ in },
        client configure: (inout ClientConfiguration) -> Void = { _ in },
        prepare: (TestServer) -> Void = { _ in },
        _ body: (ClientFixture) async throws -> Void
    ) async throws {
        let clock = ManualClock()
        let time: any TimeSource = usesSystemTime ? SystemTime() : clock
        var settings = TestServerConfiguration(time: time)
        change(&settings)
        let server = try await TestServer.start(settings)
        prepare(server)
        var configuration = try ClientFixture.configuration(for: server, clock: time)
        configure(&configuration)
        let memory = MemorySession(session)
        do {
            let client = try TelegramClient(
                session: memory,
                apiID: 17,
                apiHash: "0123456789abcdef",
                configuration: configuration
            )
            let fixture = ClientFixture(server: server, client: client, session: memory, clock: clock)
            do {
                if isConnected { try await client.connect() }
                try await body(fixture)
            } catch {
                await client.disconnect()
                throw error
            }
            await client.disconnect()
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    static func configuration(
        for server: TestServer,
        clock: any TimeSource
    ) throws -> ClientConfiguration {
        var configuration = ClientConfiguration()
        let home = server.dataCenters.filter { $0.id == 2 }
        let others = server.dataCenters.filter { $0.id != 2 }
        configuration.dataCenters = (home + others).map { DataCenterAddress(id: $0.id, host: $0.host, port: $0.port) }
        configuration.serverKeys = [try ServerPublicKey(pem: server.publicKeyPEM)]
        configuration.retryDelay = .milliseconds(1)
        configuration.time = clock
        configuration.deviceModel = "Test"
        return configuration
    }

    /// Another client of the same kind, with a session of its own unless one is given.
    func anotherClient(session: any SessionStore) throws -> TelegramClient {
        try TelegramClient(
            session: session,
            apiID: 17,
            apiHash: "0123456789abcdef",
            configuration: client.configuration
        )
    }

    /// What the session would keep for the next run.
    func savedContent() async throws -> SessionContent {
        let content = await client.core.content
        return content
    }

    /// Waits until so many requests sleep.
    func waitForSleepers(_ count: Int = 1) async {
        for await sleepers in client.core.sleeper.sleeperCounts where sleepers == count { break }
    }

    /// Waits until the minutely work sleeps, and lets time pass.
    func waitForHousekeeping() async {
        for await sleepers in client.core.housekeepingSleeper.sleeperCounts where sleepers == 1 { break }
    }

    /// How often the server has executed a function.
    func count(of name: String) -> Int { server.statistics.requests[name] ?? 0 }
}

extension TL.User {
    /// Somebody to be signed in as.
    static func test(id: Int64, isBot: Bool = false) -> TL.User {
        .user(TL.User.User(bot: isBot, id: id, accessHash: id * 1_000, firstName: "Ann"))
    }
}

extension TestServer {
    /// Answers what signing in asks for besides.
    func answerUpdateState(pts: Int32 = 10) {
        answer(TL.updates.GetState.self) { _, _ in
            TL.updates.State(pts: pts, qts: 0, date: 1, seq: 1, unreadCount: 0)
        }
        answer(TL.updates.GetDifference.self) { request, _ in
            .differenceEmpty(TL.updates.Difference.DifferenceEmpty(date: 2, seq: 3))
        }
    }

    /// Moves accounts between data centres like Telegram does, without looking at who asks: what one data centre
    /// exports another one imports. Requests there need it.
    func answerAuthorizations(home: Int32 = 2) {
        answer(TL.auth.ExportAuthorization.self) { request, session in
            if request.dcID == session.dataCenterID { throw RPCError.make(code: 400, name: "DC_ID_INVALID") }
            return TL.auth.ExportedAuthorization(id: Int64(request.dcID), bytes: [1, 2, 3])
        }
        answer(TL.auth.ImportAuthorization.self) { request, session in
            guard request.id == Int64(session.dataCenterID), request.bytes == [1, 2, 3] else {
                throw RPCError.make(code: 400, name: "AUTH_BYTES_INVALID")
            }
            session.keyStorage[Imported.self] = Imported()
            return .authorization(TL.auth.Authorization.Authorization(user: .test(id: 1)))
        }
        answer(TL.help.GetNearestDc.self) { _, session in
            if session.dataCenterID != home, session.keyStorage[Imported.self] == nil {
                throw RPCError.make(code: 401, name: "AUTH_KEY_UNREGISTERED")
            }
            return TL.NearestDc(country: "IT", thisDC: session.dataCenterID, nearestDC: home)
        }
    }
}

/// The account has been imported for a key.
private struct Imported: Sendable {}
