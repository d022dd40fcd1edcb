import Telegram
import TelegramTesting
import Testing

/// Three lines set a test up.
@Suite(.timeLimit(.minutes(10))) struct SignedInClientTests {
    @Test func botSignsIn() async throws {
        try await withTestServer { server in
            let client = try await server.signedInClient(as: .bot("echo_bot"))
            let me = try #require(try await client.me())
            #expect(me.isBot)
            #expect(me.username == "echo_bot")
            await client.disconnect()
        }
    }

    @Test func userSignsInAndFindsTheOther() async throws {
        try await withTestServer { server in
            let ann = try await server.signedInClient(as: .user("ann_test"))
            let ben = try await server.signedInClient(as: .user("ben_test"))
            #expect(try await ann.entity("ben_test").displayName == "ben_test")
            #expect(try await ann.me()?.phone != ben.me()?.phone)
            await ann.disconnect()
            await ben.disconnect()
        }
    }

    @Test func passwordIsAsked() async throws {
        try await withTestServer { server in
            let cat = try server.telegram.addUser(phone: "+1 202 555 0188", firstName: "Cat", password: "secret")
            let client = try await server.signedInClient(as: .account(cat, password: "secret"))
            #expect(try await client.me()?.id == cat.id)
            await client.disconnect()
            await #expect(throws: RPCError.PasswordHashInvalid.self) {
                try await server.signedInClient(as: .account(cat, password: "wrong"))
            }
        }
    }

    @Test func severalSignInAtOnce() async throws {
        try await withTestServer { server in
            async let ann = server.signedInClient(as: .user("ann_test"))
            async let ben = server.signedInClient(as: .user("ben_test"))
            async let again = server.signedInClient(as: .user("ann_test"))
            async let bot = server.signedInClient(as: .bot("echo_bot"))
            async let same = server.signedInClient(as: .bot("echo_bot"))
            let clients = try await [ann, ben, again, bot, same]
            var names: [String?] = []
            for client in clients { names.append(try await client.me()?.username) }
            #expect(names == ["ann_test", "ben_test", "ann_test", "echo_bot", "echo_bot"])
            for client in clients { await client.disconnect() }
        }
    }

    @Test func clockOfTheServerIsItsOwn() async throws {
        try await withTestServer { server in
            let client = try await server.signedInClient(as: .bot("echo_bot"))
            server.clock.skew = .seconds(7_200)
            #expect(try await client.me()?.isBot == true)
            #expect((server.statistics.refusedMessages[16] ?? 0) > 0, "the client's messages came from the past")
            await client.disconnect()
        }
    }

    @Test func sameUsernameIsTheSameAccount() async throws {
        try await withTestServer { server in
            let first = try await server.signedInClient(as: .user("ann_test"))
            let second = try await server.signedInClient(as: .user("ann_test"))
            #expect(try await first.me()?.id == second.me()?.id)
            await first.disconnect()
            await second.disconnect()
        }
    }
}
