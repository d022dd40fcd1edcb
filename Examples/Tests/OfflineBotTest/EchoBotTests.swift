import EchoBot
import Telegram
import TelegramTesting
import Testing

/// Tests a bot without Telegram: the server is in this process, and everything else is real.
@Suite(.timeLimit(.minutes(1))) struct EchoBotTests {
    @Test func botSaysWhatItIsTold() async throws {
        let server = try await TestServer.start()
        let ann = try server.telegram.addUser(phone: "+1 202 555 0101", firstName: "Ann")
        let echo = try server.telegram.addBot(name: "Echo", username: "echo_bot")
        let client = try await server.signedInClient(as: .account(echo))
        let bot = EchoBot(client)
        let running = Task { try await bot.run() }

        try server.telegram.send("Clear skies", from: ann, to: echo)
        let dialog = try await server.telegram.messages(with: echo, seenBy: ann, atLeast: 2)
        #expect(dialog.compactMap(\.text) == ["Clear skies", "Clear skies"])

        await client.disconnect()
        try await running.value
        await server.stop()
    }

    @Test func oneFailureDoesNotEndTheBot() async throws {
        let server = try await TestServer.start()
        let ann = try server.telegram.addUser(phone: "+1 202 555 0101", firstName: "Ann")
        let echo = try server.telegram.addBot(name: "Echo", username: "echo_bot")
        let client = try await server.signedInClient(as: .account(echo))
        let (reports, reporter) = AsyncStream.makeStream(of: String.self)
        let bot = EchoBot(client) { reporter.yield($0) }
        let running = Task { try await bot.run() }

        let person = try await server.signedInClient(as: .account(ann))
        let updates = person.rawUpdates()
        server.failNext(TL.messages.SendMessage.self, with: .make(code: 400, name: "USER_IS_BLOCKED"))
        try server.telegram.send("Rain", from: ann, to: echo)
        for await report in reports {
            #expect(report.contains("USER_IS_BLOCKED"))
            break
        }
        try server.telegram.send("Clear skies", from: ann, to: echo)
        for await update in updates {
            if case .updateShortMessage(let message) = update, !message.out {
                #expect(message.message == "Clear skies")
                break
            }
        }

        await person.disconnect()
        await client.disconnect()
        try await running.value
        await server.stop()
    }

    @Test func endOfTheConnectionIsThrown() async throws {
        let server = try await TestServer.start()
        let client = try await server.signedInClient(as: .bot("echo_bot"))
        let bot = EchoBot(client)
        let running = Task { try await bot.run() }

        await server.forgetAllKeys()
        await #expect(throws: MTProtoError.self) { _ = try await client(TL.help.GetConfig()) }
        await #expect(throws: MTProtoError.self) { try await running.value }

        await client.disconnect()
        await server.stop()
    }
}

extension TL.Message {
    fileprivate var text: String? {
        if case .message(let message) = self { message.message } else { nil }
    }
}
