public import Telegram

/// A bot that says what it is told. Works with any client that a bot is signed in with.
public struct EchoBot: Sendable {
    private let client: TelegramClient
    private let updates: AsyncStream<TL.Updates>

    /// A bot that speaks through a client, and hears everything from now on.
    public init(_ client: TelegramClient) {
        self.client = client
        updates = client.rawUpdates()
    }

    /// Answers until the client is disconnected.
    public func run() async throws {
        for await batch in updates {
            for message in incomingMessages(in: batch) {
                let peer = try await client.inputPeer(for: message.peer)
                _ = try await client(TL.messages.SendMessage(peer: peer, message: message.text))
            }
        }
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
