import Telegram
import TelegramTesting

// A small Telegram inside of this process, to try things without an account. Nothing below knows the difference.
let server = try await TestServer.start()
let bot = try await server.signedInClient(as: .bot("echo_bot"))
let ann = try await server.signedInClient(as: .user("ann"))

// Usernames, links, phone numbers and ids all say who is meant.
let echo = try await ann.entity("@echo_bot")
print("\(echo.displayName) is \(echo.peerID)")

// Every request of Telegram's API can be called. What the server does on its own account comes as updates.
let updates = bot.rawUpdates()
let message = try await TL.messages.SendMessage(peer: ann.inputPeer(for: echo), message: "Clear skies tonight")
_ = try await ann(message)
for await update in updates {
    print("the bot was told: \(update)")
    break
}

// What the server refuses arrives as a typed error, with its numbers.
server.onNext(TL.help.GetNearestDc.self, .flood(seconds: 42))
do {
    _ = try await ann(TL.help.GetNearestDc(), floodSleepThreshold: .seconds(10))
} catch let error as RPCError.FloodWait {
    print("wait \(error.seconds) seconds: \(error)")
}

await ann.disconnect()
await bot.disconnect()
await server.stop()
