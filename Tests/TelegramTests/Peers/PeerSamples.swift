import TelegramAPI

@testable import Telegram

/// Peers as a server describes them.
enum PeerSamples {
    static func user(
        _ id: Int64,
        hash: Int64? = 77,
        min: Bool = false,
        bot: Bool = false,
        isSelf: Bool = false,
        username: String? = nil,
        usernames: [TL.Username]? = nil,
        phone: String? = nil,
        name: String = "Ann"
    ) -> TL.User {
        .user(
            isSelf: isSelf,
            bot: bot,
            min: min,
            id: id,
            accessHash: hash,
            firstName: name,
            username: username,
            phone: phone,
            usernames: usernames
        )
    }

    static func group(_ id: Int64, title: String = "Group", migratedTo: TL.InputChannel? = nil) -> TL.Chat {
        .chat(
            deactivated: migratedTo != nil,
            id: id,
            title: title,
            photo: .chatPhotoEmpty,
            participantsCount: 3,
            date: 1_000,
            version: 1,
            migratedTo: migratedTo
        )
    }

    static func channel(
        _ id: Int64,
        hash: Int64? = 88,
        min: Bool = false,
        username: String? = nil,
        usernames: [TL.Username]? = nil,
        title: String = "Channel"
    ) -> TL.Chat {
        .channel(
            broadcast: true,
            min: min,
            id: id,
            accessHash: hash,
            title: title,
            username: username,
            photo: .chatPhotoEmpty,
            date: 2_000,
            usernames: usernames
        )
    }

    static func message(
        _ id: Int32,
        in chat: PeerID,
        from sender: PeerID? = nil,
        forwardedFrom origin: PeerID? = nil,
        via bot: Int64? = nil,
        mentioning user: Int64? = nil
    ) -> TL.Message {
        .message(
            id: id,
            fromID: sender?.raw,
            peerID: chat.raw,
            fwdFrom: origin.map { TL.MessageFwdHeader(fromID: $0.raw, date: 5) },
            viaBotID: bot,
            date: 5,
            message: "text",
            entities: user.map { [.messageEntityMentionName(offset: 0, length: 4, userID: $0)] }
        )
    }

    static func updates(
        _ updates: [TL.Update] = [],
        users: [TL.User] = [],
        chats: [TL.Chat] = []
    ) -> TL.Updates {
        .updates(updates: updates, users: users, chats: chats, date: 5, seq: 0)
    }
}

/// `user 5/77`: whom a request names and with which hash, short enough to compare.
func text(_ peer: TL.InputPeer?) -> String {
    switch peer {
    case nil: "nobody"
    case .inputPeerSelf: "self"
    case .inputPeerEmpty: "empty"
    case .inputPeerUser(let user): "user \(user.userID)/\(user.accessHash)"
    case .inputPeerChat(let chat): "group \(chat.chatID)"
    case .inputPeerChannel(let channel): "channel \(channel.channelID)/\(channel.accessHash)"
    case .inputPeerUserFromMessage(let user): "user \(user.userID) in message \(user.msgID) of \(text(user.peer))"
    case .inputPeerChannelFromMessage(let channel):
        "channel \(channel.channelID) in message \(channel.msgID) of \(text(channel.peer))"
    }
}
