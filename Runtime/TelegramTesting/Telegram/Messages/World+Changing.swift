import Telegram

/// Editing, deleting, pinning and forwarding.
extension World {
    // MARK: - Editing

    mutating func editMessage(_ request: TL.messages.EditMessage, by caller: Caller) throws -> TL.Updates {
        let editor = caller.accountID
        let peer = try peerID(request.peer, for: editor)
        guard let message = message(request.id, in: peer, for: editor), !message.isService else {
            throw refusal("MESSAGE_ID_INVALID")
        }
        guard mayEdit(message, in: peer, editor) else { throw refusal("MESSAGE_AUTHOR_REQUIRED", 403) }
        guard request.media == nil, request.scheduleDate == nil else { throw refusal("METHOD_NOT_IMPLEMENTED") }
        guard case .text(let old) = message.content else { throw refusal("MESSAGE_ID_INVALID") }
        var new = old
        if let text = request.message {
            new = try self.text(text, request.entities, request.replyMarkup, by: editor)
            new.media = old.media
        }
        // A bot that says nothing about the keyboard takes it away.
        new.markup = request.replyMarkup
        guard new.text != old.text || !Self.equal(new.entities, old.entities) || !Self.equal(new.markup, old.markup)
        else { throw refusal("MESSAGE_NOT_MODIFIED") }
        return answer(edit(message, in: peer, to: new, by: editor), by: caller)
    }

    private func mayEdit(_ message: StoredMessage, in peer: PeerID, _ editor: Int64) -> Bool {
        if message.forward != nil { return false }
        if message.author == editor { return true }
        guard case .channel(let id) = peer, let channel = channels[id] else { return false }
        return channel.isBroadcast && channel.may(editor, \.editMessages)
    }

    /// Changes all copies and tells everybody but the editor; returns the editor's event.
    mutating func edit(
        _ message: StoredMessage,
        in peer: PeerID,
        to text: StoredMessage.Text,
        by editor: Int64
    ) -> [WorldUpdate] {
        let date = now
        let change = { (message: inout StoredMessage) in
            message.content = .text(text)
            message.editDate = date
        }
        if case .channel(let id) = peer {
            guard let event = changeChannel(id, { $0.edit(message.id, change) }) else { return [] }
            tellMembers(of: id, [.channel(id, event)], except: editor)
            return [.channel(id, event)]
        }
        var own: [WorldUpdate] = []
        for owner in owners(of: peer, for: editor) {
            guard let id = inboxes[owner]?.mailbox.id(ofOrigin: message.origin),
                let event = inboxes[owner, default: Inbox()].mailbox.edit(id, change)
            else { continue }
            if owner == editor { own.append(.mailbox(event)) } else { tell(owner, [.mailbox(event)]) }
        }
        return own
    }

    /// Whose mailboxes a private chat or basic group lies in.
    private func owners(of peer: PeerID, for viewer: Int64) -> [Int64] {
        switch peer {
        case .user(let id): id == viewer ? [viewer] : [viewer, id]
        case .chat(let id): (groups[id].map { $0.memberIDs + $0.former.sorted() }) ?? [viewer]
        case .channel: []
        }
    }

    private static func equal<Value: TLCodable>(_ left: Value?, _ right: Value?) -> Bool {
        (try? left?.encoded()) == (try? right?.encoded())
    }

    private static func equal<Value: TLCodable>(_ left: [Value]?, _ right: [Value]?) -> Bool {
        let (left, right) = (left ?? [], right ?? [])
        return left.count == right.count && zip(left, right).allSatisfy { equal($0, $1) }
    }

    // MARK: - Deleting

    mutating func deleteMessages(
        _ request: TL.messages.DeleteMessages,
        by caller: Caller
    ) throws -> TL.messages.AffectedMessages {
        let viewer = caller.accountID
        // People delete for themselves what they may not delete for others; bots have no mailbox that anybody sees.
        let isBot = accounts[viewer]?.isBot == true
        let messages = request.id.compactMap { inboxes[viewer]?.mailbox[$0] }
        if isBot, !messages.allSatisfy({ mayRevoke($0, viewer) }) { throw refusal("MESSAGE_DELETE_FORBIDDEN", 403) }
        return delete(request.id, revoke: request.revoke || isBot, by: caller)
    }

    /// Deletes from the caller's mailbox, and where it may from those of others.
    private mutating func delete(
        _ ids: [Int32],
        revoke: Bool,
        by caller: Caller
    ) -> TL.messages.AffectedMessages {
        let viewer = caller.accountID
        let messages = ids.compactMap { inboxes[viewer]?.mailbox[$0] }
        if revoke {
            var others: [Int64: [Int32]] = [:]
            for message in messages where mayRevoke(message, viewer) {
                for owner in owners(of: message.peer, for: viewer) where owner != viewer {
                    guard let id = inboxes[owner]?.mailbox.id(ofOrigin: message.origin) else { continue }
                    others[owner, default: []].append(id)
                }
            }
            for (owner, ids) in others.sorted(by: { $0.key < $1.key }) {
                guard let event = inboxes[owner, default: Inbox()].mailbox.delete(ids) else { continue }
                tell(owner, [.mailbox(event)])
            }
        }
        let event = inboxes[viewer, default: Inbox()].mailbox.delete(ids)
        if let event { tell(viewer, [.mailbox(event)], except: caller.session) }
        return TL.messages.AffectedMessages(
            pts: inboxes[viewer]?.mailbox.pts ?? Mailbox.firstPts,
            ptsCount: event?.count ?? 0
        )
    }

    private func mayRevoke(_ message: StoredMessage, _ viewer: Int64) -> Bool {
        guard case .chat(let id) = message.peer else { return true }
        return message.author == viewer || groups[id]?.isAdmin(viewer) == true
    }

    mutating func deleteChannelMessages(
        _ request: TL.channels.DeleteMessages,
        by caller: Caller
    ) throws -> TL.messages.AffectedMessages {
        let id = try channelID(request.channel, for: caller.accountID)
        guard let channel = channels[id] else { throw refusal("CHANNEL_INVALID") }
        let messages = request.id.compactMap { channel.mailbox[$0] }
        let mayAll = channel.may(caller.accountID, \.deleteMessages)
        guard mayAll || messages.allSatisfy({ $0.author == caller.accountID && !$0.isService }) else {
            throw refusal("MESSAGE_DELETE_FORBIDDEN", 403)
        }
        guard let event = changeChannel(id, { $0.delete(request.id) }) else {
            return TL.messages.AffectedMessages(pts: channel.mailbox.pts, ptsCount: 0)
        }
        tellMembers(of: id, [.channel(id, event)], except: caller.accountID)
        tell(caller.accountID, [.channel(id, event)], except: caller.session)
        return TL.messages.AffectedMessages(pts: event.pts, ptsCount: event.count)
    }

    mutating func deleteHistory(
        _ request: TL.messages.DeleteHistory,
        by caller: Caller
    ) throws -> TL.messages.AffectedHistory {
        let peer = try peerID(request.peer, for: caller.accountID)
        if case .channel = peer { throw refusal("PEER_ID_INVALID") }
        let mailbox = mailbox(of: peer, for: caller.accountID)
        let ids = mailbox.ids(in: peer).filter { request.maxID == 0 || $0 <= request.maxID }
        let affected = delete(ids, revoke: request.revoke, by: caller)
        return TL.messages.AffectedHistory(pts: affected.pts, ptsCount: affected.ptsCount, offset: 0)
    }

    // MARK: - Pinning

    mutating func pinMessage(_ request: TL.messages.UpdatePinnedMessage, by caller: Caller) throws -> TL.Updates {
        let viewer = caller.accountID
        let peer = try peerID(request.peer, for: viewer)
        guard let message = message(request.id, in: peer, for: viewer), !message.isService else {
            throw refusal("MESSAGE_ID_INVALID")
        }
        try requireMayPin(in: peer, viewer)
        guard message.isPinned == request.unpin else { throw refusal("CHAT_NOT_MODIFIED") }
        let owners = request.pmOneside ? [viewer] : owners(of: peer, for: viewer)
        let updates = pin([message], in: peer, owners: owners, !request.unpin, by: viewer)
        guard !request.unpin, !request.pmOneside else { return answer(updates, by: caller) }
        let draft = Draft(
            content: .service(.messageActionPinMessage),
            reply: .init(origin: message.origin, quote: nil, quoteEntities: nil, quoteOffset: nil),
            isSilent: request.silent
        )
        return answer(updates + [post(draft, by: viewer, to: peer)], by: caller)
    }

    private func requireMayPin(in peer: PeerID, _ viewer: Int64) throws(RPCError) {
        switch peer {
        case .user: break
        case .chat(let id):
            guard let group = groups[id], group.isAdmin(viewer) || !group.defaultRights.pinMessages else {
                throw refusal("CHAT_ADMIN_REQUIRED")
            }
        case .channel(let id):
            guard let channel = channels[id] else { throw refusal("CHANNEL_INVALID") }
            let right: KeyPath<TL.ChatAdminRights, Bool> = channel.isBroadcast ? \.editMessages : \.pinMessages
            let mayAsMember =
                !channel.isBroadcast && channel.members[viewer] != nil
                && !channel.isForbidden(\.pinMessages, for: viewer)
            guard channel.may(viewer, right) || mayAsMember else { throw refusal("CHAT_ADMIN_REQUIRED") }
        }
    }

    private mutating func pin(
        _ messages: [StoredMessage],
        in peer: PeerID,
        owners: [Int64],
        _ isPinned: Bool,
        by viewer: Int64
    ) -> [WorldUpdate] {
        if case .channel(let id) = peer {
            let ids = messages.map(\.id)
            guard let event = changeChannel(id, { $0.pin(ids, in: peer, isPinned) }) else { return [] }
            tellMembers(of: id, [.channel(id, event)], except: viewer)
            return [.channel(id, event)]
        }
        var own: [WorldUpdate] = []
        for owner in owners {
            guard let mailbox = inboxes[owner]?.mailbox else { continue }
            let ids = messages.compactMap { mailbox.id(ofOrigin: $0.origin) }
            // The same chat is called differently by the one on its other side.
            let peer = ids.first.flatMap { mailbox[$0]?.peer } ?? peer
            guard let event = inboxes[owner, default: Inbox()].mailbox.pin(ids, in: peer, isPinned) else { continue }
            if owner == viewer { own.append(.mailbox(event)) } else { tell(owner, [.mailbox(event)]) }
        }
        return own
    }

    // MARK: - Forwarding

    mutating func forwardMessages(_ request: TL.messages.ForwardMessages, by caller: Caller) throws -> TL.Updates {
        let author = caller.accountID
        let source = try peerID(request.fromPeer, for: author)
        let target = try peerID(request.toPeer, for: author)
        guard !request.id.isEmpty else { throw refusal("MESSAGE_IDS_EMPTY") }
        guard request.id.count == request.randomID.count else { throw refusal("RANDOM_ID_INVALID") }
        guard request.scheduleDate == nil else { throw refusal("METHOD_NOT_IMPLEMENTED") }
        try requireMayWrite(to: target, by: author)
        var drafts: [(Draft, Int64)] = []
        for (id, randomID) in zip(request.id, request.randomID) {
            // Some may be gone meanwhile; the others go their way.
            guard let message = message(id, in: source, for: author), !message.isService else { continue }
            if message.isProtected { throw refusal("CHAT_FORWARDS_RESTRICTED") }
            drafts.append((forward(message, from: source, request), randomID))
        }
        guard !drafts.isEmpty else { throw refusal("MESSAGE_ID_INVALID") }
        for (_, randomID) in drafts { try use(randomID, by: author) }
        var sent: [(WorldUpdate, Int64)] = []
        for (draft, randomID) in drafts { sent.append((post(draft, by: author, to: target), randomID)) }
        return self.sent(sent, to: target, by: caller)
    }

    private func forward(
        _ message: StoredMessage,
        from source: PeerID,
        _ request: TL.messages.ForwardMessages
    ) -> Draft {
        var header: StoredMessage.Forward?
        if !request.dropAuthor {
            // What was forwarded before still comes from where it came from then.
            header =
                message.forward
                ?? StoredMessage.Forward(
                    from: message.isPost ? source : .user(message.author),
                    date: message.date,
                    channelPost: message.isPost ? message.id : nil,
                    postAuthor: message.postAuthor
                )
        }
        var content = message.content
        if case .text(var text) = content {
            text.markup = nil
            content = .text(text)
        }
        return Draft(
            content: content,
            forward: header,
            isSilent: request.silent,
            isProtected: request.noforwards
        )
    }
}
