import MTProto
import TelegramTesting
import Testing

@testable import Telegram

@Suite(.timeLimit(.minutes(10)))
struct LogOutTests {
    private func expectUnusable(_ client: TelegramClient) async {
        #expect(!client.isConnected)
        let call = await #expect(throws: ClientError.self) { _ = try await client(TL.help.GetConfig()) }
        #expect(call?.code == .loggedOut)
        let connecting = await #expect(throws: ClientError.self) { try await client.connect() }
        #expect(connecting?.code == .loggedOut)
    }

    @Test func logOutDeletesTheSessionAndEndsTheClient() async throws {
        try await ClientFixture.run { fixture in
            try fixture.addAnn()
            try await fixture.signInAnn()
            #expect(try await fixture.client.logOut())
            await expectUnusable(fixture.client)
            let content = try fixture.session.open()
            #expect(content.authKeys.isEmpty && content.account == nil)
            fixture.session.close()
        }
    }

    @Test func refusalChangesNothing() async throws {
        try await ClientFixture.run { fixture in
            let ann = try fixture.addAnn()
            try await fixture.signInAnn()
            fixture.server.failNext(TL.auth.LogOut.self, with: .test("FLOOD_WAIT_5"))
            #expect(try await !fixture.client.logOut())
            #expect(fixture.client.isConnected)
            #expect(try await fixture.client.me()?.id == ann.id)
        }
    }

    @Test func confirmationWithoutAnAnswerCounts() async throws {
        // With a transport that confirms packets at once.
        try await ClientFixture.run(client: { $0.transport = .intermediate }) { fixture in
            try fixture.addAnn()
            try await fixture.signInAnn()
            fixture.server.onNext(TL.auth.LogOut.self, .neverAnswer)
            let result = Task { try await fixture.client.logOut() }
            // It sleeps when the confirmation has come.
            await fixture.waitForSleepers()
            #expect(fixture.client.isConnected)
            fixture.clock.advance(by: .seconds(5))
            #expect(try await result.value)
            await expectUnusable(fixture.client)
        }
    }

    @Test func refusalAfterTheConfirmationIsARefusal() async throws {
        // With a transport that confirms packets at once.
        try await ClientFixture.run(client: { $0.transport = .intermediate }) { fixture in
            try fixture.addAnn()
            try await fixture.signInAnn()
            fixture.server.on(TL.auth.LogOut.self) { _, _ in
                // It sleeps when the confirmation has come.
                await fixture.waitForSleepers()
                throw RPCError.test("SESSION_REVOKED", code: 401)
            }
            #expect(try await !fixture.client.logOut())
            #expect(fixture.client.isConnected)
        }
    }

    @Test func lossOfTheKeyIsAsGoodAsAnAnswer() async throws {
        try await ClientFixture.run { fixture in
            try fixture.addAnn()
            try await fixture.signInAnn()
            let server = fixture.server
            server.on(TL.auth.LogOut.self) { _, session in
                await server.forgetKey(session.authKeyID)
                await server.sendTransportError(404)
                throw CancellationError()
            }
            #expect(try await fixture.client.logOut())
            await expectUnusable(fixture.client)
        }
    }

    @Test func withoutAConnectionItFails() async throws {
        try await ClientFixture.run(isConnected: false) { fixture in
            await #expect(throws: MTProtoError.self) { try await fixture.client.logOut() }
        }
    }
}
