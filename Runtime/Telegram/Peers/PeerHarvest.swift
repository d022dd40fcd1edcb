import TelegramAPI

/// What an answer or a batch of updates says about peers.
struct PeerHarvest: Sendable {
    /// Whoever can be talked to from now on.
    var rows: [StoredPeer] = []
    /// Whoever can be talked to by pointing at a message.
    var contexts: [PeerID: MessageContext] = [:]
    /// Names that have changed without anything else coming along.
    var changes: [Change] = []

    /// What an update says about one user.
    enum Change: Sendable {
        case names(user: Int64, usernames: [String], name: String)
        case phone(user: Int64, String?)
    }

    /// `nil` when a value says nothing, as most answers do. It is looked at where it came, before anybody waits for
    /// anything.
    init?(_ value: Any) {
        if let carrier = value as? any TL.PeerCarrier {
            self.init(users: carrier.carriedUsers, chats: carrier.carriedChats, origin: value)
            if let updates = value as? TL.Updates { changes = updates.carriedUpdates.compactMap(Change.init) }
        } else if let users = value as? [TL.User] {
            self.init(users: users, chats: [], origin: nil)
        } else if let user = value as? TL.User {
            self.init(users: [user], chats: [], origin: nil)
        } else if let chat = value as? TL.Chat {
            self.init(users: [], chats: [chat], origin: nil)
        } else {
            return nil
        }
        if rows.isEmpty && contexts.isEmpty && changes.isEmpty { return nil }
    }

    /// - Parameter origin: where they came with messages, if they did.
    init(users: [TL.User], chats: [TL.Chat], origin: Any?) {
        rows = users.compactMap(StoredPeer.init) + chats.compactMap(StoredPeer.init)
        var incomplete: Set<PeerID> = []
        for user in users.lazy.compactMap(User.init) where user.isMin { incomplete.insert(user.peerID) }
        for channel in chats.lazy.compactMap(Channel.init) where channel.isMin { incomplete.insert(channel.peerID) }
        if incomplete.isEmpty { return }
        for message in (origin as? any MessageCarrier)?.carriedMessages ?? [] {
            guard let context = message.context else { continue }
            for peer in message.mentionedPeers where incomplete.contains(peer) && peer != context.chat {
                contexts[peer] = context
            }
        }
    }
}

extension PeerHarvest.Change {
    fileprivate init?(_ update: TL.Update) {
        switch update {
        case .updateUserName(let update):
            let name = [update.firstName, update.lastName].filter { !$0.isEmpty }.joined(separator: " ")
            let usernames = activeUsernames(main: nil, others: update.usernames).map { $0.lowercased() }
            self = .names(user: update.userID, usernames: usernames, name: name)
        case .updateUserPhone(let update):
            self = .phone(user: update.userID, PhoneNumber(update.phone)?.digits)
        default:
            return nil
        }
    }

    var user: PeerID {
        switch self {
        case .names(let user, _, _), .phone(let user, _): .user(user)
        }
    }

    /// The row as it is from now on.
    func applied(to row: StoredPeer) -> StoredPeer {
        var row = row
        switch self {
        case .names(_, let usernames, let name):
            row.usernames = usernames
            row.name = name
        case .phone(_, let phone):
            row.phone = phone
        }
        return row
    }
}
