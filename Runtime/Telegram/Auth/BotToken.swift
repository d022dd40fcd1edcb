/// A bot's token, `123456:ABC...`: its number, and a secret.
struct BotToken: Sendable {
    let text: String
    /// The number of the bot.
    let botID: Int64

    /// - Throws: ``SignInError`` with ``SignInError/Code/invalidBotToken``.
    init(_ text: String) throws(SignInError) {
        let text = text.trimmed
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let id = Int64(parts[0]), id > 0, !parts[1].isEmpty else {
            throw SignInError(
                .invalidBotToken,
                "what was given is no bot token, which is a number, a colon and letters; copy the one from BotFather"
            )
        }
        self.text = text
        botID = id
    }
}
