import Telegram

// Shows the client at work: without arguments against a server in this process, with --phone or --bot-token against
// Telegram itself.

do {
    switch try Arguments(CommandLine.arguments.dropFirst()) {
    case .offline: try await OfflineDemo.run()
    case .telegram(let login, let apiID, let apiHash): try await OnlineDemo.run(login, apiID: apiID, apiHash: apiHash)
    case .help: say(Arguments.usage)
    }
} catch {
    say("error: \(error)")
    stop(1)
}
