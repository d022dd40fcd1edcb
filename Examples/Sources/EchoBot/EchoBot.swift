public import Telegram

/// A bot that says what it is told. Works with any client that a bot is signed in with.
public struct EchoBot: Sendable {
    private let client: TelegramClient
    private let updates: AsyncStream<TL.Updates>
    private let report: @Sendable (String) -> Void

    /// A bot that speaks through a client, and hears everything from now on.
    /// - Parameter report: Gets a line about whatever goes wrong without ending the bot.
    public init(_ client: TelegramClient, report: @escaping @Sendable (String) -> Void = { print($0) }) {
        self.client = client
        self.report = report
        updates = client.rawUpdates()
    }

    /// Answers until the client is disconnected.
    /// - Throws: why the connection was given up; nothing after `disconnect()`.
    public func run() async throws {
        for await batch in updates {
            if case .updatesTooLong = batch { report("Some messages may have been missed.") }
            for message in incomingMessages(in: batch) {
                do {
                    try await answer(message.text, to: message.peer)
                } catch {
                    // Somebody who has blocked the bot must not end it for everybody else.
                    report("No answer to \(message.peer): \(error)")
                }
            }
        }
        // The stream just ends; this tells why.
        try await client.waitUntilDisconnected()
    }

    private func answer(_ text: String, to peer: PeerID) async throws {
        let peer = try await client.inputPeer(for: peer)
        _ = try await client(TL.messages.SendMessage(peer: peer, message: text))
    }

    /// What others have written, in whichever of its forms the server has sent it.
    private func incomingMessages(in batch: TL.Updates) -> [(peer: PeerID, text: String)] {
        switch batch {
        case .updateShortMessage(let message):
            return message.out ? [] : [(.user(message.userID), message.message)]
        case .updateShortChatMessage(let message):
            return message.out ? [] : [(.chat(message.chatID), message.message)]
        case .updates(let batch): return batch.updates.compactMap(incomingMessage)
        case .updatesCombined(let batch): return batch.updates.compactMap(incomingMessage)
        case .updateShort(let short): return [short.update].compactMap(incomingMessage)
        case .updatesTooLong, .updateShortSentMessage: return []
        }
    }

    private func incomingMessage(_ update: TL.Update) -> (peer: PeerID, text: String)? {
        let message: TL.Message
        switch update {
        case .updateNewMessage(let new): message = new.message
        case .updateNewChannelMessage(let new): message = new.message
        default: return nil
        }
        guard case .message(let content) = message, !content.out else { return nil }
        return (PeerID(content.peerID), content.message)
    }
}
