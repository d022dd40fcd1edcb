import MTProto
import MTProtoCrypto
import TelegramTesting
import Testing

@testable import Telegram

/// Asking whose key it is, when the session does not say.
@Suite(.timeLimit(.minutes(10)))
struct AccountLookupTests {
    /// Runs a test with a client whose session holds Ann's key and nothing else, like a text.
    private func withBareKey(
        _ configure: (inout ClientConfiguration) -> Void = { _ in },
        _ body: (ClientFixture, TelegramClient) async throws -> Void
    ) async throws {
        try await ClientFixture.run(client: configure) { fixture in
            try fixture.addAnn()
            try await fixture.signInAnn()
            await fixture.client.disconnect()
            let content = try fixture.session.open()
            fixture.session.close()
            let bare = MemorySession(SessionContent(home: content.home, authKeys: content.authKeys))
            let client = try fixture.anotherClient(session: bare)
            do {
                try await body(fixture, client)
            } catch {
                await client.disconnect()
                throw error
            }
            await client.disconnect()
        }
    }

    @Test(arguments: ["USER", "PHONE", "NETWORK"])
    func accountThatHasMovedDoesNotBlockConnecting(kind: String) async throws {
        try await ClientFixture.run(prepare: { server in
            server.answerUpdateState()
            server.answer(TL.users.GetUsers.self) { _, _ in [.test(id: 8)] }
        }) { fixture in
            await fixture.client.disconnect()
            fixture.server.onNext(TL.users.GetUsers.self, .migrate(to: 4, kind: kind))
            try await fixture.client.connect()
            #expect(fixture.client.homeDataCenter == 4)
            #expect(fixture.client.account?.userID == 8)
        }
    }

    @Test func disconnectingDuringTheQuestionEndsConnecting() async throws {
        try await withBareKey { fixture, client in
            fixture.server.failNext(TL.users.GetUsers.self, with: .test("FLOOD_WAIT_50"))
            let task = Task { try await client.connect() }
            for await sleepers in client.core.sleeper.sleeperCounts where sleepers == 1 { break }
            await client.disconnect()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(!client.isConnected)
        }
    }

    @Test func waitThatTheServerWantsIsNotTakenForNobody() async throws {
        try await withBareKey { fixture, client in
            fixture.server.failNext(TL.users.GetUsers.self, with: .test("FLOOD_WAIT_300"))
            await #expect(throws: RPCError.FloodWait.self) { try await client.start(.existing) }
            await #expect(throws: RPCError.FloodWait.self) {
                try await client.start(.user(phone: "1") { _ in throw CancellationError() })
            }
            #expect(client.isConnected)
            fixture.clock.advance(by: .seconds(300))
            let user = try await client.start(.existing)
            #expect(user.firstName == "Ann")
            #expect(client.account != nil)
        }
    }

    @Test func troubleOfTheServerIsNotTakenForNobody() async throws {
        try await withBareKey({ $0.requestRetries = 0 }) { fixture, client in
            fixture.server.failNext(TL.users.GetUsers.self, times: 2, with: .test("INTERNAL", code: 500))
            let error = await #expect(throws: ClientError.self) { try await client.start(.existing) }
            #expect(error?.code == .retriesExhausted)
            let user = try await client.start(.existing)
            #expect(user.firstName == "Ann")
        }
    }

    @Test func nobodyIsAskedForOnce() async throws {
        try await ClientFixture.run(client: { $0.requestRetries = 0 }) { fixture in
            await fixture.client.disconnect()
            fixture.server.failNext(TL.users.GetUsers.self, with: .test("INTERNAL", code: 500))
            try await fixture.client.connect()
            for _ in 0..<2 {
                let error = await #expect(throws: ClientError.self) { try await fixture.client.start(.existing) }
                #expect(error?.code == .notSignedIn)
            }
            #expect(fixture.server.statistics.faults["rpc"] == 1)
            #expect(fixture.count(of: "users.getUsers") == 1)
        }
    }

    @Test func signInSucceedsWhenTheStateOfUpdatesCannotBeLearned() async throws {
        try await ClientFixture.run(client: { $0.requestRetries = 0 }) { fixture in
            try fixture.addAnn()
            fixture.server.failNext(TL.updates.GetState.self, with: .test("INTERNAL", code: 500))
            let user = try await fixture.signInAnn()
            #expect(fixture.client.account?.userID == user.id)
            #expect(await fixture.client.core.content.updateState == nil)
        }
    }
}
