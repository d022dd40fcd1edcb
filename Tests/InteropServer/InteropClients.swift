import Foundation
import Telegram
import TelegramTesting

/// This project's clients, which talk to those in other languages through the server.
actor InteropClients {
    struct Mistake: Error, CustomStringConvertible {
        let description: String
    }

    private struct Member {
        let client: TelegramClient
        let session: StringSession
        var messages: AsyncStream<String>.Iterator
        let listener: Task<Void, Never>
    }

    private let server: TestServer
    private var members: [String: Member] = [:]

    init(server: TestServer) { self.server = server }

    /// Signs somebody in who is known to the server, and listens from then on.
    func join(_ username: String, password: String?) async throws -> (id: Int64, string: String) {
        guard let account = server.telegram.account(username: username) else {
            throw Mistake(description: "nobody is called '\(username)'")
        }
        let session = StringSession()
        let client = try await server.signedInClient(as: .account(account, password: password), session: session)
        let updates = client.rawUpdates()
        let (messages, heard) = AsyncStream.makeStream(of: String.self)
        let listener = Task {
            for await batch in updates { for text in incomingTexts(in: batch) { heard.yield(text) } }
            heard.finish()
        }
        members[username] = Member(
            client: client,
            session: session,
            messages: messages.makeAsyncIterator(),
            listener: listener
        )
        return (account.id, session.string)
    }

    func say(_ text: String, by username: String, to peer: String) async throws {
        let client = try client(of: username)
        let recipient = try await client.inputPeer(for: PeerReference(peer))
        let request = TL.messages.SendMessage(peer: recipient, message: text)
        _ = try await client(request)
    }

    /// The next message that somebody gets.
    func heard(by username: String) async throws -> String {
        guard var messages = members[username]?.messages else {
            throw Mistake(description: "'\(username)' has not joined")
        }
        let text = await messages.next(isolation: self)
        members[username]?.messages = messages
        return text ?? ""
    }

    /// Accepts a QR code as the app of somebody would who is signed in.
    func accept(_ token: Data, by username: String) async throws {
        _ = try await client(of: username)(TL.auth.AcceptLoginToken(token: Array(token)))
    }

    /// Opens a session that another client has written, and tells whose it is.
    func open(_ string: String) async throws -> Int64 {
        let client = try server.client(session: StringSession(string))
        let me = try await client.start(.existing)
        await client.disconnect()
        return me.id
    }

    func leave() async {
        for member in members.values {
            await member.client.disconnect()
            await member.listener.value
        }
        members = [:]
    }

    private func client(of username: String) throws -> TelegramClient {
        guard let member = members[username] else { throw Mistake(description: "'\(username)' has not joined") }
        return member.client
    }
}

/// What others have written, in whichever of its forms the server has sent it.
private func incomingTexts(in batch: TL.Updates) -> [String] {
    switch batch {
    case .updateShortMessage(let message): message.out ? [] : [message.message]
    case .updateShortChatMessage(let message): message.out ? [] : [message.message]
    case .updates(let batch): batch.updates.compactMap(incomingText)
    case .updatesCombined(let batch): batch.updates.compactMap(incomingText)
    case .updateShort(let short): [short.update].compactMap(incomingText)
    case .updatesTooLong, .updateShortSentMessage: []
    }
}

private func incomingText(_ update: TL.Update) -> String? {
    let message: TL.Message
    switch update {
    case .updateNewMessage(let new): message = new.message
    case .updateNewChannelMessage(let new): message = new.message
    default: return nil
    }
    guard case .message(let content) = message, !content.out else { return nil }
    return content.message
}
