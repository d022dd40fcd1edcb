import Telegram
import TelegramTesting

/// A user and a bot at a server in this process: real sockets, real keys, real encryption.
enum OfflineDemo {
    private static let phone = "+1 202 555 0147"
    private static let password = "correct horse battery staple"

    static func run() async throws {
        step("A server with five data centres, in this process")
        let server = try await TestServer.start()
        for center in server.dataCenters { say("   data centre \(center.id) on \(center.host):\(center.port)") }
        let echo = try server.telegram.addBot(name: "Echo", username: "echo_bot")
        try server.telegram.addUser(phone: phone, firstName: "Ann", username: "ann", password: password)

        step("Ann signs in, over an obfuscated connection")
        let session = StringSession()
        let ann = try server.client(session: session) { $0.transport = .obfuscatedIntermediate }
        let watch = watchFloodWaits(of: ann)
        try await signIn(ann, at: server)

        step("A bot signs in with its token")
        let bot = try await server.signedInClient(as: .account(echo))
        let me = try await bot.me()
        say("   signed in as \(me?.displayName ?? "nobody"), a bot: \(me?.isBot ?? false)")

        step("Ann writes to the bot, which is told")
        let updates = bot.rawUpdates()
        let peer = try await ann.inputPeer(for: "@echo_bot")
        _ = try await ann(TL.messages.SendMessage(peer: peer, message: "Clear skies tonight"))
        for await update in updates {
            say("   \(update)")
            break
        }

        step("Errors have types")
        try await provokeErrors(ann, at: server)

        step("What Ann's session looks like as a text: whoever has it is signed in")
        say("   \(session.string)")

        await ann.disconnect()
        await bot.disconnect()
        watch.cancel()
        step("What the server has counted")
        let statistics = server.statistics
        say("   \(statistics.connectionsAccepted) connections, \(statistics.keyExchanges) key exchanges")
        say("   \(statistics.packetsReceived) packets in, \(statistics.packetsSent) out")
        for (method, count) in statistics.requests.sorted(by: { $0.key < $1.key }) { say("   \(method): \(count)") }
        await server.stop()
    }

    private static func signIn(_ client: TelegramClient, at server: TestServer) async throws {
        try await client.connect()
        let number = try PhoneNumber(phone).unwrapped()
        let sent = try await client.requestLoginCode(phone: number)
        say("   the code comes by \(sent.delivery)")
        do {
            _ = try await client.signIn(phone: number, code: "00000")
        } catch let error as RPCError.PhoneCodeInvalid {
            say("   a wrong code: \(error)")
        }
        do {
            _ = try await client.signIn(phone: number, code: server.telegram.code(for: phone) ?? "")
        } catch let error as RPCError.SessionPasswordNeeded {
            say("   the right code: \(error)")
        }
        do {
            _ = try await client.signIn(password: "guess")
        } catch let error as RPCError.PasswordHashInvalid {
            say("   a wrong password: \(error)")
        }
        let user = try await client.signIn(password: password)
        say("   the right one: signed in as \(user.displayName), \(user.peerID)")
    }

    private static func provokeErrors(_ client: TelegramClient, at server: TestServer) async throws {
        server.onNext(TL.help.GetNearestDc.self, .flood(seconds: 2))
        let country = try await client(TL.help.GetNearestDc()).country
        say("   after the wait the answer came: \(country)")

        server.onNext(TL.help.GetNearestDc.self, .flood(seconds: 42))
        do {
            _ = try await client(TL.help.GetNearestDc(), floodSleepThreshold: .seconds(10))
        } catch let error as RPCError.FloodWait {
            say("   too long to wait: \(error)")
        }
        do {
            _ = try await client.entity("@nobody_has_this_name")
        } catch let error as PeerError {
            say("   \(error)")
        }
    }

    /// Waits that the client takes by itself would look as if it hung, so it tells.
    private static func watchFloodWaits(of client: TelegramClient) -> Task<Void, Never> {
        let waits = client.floodWaits
        return Task { for await wait in waits where wait.isSleptThrough { say("   \(wait)") } }
    }
}

extension Optional {
    /// The value, where there is always one.
    fileprivate func unwrapped() throws -> Wrapped {
        guard let self else { throw Arguments.Mistake(description: "the demo has a phone number that is none") }
        return self
    }
}
