import EchoBot
import Telegram

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

// Runs the bot at Telegram itself:
//
//     TELEGRAM_API_ID=... TELEGRAM_API_HASH=... TELEGRAM_BOT_TOKEN=... swift run echo-bot

func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

guard let id = environment("TELEGRAM_API_ID").flatMap({ Int32($0) }), let hash = environment("TELEGRAM_API_HASH"),
    let token = environment("TELEGRAM_BOT_TOKEN")
else {
    print(
        "Set TELEGRAM_API_ID and TELEGRAM_API_HASH from https://my.telegram.org, and TELEGRAM_BOT_TOKEN from @BotFather."
    )
    exit(1)
}

let session = FileSession(name: "echo-bot")
var configuration = ClientConfiguration()
// A bot is to survive every outage, however long.
configuration.connectionRetries = nil
try await withTelegramClient(session: session, apiID: id, apiHash: hash, configuration: configuration) { client in
    let me = try await client.start(.bot(token: token))
    print("@\(me.username ?? "") echoes. Stop it with Control-C.")
    try await EchoBot(client).run()
}
