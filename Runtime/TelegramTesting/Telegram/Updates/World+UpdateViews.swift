import Telegram

/// Updates as somebody is told them.
extension World {
    /// Lets the caller's other sessions know, and answers the caller with the same.
    mutating func answer(_ updates: [WorldUpdate], before: [TL.Update] = [], by caller: Caller) -> TL.Updates {
        if !updates.isEmpty { tell(caller.accountID, updates, except: caller.session) }
        var view = View(caller.accountID)
        let rendered = before + updates.compactMap { render($0, in: &view) }
        // The answer is in no order: what is in it stands in the difference too.
        return .updates(updates: rendered, users: users(view), chats: chats(view), date: now, seq: 0)
    }

    /// Tells a bot what comes with `qts`.
    mutating func tellSecondary(_ bot: Int64, _ change: SecondaryEvent.Change) {
        guard accounts[bot]?.isBot == true else { return }
        let event = inboxes[bot, default: Inbox()].addSecondary(change, date: now)
        tell(bot, [.secondary(event)])
    }

    /// A batch to push; `seq` is used up if there is something in its order, and otherwise nil comes back with it.
    func batch(_ updates: [WorldUpdate], for viewer: Int64, nextSeq: Int32) -> (batch: TL.Updates, usesSeq: Bool)? {
        if updates.count == 1, let short = short(updates[0], for: viewer) { return (short, false) }
        var view = View(viewer)
        let rendered = updates.compactMap { render($0, in: &view) }
        guard !rendered.isEmpty else { return nil }
        let usesSeq = updates.contains { if case .lasting = $0 { true } else { false } }
        let batch = TL.Updates.updates(
            updates: rendered,
            users: users(view),
            chats: chats(view),
            date: now,
            seq: usesSeq ? nextSeq : 0
        )
        return (batch, usesSeq)
    }

    func render(_ update: WorldUpdate, in view: inout View) -> TL.Update? {
        switch update {
        case .mailbox(let event):
            guard let mailbox = inboxes[view.viewer]?.mailbox else { return nil }
            return render(event, of: mailbox, channel: nil, in: &view)
        case .channel(let id, let event):
            guard let mailbox = channels[id]?.mailbox else { return nil }
            view.see(.channel(id))
            return render(event, of: mailbox, channel: id, in: &view)
        case .secondary(let event): return render(event, in: &view)
        case .fleeting(let update, let about), .lasting(let update, let about):
            for peer in about { view.see(peer) }
            return update
        }
    }

    private func render(
        _ event: MailboxEvent,
        of mailbox: Mailbox,
        channel: Int64?,
        in view: inout View
    ) -> TL.Update? {
        let (pts, count) = (event.pts, event.count)
        switch event.change {
        case .new(let id):
            guard let message = mailbox[id].map({ render($0, in: &view) }) else { return nil }
            return channel == nil
                ? .updateNewMessage(message: message, pts: pts, ptsCount: count)
                : .updateNewChannelMessage(message: message, pts: pts, ptsCount: count)
        case .edited(let id):
            guard let message = mailbox[id].map({ render($0, in: &view) }) else { return nil }
            return channel == nil
                ? .updateEditMessage(message: message, pts: pts, ptsCount: count)
                : .updateEditChannelMessage(message: message, pts: pts, ptsCount: count)
        case .deleted(let ids):
            guard let channel else { return .updateDeleteMessages(messages: ids, pts: pts, ptsCount: count) }
            return .updateDeleteChannelMessages(channelID: channel, messages: ids, pts: pts, ptsCount: count)
        case .pinned(let peer, let ids, let isPinned):
            guard let channel else {
                let peer = view.see(peer)
                return .updatePinnedMessages(pinned: isPinned, peer: peer, messages: ids, pts: pts, ptsCount: count)
            }
            return .updatePinnedChannelMessages(
                pinned: isPinned,
                channelID: channel,
                messages: ids,
                pts: pts,
                ptsCount: count
            )
        case .readInbox(let peer, let id, let unread):
            return .updateReadHistoryInbox(
                peer: view.see(peer),
                maxID: id,
                stillUnreadCount: unread,
                pts: pts,
                ptsCount: count
            )
        case .readOutbox(let peer, let id):
            return .updateReadHistoryOutbox(peer: view.see(peer), maxID: id, pts: pts, ptsCount: count)
        }
    }

    func render(_ event: SecondaryEvent, in view: inout View) -> TL.Update {
        switch event.change {
        case .groupMember(let id, let actor, let user, let before, let after):
            for peer in [PeerID.chat(id), .user(actor), .user(user)] { view.see(peer) }
            let group = groups[id]
            return .updateChatParticipant(
                chatID: id,
                date: event.date,
                actorID: actor,
                userID: user,
                prevParticipant: before.flatMap { group?.participant(user, $0) },
                newParticipant: after.flatMap { group?.participant(user, $0) },
                qts: event.qts
            )
        case .channelMember(let id, let actor, let user, let before, let after):
            for peer in [PeerID.channel(id), .user(actor), .user(user)] { view.see(peer) }
            return .updateChannelParticipant(
                channelID: id,
                date: event.date,
                actorID: actor,
                userID: user,
                prevParticipant: before,
                newParticipant: after,
                qts: event.qts
            )
        case .botStopped(let user, let isStopped):
            view.see(.user(user))
            return .updateBotStopped(userID: user, date: event.date, stopped: isStopped, qts: event.qts)
        }
    }

    // MARK: - Short forms

    /// What needs no users and chats along with it, because the client has met everybody in it.
    private func short(_ update: WorldUpdate, for viewer: Int64) -> TL.Updates? {
        switch update {
        case .fleeting(let update, let about) where about.isEmpty: return .updateShort(update: update, date: now)
        case .mailbox(let event): return shortMessage(event, for: viewer)
        default: return nil
        }
    }

    private func shortMessage(_ event: MailboxEvent, for viewer: Int64) -> TL.Updates? {
        guard settings.usesShortUpdates, case .new(let id) = event.change, let mailbox = inboxes[viewer]?.mailbox,
            let message = mailbox[id], case .text(let text) = message.content, text.media == nil, text.markup == nil,
            message.forward == nil, message.groupedID == nil, !message.isProtected,
            text.entities?.contains(where: { if case .messageEntityMentionName = $0 { true } else { false } }) != true
        else { return nil }
        let earlier = mailbox.ids(in: message.peer).dropLast()
        switch message.peer {
        case .user(let id):
            guard !earlier.isEmpty, id != viewer else { return nil }
            return .updateShortMessage(
                out: message.isOutgoing,
                silent: message.isSilent,
                id: message.id,
                userID: id,
                message: text.text,
                pts: event.pts,
                ptsCount: event.count,
                date: message.date,
                replyTo: replyHeader(of: message, for: viewer),
                entities: text.entities
            )
        case .chat(let id):
            guard earlier.contains(where: { mailbox[$0]?.author == message.author }) else { return nil }
            return .updateShortChatMessage(
                out: message.isOutgoing,
                mentioned: mentions(message, viewer),
                silent: message.isSilent,
                id: message.id,
                fromID: message.author,
                chatID: id,
                message: text.text,
                pts: event.pts,
                ptsCount: event.count,
                date: message.date,
                replyTo: replyHeader(of: message, for: viewer),
                entities: text.entities
            )
        case .channel: return nil
        }
    }
}
