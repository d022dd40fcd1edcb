import Telegram

/// Finding messages again.
extension World {
    func history(_ request: TL.messages.GetHistory, by caller: Caller) throws -> TL.messages.Messages {
        let peer = try peerID(request.peer, for: caller.accountID)
        let page = HistoryPage(
            offsetID: request.offsetID,
            offsetDate: request.offsetDate,
            addOffset: request.addOffset,
            limit: request.limit,
            maxID: request.maxID,
            minID: request.minID
        )
        let all = mailbox(of: peer, for: caller.accountID).history(of: peer)
        return messages(all, page, in: peer, hash: request.hash, by: caller)
    }

    func search(_ request: TL.messages.Search, by caller: Caller) throws -> TL.messages.Messages {
        let viewer = caller.accountID
        // Without a peer everything is searched but channels, which have mailboxes of their own.
        let peer: PeerID? =
            if case .inputPeerEmpty = request.peer { nil } else { try peerID(request.peer, for: viewer) }
        var author: Int64?
        if let from = request.fromID {
            guard case .user(let id) = try peerID(from, for: viewer) else { throw refusal("FROM_PEER_INVALID") }
            author = id
        }
        let query = request.q.lowercased()
        let all: [StoredMessage]
        if let peer {
            all = mailbox(of: peer, for: viewer).history(of: peer)
        } else {
            let mailbox = inboxes[viewer]?.mailbox ?? Mailbox()
            all = mailbox.peers.flatMap { mailbox.history(of: $0) }.sorted { $0.id > $1.id }
        }
        let filter = try Self.filter(request.filter, mentioning: viewer, in: self)
        let found = all.filter { message in
            (query.isEmpty || message.text.lowercased().contains(query))
                && (author == nil || message.author == author)
                && (request.minDate == 0 || message.date > request.minDate)
                && (request.maxDate == 0 || message.date < request.maxDate)
                && filter(message)
        }
        let page = HistoryPage(
            offsetID: request.offsetID,
            addOffset: request.addOffset,
            limit: request.limit,
            maxID: request.maxID,
            minID: request.minID
        )
        return messages(found, page, in: peer, hash: request.hash, by: caller)
    }

    private static func filter(
        _ filter: TL.MessagesFilter,
        mentioning viewer: Int64,
        in world: World
    ) throws(RPCError) -> (StoredMessage) -> Bool {
        let hasEntity = { (message: StoredMessage, isWanted: (TL.MessageEntity) -> Bool) in
            guard case .text(let text) = message.content else { return false }
            return text.entities?.contains(where: isWanted) == true
        }
        switch filter {
        case .inputMessagesFilterEmpty: return { !$0.isService }
        case .inputMessagesFilterPinned: return { $0.isPinned }
        case .inputMessagesFilterMyMentions: return { world.mentions($0, viewer) }
        case .inputMessagesFilterUrl:
            return { message in
                hasEntity(message) { entity in
                    switch entity {
                    case .messageEntityUrl, .messageEntityTextUrl: true
                    default: false
                    }
                }
            }
        case .inputMessagesFilterPhotos:
            return { if case .messageMediaPhoto = $0.media { true } else { false } }
        case .inputMessagesFilterGeo:
            return { if case .messageMediaGeo = $0.media { true } else { false } }
        case .inputMessagesFilterContacts:
            return { if case .messageMediaContact = $0.media { true } else { false } }
        case .inputMessagesFilterDocument, .inputMessagesFilterVideo, .inputMessagesFilterMusic,
            .inputMessagesFilterVoice, .inputMessagesFilterRoundVideo, .inputMessagesFilterRoundVoice,
            .inputMessagesFilterGif, .inputMessagesFilterPhotoVideo:
            return { if case .messageMediaDocument = $0.media { true } else { false } }
        default: throw refusal("INPUT_FILTER_INVALID")
        }
    }

    private func messages(
        _ all: [StoredMessage],
        _ page: HistoryPage,
        in peer: PeerID?,
        hash: Int64,
        by caller: Caller
    ) -> TL.messages.Messages {
        let (found, skipped) = page.take(from: all)
        let count = Int32(clamping: all.count)
        if hash != 0, hash == Self.hash(of: found.map { Int64($0.id) }) { return .messagesNotModified(count: count) }
        var view = View(caller.accountID)
        let messages = found.map { render($0, in: &view) }
        if let peer { view.see(peer) }
        if case .channel(let id)? = peer {
            return .channelMessages(
                pts: channels[id]?.mailbox.pts ?? Mailbox.firstPts,
                count: count,
                offsetIDOffset: Int32(clamping: skipped),
                messages: messages,
                topics: [],
                chats: chats(view),
                users: users(view)
            )
        }
        guard found.count < all.count else {
            return .messages(messages: messages, topics: [], chats: chats(view), users: users(view))
        }
        return .messagesSlice(
            count: count,
            offsetIDOffset: Int32(clamping: skipped),
            messages: messages,
            topics: [],
            chats: chats(view),
            users: users(view)
        )
    }

    // MARK: - By number

    func messages(_ request: TL.messages.GetMessages, by caller: Caller) -> TL.messages.Messages {
        let mailbox = inboxes[caller.accountID]?.mailbox ?? Mailbox()
        var view = View(caller.accountID)
        let messages = request.id.map { input in
            let message = find(input, in: mailbox)
            return message.map { render($0, in: &view) } ?? .messageEmpty(id: input.number)
        }
        return .messages(messages: messages, topics: [], chats: chats(view), users: users(view))
    }

    func channelMessages(_ request: TL.channels.GetMessages, by caller: Caller) throws -> TL.messages.Messages {
        let id = try channelID(request.channel, for: caller.accountID)
        guard !request.id.isEmpty else { throw refusal("MESSAGE_IDS_EMPTY") }
        let mailbox = mailbox(of: .channel(id), for: caller.accountID)
        var view = View(caller.accountID)
        view.see(.channel(id))
        let messages = request.id.map { input in
            find(input, in: mailbox).map { render($0, in: &view) }
                ?? .messageEmpty(id: input.number, peerID: .peerChannel(channelID: id))
        }
        return .channelMessages(
            pts: mailbox.pts,
            count: Int32(clamping: messages.count),
            messages: messages,
            topics: [],
            chats: chats(view),
            users: users(view)
        )
    }

    private func find(_ input: TL.InputMessage, in mailbox: Mailbox) -> StoredMessage? {
        switch input {
        case .inputMessageID(let input): mailbox[input.id]
        case .inputMessageReplyTo(let input):
            mailbox[input.id]?.reply.flatMap { mailbox.id(ofOrigin: $0.origin) }.flatMap { mailbox[$0] }
        case .inputMessagePinned:
            mailbox.peers.flatMap { mailbox.history(of: $0) }.filter(\.isPinned).max { $0.id < $1.id }
        case .inputMessageCallbackQuery(let input): mailbox[input.id]
        }
    }
}

extension TL.InputMessage {
    fileprivate var number: Int32 {
        switch self {
        case .inputMessageID(let input): input.id
        case .inputMessageReplyTo(let input): input.id
        case .inputMessageCallbackQuery(let input): input.id
        case .inputMessagePinned: 0
        }
    }
}
