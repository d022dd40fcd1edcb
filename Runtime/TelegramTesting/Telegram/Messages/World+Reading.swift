import Telegram

/// What has been read, and who is told.
extension World {
    mutating func readHistory(
        _ request: TL.messages.ReadHistory,
        by caller: Caller
    ) throws -> TL.messages.AffectedMessages {
        let viewer = caller.accountID
        let peer = try peerID(request.peer, for: viewer)
        if case .channel = peer { throw refusal("PEER_ID_INVALID") }
        let mailbox = mailbox(of: peer, for: viewer)
        let ids = mailbox.ids(in: peer)
        let before = inboxes[viewer]?.dialogs[peer]?.readInbox ?? 0
        // Zero stands for everything.
        let last = ids.last { request.maxID == 0 || $0 <= request.maxID } ?? 0
        inboxes[viewer]?.dialogs[peer]?.isMarkedUnread = false
        guard last > before else { return TL.messages.AffectedMessages(pts: mailbox.pts, ptsCount: 0) }
        inboxes[viewer]?.dialogs[peer, default: .init()].readInbox = last
        let unread = mailbox.unreadCount(in: peer, after: last)
        let event = inboxes[viewer, default: Inbox()].mailbox.read(.readInbox(peer, upTo: last, unread: unread))
        tell(viewer, [.mailbox(event)], except: caller.session)
        tellAuthors(of: ids.filter { $0 > before && $0 <= last }.compactMap { mailbox[$0] }, readBy: viewer)
        return TL.messages.AffectedMessages(pts: event.pts, ptsCount: event.count)
    }

    /// Lets those who wrote know how far they were read.
    private mutating func tellAuthors(of messages: [StoredMessage], readBy viewer: Int64) {
        var latest: [Int64: StoredMessage] = [:]
        for message in messages where message.author != viewer { latest[message.author] = message }
        for (author, message) in latest.sorted(by: { $0.key < $1.key }) {
            guard accounts[author]?.isBot == false, let id = inboxes[author]?.mailbox.id(ofOrigin: message.origin),
                let peer = inboxes[author]?.mailbox[id]?.peer,
                id > inboxes[author]?.dialogs[peer]?.readOutbox ?? 0
            else { continue }
            inboxes[author]?.dialogs[peer, default: .init()].readOutbox = id
            let event = inboxes[author, default: Inbox()].mailbox.read(.readOutbox(peer, upTo: id))
            tell(author, [.mailbox(event)])
        }
    }

    mutating func readChannel(_ request: TL.channels.ReadHistory, by caller: Caller) throws -> Bool {
        let viewer = caller.accountID
        let id = try channelID(request.channel, for: viewer)
        let peer = PeerID.channel(id)
        guard let channel = channels[id], channel.members[viewer] != nil else { throw refusal("CHANNEL_PRIVATE") }
        let ids = channel.mailbox.ids(in: peer)
        let before = inboxes[viewer]?.dialogs[peer]?.readInbox ?? 0
        let last = ids.last { request.maxID == 0 || $0 <= request.maxID } ?? 0
        inboxes[viewer]?.dialogs[peer]?.isMarkedUnread = false
        guard last > before else { return false }
        let authors = Set(ids.filter { $0 > before && $0 <= last }.compactMap { channel.mailbox[$0]?.author })
        let outboxes = Dictionary(uniqueKeysWithValues: authors.map { ($0, readOutbox(of: peer, for: $0)) })
        inboxes[viewer]?.dialogs[peer, default: .init()].readInbox = last
        let inbox = TL.Update.updateReadChannelInbox(
            channelID: id,
            maxID: last,
            stillUnreadCount: unreadCount(in: peer, for: viewer),
            pts: channel.mailbox.pts
        )
        tell(viewer, [.lasting(inbox, about: [peer])], except: caller.session)
        guard !channel.isBroadcast else { return true }
        let outbox = TL.Update.updateReadChannelOutbox(channelID: id, maxID: last)
        for author in authors.sorted() where author != viewer && last > outboxes[author] ?? 0 {
            tell(author, [.lasting(outbox, about: [peer])])
        }
        return true
    }

    mutating func setTyping(_ request: TL.messages.SetTyping, by caller: Caller) throws -> Bool {
        let author = caller.accountID
        let peer = try peerID(request.peer, for: author)
        try requireMayWrite(to: peer, by: author)
        let from = PeerID.user(author).wire
        switch peer {
        case .user(let id):
            guard id != author else { return true }
            tell(id, [.fleeting(.updateUserTyping(userID: author, action: request.action))])
        case .chat(let id):
            let update = TL.Update.updateChatUserTyping(chatID: id, fromID: from, action: request.action)
            for member in groups[id]?.memberIDs ?? [] where member != author { tell(member, [.fleeting(update)]) }
        case .channel(let id):
            let update = TL.Update.updateChannelUserTyping(channelID: id, fromID: from, action: request.action)
            tellMembers(of: id, [.fleeting(update)], except: author)
        }
        return true
    }
}
