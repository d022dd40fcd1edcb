import Telegram

/// Messages as somebody sees them.
extension World {
    /// The message with a number, in the mailbox that the dialog lives in.
    func message(_ id: Int32, in peer: PeerID, for viewer: Int64) -> StoredMessage? {
        mailbox(of: peer, for: viewer)[id].flatMap { $0.peer == peer ? $0 : nil }
    }

    /// That of the channel, or the viewer's own.
    func mailbox(of peer: PeerID, for viewer: Int64) -> Mailbox {
        if case .channel(let id) = peer { return channels[id]?.mailbox ?? Mailbox() }
        return inboxes[viewer]?.mailbox ?? Mailbox()
    }

    func render(_ message: StoredMessage, in view: inout View) -> TL.Message {
        let author = PeerID.user(message.author)
        view.see(message.peer)
        if case .user = message.peer { view.see(.user(view.viewer)) }
        if !message.isPost { view.see(author) }
        let isOutgoing = isOutgoing(message, for: view.viewer)
        let from: TL.Peer? =
            switch message.peer {
            // In private chats the dialog tells who it was, except with oneself.
            case .user(let id): id == view.viewer ? author.wire : nil
            case .chat, .channel: message.isPost ? nil : author.wire
            }
        switch message.content {
        case .service(let action):
            see(action, in: &view)
            return .messageService(
                out: isOutgoing,
                silent: message.isSilent,
                post: message.isPost,
                id: message.id,
                fromID: from,
                peerID: message.peer.wire,
                replyTo: replyHeader(of: message, for: view.viewer),
                date: message.date,
                action: action
            )
        case .text(let text):
            for case .messageEntityMentionName(let entity) in text.entities ?? [] { view.see(.user(entity.userID)) }
            return .message(
                out: isOutgoing,
                mentioned: mentions(message, view.viewer),
                silent: message.isSilent,
                post: message.isPost,
                pinned: message.isPinned,
                noforwards: message.isProtected,
                id: message.id,
                fromID: from,
                peerID: message.peer.wire,
                fwdFrom: message.forward.map { header(of: $0, in: &view) },
                replyTo: replyHeader(of: message, for: view.viewer),
                date: message.date,
                message: text.text,
                media: text.media,
                replyMarkup: text.markup,
                entities: text.entities,
                views: message.views,
                forwards: message.views.map { _ in 0 },
                editDate: message.editDate,
                postAuthor: message.postAuthor,
                groupedID: message.groupedID
            )
        }
    }

    func isOutgoing(_ message: StoredMessage, for viewer: Int64) -> Bool {
        switch message.peer {
        case .channel: message.author == viewer
        // What one tells oneself is not on its way anywhere.
        case .user(let id): message.isOutgoing && id != viewer
        case .chat: message.isOutgoing
        }
    }

    /// Whether a message in a group is meant for somebody.
    func mentions(_ message: StoredMessage, _ viewer: Int64) -> Bool {
        guard message.author != viewer, !message.isPost else { return false }
        if case .user = message.peer { return false }
        let mailbox = mailbox(of: message.peer, for: viewer)
        if let reply = message.reply, let id = mailbox.id(ofOrigin: reply.origin), mailbox[id]?.author == viewer {
            return true
        }
        guard case .text(let text) = message.content else { return false }
        for case .messageEntityMentionName(let entity) in text.entities ?? [] where entity.userID == viewer {
            return true
        }
        guard let username = accounts[viewer]?.username?.lowercased() else { return false }
        let words = text.text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "@") }
        return words.contains { $0 == "@\(username)" || $0.hasSuffix("@\(username)") }
    }

    func header(of forward: StoredMessage.Forward, in view: inout View) -> TL.MessageFwdHeader {
        TL.MessageFwdHeader(
            fromID: forward.from.map { view.see($0) },
            date: forward.date,
            channelPost: forward.channelPost,
            postAuthor: forward.postAuthor
        )
    }

    func replyHeader(of message: StoredMessage, for viewer: Int64) -> TL.MessageReplyHeader? {
        guard let reply = message.reply else { return nil }
        guard let id = mailbox(of: message.peer, for: viewer).id(ofOrigin: reply.origin) else { return nil }
        return .messageReplyHeader(
            quote: reply.quote != nil,
            replyToMsgID: id,
            quoteText: reply.quote,
            quoteEntities: reply.quote == nil ? nil : reply.quoteEntities,
            quoteOffset: reply.quote == nil ? nil : reply.quoteOffset
        )
    }

    private func see(_ action: TL.MessageAction, in view: inout View) {
        switch action {
        case .messageActionChatCreate(let action): for id in action.users { view.see(.user(id)) }
        case .messageActionChatAddUser(let action): for id in action.users { view.see(.user(id)) }
        case .messageActionChatDeleteUser(let action): view.see(.user(action.userID))
        case .messageActionChatJoinedByLink(let action): view.see(.user(action.inviterID))
        case .messageActionChatMigrateTo(let action): view.see(.channel(action.channelID))
        case .messageActionChannelMigrateFrom(let action): view.see(.chat(action.chatID))
        default: break
        }
    }
}
