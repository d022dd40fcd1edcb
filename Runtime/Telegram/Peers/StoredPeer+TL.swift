import TelegramAPI

extension StoredPeer {
    /// What is kept of a user; `nil` when there is nothing to talk to them with, or only a part has come.
    init?(_ user: TL.User) {
        guard let user = User(user), !user.isMin, let accessHash = user.accessHash else { return nil }
        self.init(
            id: user.peerID,
            accessHash: accessHash,
            usernames: user.usernames.map { $0.lowercased() },
            phone: user.phone.flatMap { PhoneNumber($0)?.digits },
            name: user.displayName
        )
    }

    /// The same of a group or a channel.
    init?(_ chat: TL.Chat) {
        switch Entity(chat) {
        case .chat(let group):
            // Nothing but the number, which whoever asks has.
            if case .chatEmpty = chat { return nil }
            self.init(id: group.peerID, accessHash: 0, name: group.title)
        case .channel(let channel):
            guard !channel.isMin, let accessHash = channel.accessHash else { return nil }
            self.init(
                id: channel.peerID,
                accessHash: accessHash,
                usernames: channel.usernames.map { $0.lowercased() },
                name: channel.title
            )
        case .user, nil:
            return nil
        }
    }

    /// What requests name the peer by.
    var inputPeer: TL.InputPeer {
        switch id {
        case .user(let id): .inputPeerUser(userID: id, accessHash: accessHash)
        case .chat(let id): .inputPeerChat(chatID: id)
        case .channel(let id): .inputPeerChannel(channelID: id, accessHash: accessHash)
        }
    }
}
