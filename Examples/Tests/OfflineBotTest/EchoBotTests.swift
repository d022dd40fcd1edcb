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
}

extension TL.Message {
    fileprivate var text: String? {
        if case .message(let message) = self { message.message } else { nil }
    }
}
