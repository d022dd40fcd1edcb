import TelegramAPI
import TelegramTesting
import Testing

@testable import Telegram

/// The client's methods against a server: real sockets, and answers made up for each test.
@Suite struct ClientPeersTests {
    /// Knows the user 5, whose username is `ann`, and the account 1 when somebody is signed in.
    private func prepare(_ server: TestServer, isSignedIn: Bool = true) {
        let ann = PeerSamples.user(5, username: "ann")
        server.answerUpdateState()
        server.answer(TL.users.GetUsers.self) { request, _ in
            if !isSignedIn { throw RPCError.make(code: 401, name: "AUTH_KEY_UNREGISTERED") }
            return request.id.map { PeerID($0) == nil ? PeerSamples.user(1, isSelf: true) : ann }
        }
        server.answer(TL.contacts.ResolveUsername.self) { request, _ in
            guard request.username == "ann" else { throw RPCError.make(code: 400, name: "USERNAME_NOT_OCCUPIED") }
            return TL.contacts.ResolvedPeer(
                peer: PeerID.user(5).raw,
                chats: [],
                users: [ann]
            )
        }
    }

    @Test func everyFormOfAReferenceIsAccepted() async throws {
        try await ClientFixture.run(prepare: { prepare($0) }) { (fixture: ClientFixture) async throws in
            let client = fixture.client
            let entity = try await client.entity("@ann")
            #expect(entity.peerID == .user(5))
            #expect(text(try await client.inputPeer(for: 5)) == "user 5/77")
            #expect(text(try await client.inputPeer(for: entity)) == "user 5/77")
            #expect(text(try await client.inputPeer(for: PeerID.user(5))) == "user 5/77")
            #expect(text(try await client.inputPeer(for: .username("ann"))) == "user 5/77")
            #expect(text(try await client.inputPeer(for: -7)) == "group 7")
            #expect(text(try await client.inputPeer(for: .me)) == "self")
            #expect(try await client.peerID(of: "t.me/ann") == .user(5))
            #expect(try await client.entities(["ann", 5, .me]).map(\.peerID) == [.user(5), .user(5), .user(1)])
            #expect(PeerID(try await client.inputUser(for: "ann")) == .user(5))
            await #expect(throws: PeerError.self) { try await client.inputChannel(for: "ann") }
            await #expect(throws: PeerError.self) { try await client.entity("@bea") }
            #expect(fixture.count(of: "contacts.resolveUsername") == 2)
        }
    }

    @Test func accountIsKeptWhenItIsFirstSeen() async throws {
        try await ClientFixture.run(prepare: { prepare($0) }) { (fixture: ClientFixture) async throws in
            #expect(fixture.client.account == nil)
            #expect(try await fixture.client.me()?.id == 1)
            #expect(fixture.client.account?.userID == 1)
            #expect(text(try await fixture.client.meInput()) == "user 1/77")
            #expect(try await !fixture.client.isBot())
            #expect(try await fixture.client.isAuthorized())
        }
    }

    @Test func nobodySignedInIsNoError() async throws {
        try await ClientFixture.run(
            prepare: { server in
                prepare(server, isSignedIn: false)
                server.answer(TL.updates.GetState.self) { _, _ in
                    throw RPCError.make(code: 401, name: "AUTH_KEY_UNREGISTERED")
                }
            },
            { (fixture: ClientFixture) async throws in
                #expect(try await fixture.client.me() == nil)
                #expect(try await fixture.client.meInput() == nil)
                #expect(try await !fixture.client.isBot())
                for _ in 1...2 { #expect(try await !fixture.client.isAuthorized()) }
                #expect(fixture.count(of: "updates.getState") == 1)
            }
        )
    }

    @Test func peersOutliveTheConnection() async throws {
        try await ClientFixture.run(prepare: { prepare($0) }) { (fixture: ClientFixture) async throws in
            _ = try await fixture.client.entity("@ann")
            await fixture.client.disconnect()
            let next = try fixture.anotherClient(session: fixture.session)
            try await next.connect()
            #expect(text(try await next.inputPeer(for: "ann")) == "user 5/77")
            await next.disconnect()
            #expect(fixture.count(of: "contacts.resolveUsername") == 1)
        }
    }
}
