import EchoBot
import Telegram
import TelegramTesting
import Testing

/// Tests a bot without Telegram: the server is in this process, and everything else is real.
@Suite struct EchoBotTests {
    @Test func botSaysWhatItIsTold() async throws {
        let server = try await TestServer.start()
        let ann = try server.telegram.addUser(phone: "+1 202 555 0101", firstName: "Ann")
        let echo = try server.telegram.addBot(name: "Echo", username: "echo_bot")
        let client = try await server.signedInClient(as: .account(echo))
        let bot = EchoBot(client)
        let running = Task { try await bot.run() }

        let person = try await server.signedInClient(as: .account(ann))
        let updates = person.rawUpdates()
        try server.telegram.send("Clear skies", from: ann, to: echo)
        for await update in updates {
            if case .updateShortMessage(let message) = update, !message.out {
                #expect(message.message == "Clear skies")
                #expect(message.userID == echo.id)
                break
            }
        }

        await person.disconnect()
        await client.disconnect()
        try await running.value
        await server.stop()
    }
}
