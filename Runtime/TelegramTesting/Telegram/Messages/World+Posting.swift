import Telegram

/// How a message comes into being, whoever causes it.
extension World {
    /// A message before anybody has it.
    struct Draft: Sendable {
        var content: StoredMessage.Content
        var reply: StoredMessage.Reply?
        var forward: StoredMessage.Forward?
        var isSilent = false
        var isProtected = false
        var groupedID: Int64?
    }

    /// Puts a message into all mailboxes that it belongs to and tells everybody but its author.
    /// - Returns: the event in the mailbox that the author sees.
    mutating func post(_ draft: Draft, by author: Int64, to peer: PeerID) -> WorldUpdate {
        let message = StoredMessage(
            origin: nextOrigin(),
            peer: peer,
            author: author,
            isOutgoing: true,
            date: now,
            content: draft.content,
            reply: draft.reply,
            forward: draft.forward,
            isSilent: draft.isSilent,
            isProtected: draft.isProtected,
            groupedID: draft.groupedID
        )
        switch peer {
        case .user(let id):
            let event = inboxes[author, default: Inbox()].mailbox.add(message)
            if id != author, inboxes[id]?.blocked[.user(author)] == nil {
                deliver(message, to: id, in: .user(author))
            }
            return .mailbox(event)
        case .chat(let id):
            let event = inboxes[author, default: Inbox()].mailbox.add(message)
            for member in groups[id]?.memberIDs ?? [] where member != author && hears(message, member) {
                deliver(message, to: member, in: peer)
            }
            return .mailbox(event)
        case .channel(let id): return .channel(id, post(message, toChannel: id))
        }
    }

    private mutating func deliver(_ message: StoredMessage, to owner: Int64, in peer: PeerID) {
        var copy = message
        copy.peer = peer
        copy.isOutgoing = false
        let event = inboxes[owner, default: Inbox()].mailbox.add(copy)
        tell(owner, [.mailbox(event)])
    }

    private mutating func post(_ message: StoredMessage, toChannel id: Int64) -> MailboxEvent {
        var message = message
        if let channel = channels[id], channel.isBroadcast {
            message.isPost = true
            if !message.isService { message.views = 1 }
            if channel.signsMessages { message.postAuthor = accounts[message.author]?.firstName }
        }
        let event = changeChannel(id) { $0.add(message) }
        // Who writes has read what came before.
        inboxes[message.author]?.dialogs[.channel(id), default: .init()].readInbox = channels[id]?.mailbox.lastID ?? 0
        let members = channels[id]?.memberIDs ?? []
        for member in members where member != message.author && hears(message, member) {
            tell(member, [.channel(id, event)])
        }
        return event
    }

    /// Bots do not hear what other bots say, so that they do not talk to each other for ever.
    func hears(_ message: StoredMessage, _ member: Int64) -> Bool {
        accounts[member]?.isBot != true || accounts[message.author]?.isBot != true || message.isPost
            || message.isService
            || message.author == member
    }

    mutating func changeChannel<Result>(_ id: Int64, _ change: (inout Mailbox) -> Result) -> Result {
        channels[id]?.changedAt = now
        guard channels[id] != nil else {
            var nowhere = Mailbox()
            return change(&nowhere)
        }
        return change(&channels[id, default: .nowhere].mailbox)
    }

    mutating func tellMembers(of id: Int64, _ updates: [WorldUpdate], except author: Int64) {
        for member in channels[id]?.memberIDs ?? [] where member != author { tell(member, updates) }
    }

    /// A message that says what has happened in a chat.
    mutating func postService(_ action: TL.MessageAction, by author: Int64, to peer: PeerID) -> WorldUpdate {
        post(Draft(content: .service(action)), by: author, to: peer)
    }

    // MARK: - Permission

    func requireMayWrite(to peer: PeerID, by author: Int64) throws(RPCError) {
        let isBot = accounts[author]?.isBot == true
        switch peer {
        case .user(let id):
            if isBot, accounts[id]?.isBot == true, id != author { throw refusal("USER_IS_BOT") }
            if isBot, inboxes[id]?.blocked[.user(author)] != nil { throw refusal("USER_IS_BLOCKED") }
            if isBot, id != author, !hasWritten(id, to: author) { throw refusal("PEER_ID_INVALID") }
            if inboxes[author]?.blocked[peer] != nil { throw refusal("YOU_BLOCKED_USER") }
        case .chat(let id):
            guard let group = groups[id], group.members[author] != nil, !group.isDeactivated,
                group.isAdmin(author) || !group.defaultRights.sendMessages
            else { throw refusal("CHAT_WRITE_FORBIDDEN", 403) }
        case .channel(let id):
            guard let channel = channels[id] else { throw refusal("CHANNEL_INVALID") }
            if channel.isBroadcast {
                guard channel.may(author, \.postMessages) else { throw refusal("CHAT_ADMIN_REQUIRED") }
                return
            }
            guard channel.members[author] != nil else { throw refusal("CHAT_WRITE_FORBIDDEN", 403) }
            if channel.bans[author]?.rights.sendMessages == true { throw refusal("USER_BANNED_IN_CHANNEL") }
            if channel.isForbidden(\.sendMessages, for: author) { throw refusal("CHAT_WRITE_FORBIDDEN", 403) }
            if channel.isForbidden(\.sendPlain, for: author) { throw refusal("CHAT_SEND_PLAIN_FORBIDDEN", 403) }
        }
    }

    /// Whether a person has begun the conversation with a bot, which the bot cannot.
    private func hasWritten(_ person: Int64, to bot: Int64) -> Bool {
        inboxes[bot]?.mailbox.history(of: .user(person)).contains { !$0.isOutgoing } == true
    }
}

extension ChannelRecord {
    /// Never stored: what a subscript of a dictionary wants to hear.
    fileprivate static let nowhere = ChannelRecord(
        id: 0,
        title: "",
        about: "",
        isBroadcast: false,
        creator: 0,
        date: 0
    )
}
