import Telegram

extension World {
    mutating func sendMessage(_ request: TL.messages.SendMessage, by caller: Caller) throws -> TL.Updates {
        let author = caller.accountID
        let peer = try peerID(request.peer, for: author)
        guard request.scheduleDate == nil, request.quickReplyShortcut == nil else {
            throw refusal("METHOD_NOT_IMPLEMENTED")
        }
        let text = try text(request.message, request.entities, request.replyMarkup, by: author)
        try requireMayWrite(to: peer, by: author)
        let reply = try reply(request.replyTo, in: peer, by: author)
        try use(request.randomID, by: author)
        let draft = Draft(
            content: .text(text),
            reply: reply,
            isSilent: request.silent,
            isProtected: request.noforwards
        )
        let event = post(draft, by: author, to: peer)
        if request.clearDraft { clearDraft(of: peer, by: caller) }
        return sent([(event, request.randomID)], to: peer, by: caller)
    }

    /// The answer to somebody who has sent messages.
    mutating func sent(
        _ messages: [(event: WorldUpdate, randomID: Int64)],
        to peer: PeerID,
        by caller: Caller
    ) -> TL.Updates {
        if messages.count == 1, let short = shortAnswer(messages[0].event, to: peer, by: caller) { return short }
        let identifiers = messages.compactMap { message in
            self.id(ofNew: message.event).map { TL.Update.updateMessageID(id: $0, randomID: message.randomID) }
        }
        var updates = messages.map(\.event)
        if case .channel(let id) = peer, let channel = channels[id], let last = messages.last?.event {
            let read = TL.Update.updateReadChannelInbox(
                channelID: id,
                maxID: self.id(ofNew: last) ?? 0,
                stillUnreadCount: 0,
                pts: channel.mailbox.pts
            )
            updates.append(.fleeting(read))
        }
        return answer(updates, before: identifiers, by: caller)
    }

    private func id(ofNew update: WorldUpdate) -> Int32? {
        switch update {
        case .mailbox(let event), .channel(_, let event):
            if case .new(let id) = event.change { id } else { nil }
        default: nil
        }
    }

    private mutating func shortAnswer(_ update: WorldUpdate, to peer: PeerID, by caller: Caller) -> TL.Updates? {
        guard settings.usesShortUpdates, case .mailbox(let event) = update, case .new(let id) = event.change,
            peer != .user(caller.accountID), let message = inboxes[caller.accountID]?.mailbox[id],
            case .text(let text) = message.content, text.media == nil, message.forward == nil
        else { return nil }
        tell(caller.accountID, [update], except: caller.session)
        return .updateShortSentMessage(
            out: true,
            id: id,
            pts: event.pts,
            ptsCount: event.count,
            date: message.date,
            entities: text.entities
        )
    }

    // MARK: - What was written

    /// A message may be sent once under its random number, however often the client repeats it.
    mutating func use(_ randomID: Int64, by author: Int64) throws(RPCError) {
        guard randomID != 0 else { throw refusal("RANDOM_ID_EMPTY") }
        guard inboxes[author]?.randomIDs.contains(randomID) != true else { throw refusal("RANDOM_ID_DUPLICATE", 500) }
        inboxes[author, default: Inbox()].randomIDs.insert(randomID)
    }

    func text(
        _ text: String,
        _ entities: [TL.MessageEntity]?,
        _ markup: TL.ReplyMarkup?,
        by author: Int64
    ) throws(RPCError) -> StoredMessage.Text {
        let givenLength = text.utf16.count
        var text = text
        while text.last?.isWhitespace == true { text.removeLast() }
        guard !text.isEmpty else { throw refusal("MESSAGE_EMPTY") }
        let length = text.utf16.count
        guard length <= 4_096 else { throw refusal("MESSAGE_TOO_LONG") }
        var resolved: [TL.MessageEntity] = []
        for given in entities ?? [] {
            guard given.offset >= 0, given.length >= 0, Int(given.offset) + Int(given.length) <= givenLength else {
                throw refusal("ENTITY_BOUNDS_INVALID")
            }
            // The white space at the end is gone, and with it what was only there.
            guard let entity = given.clipped(to: length) else { continue }
            guard case .inputMessageEntityMentionName(let mention) = entity else {
                resolved.append(entity)
                continue
            }
            guard let id = try? userID(mention.userID, for: author) else {
                throw refusal("ENTITY_MENTION_USER_INVALID")
            }
            resolved.append(.messageEntityMentionName(offset: mention.offset, length: mention.length, userID: id))
        }
        let found = FoundEntities.entities(in: text, besides: resolved)
        let all = (resolved + found).sorted { ($0.offset, -$0.length) < ($1.offset, -$1.length) }
        return StoredMessage.Text(text: text, entities: all.isEmpty ? nil : all, markup: markup)
    }

    func reply(
        _ input: TL.InputReplyTo?,
        in peer: PeerID,
        by author: Int64
    ) throws(RPCError) -> StoredMessage.Reply? {
        guard let input else { return nil }
        guard case .inputReplyToMessage(let input) = input, input.replyToPeerID == nil else {
            throw refusal("REPLY_TO_INVALID")
        }
        guard let message = message(input.replyToMsgID, in: peer, for: author) else {
            throw refusal("REPLY_MESSAGE_ID_INVALID")
        }
        return StoredMessage.Reply(
            origin: message.origin,
            quote: input.quoteText,
            quoteEntities: input.quoteEntities,
            quoteOffset: input.quoteOffset
        )
    }

    // MARK: - Drafts

    mutating func saveDraft(_ request: TL.messages.SaveDraft, by caller: Caller) throws -> Bool {
        let peer = try peerID(request.peer, for: caller.accountID)
        let isEmpty = request.message.isEmpty && request.replyTo == nil
        let draft = TL.DraftMessage.draftMessage(
            noWebpage: request.noWebpage,
            invertMedia: request.invertMedia,
            replyTo: request.replyTo,
            message: request.message,
            entities: request.entities,
            date: now
        )
        inboxes[caller.accountID]?.dialogs[peer, default: .init()].draft = isEmpty ? nil : draft
        tellDraft(of: peer, by: caller)
        return true
    }

    mutating func allDrafts(by caller: Caller) -> TL.Updates {
        let drafts = (inboxes[caller.accountID]?.dialogs ?? [:]).filter { $0.value.draft != nil }
        var view = View(caller.accountID)
        let updates = drafts.sorted { $0.key.marked < $1.key.marked }.compactMap { entry in
            entry.value.draft.map { TL.Update.updateDraftMessage(peer: view.see(entry.key), draft: $0) }
        }
        return .updates(updates: updates, users: users(view), chats: chats(view), date: now, seq: 0)
    }

    private mutating func clearDraft(of peer: PeerID, by caller: Caller) {
        guard inboxes[caller.accountID]?.dialogs[peer]?.draft != nil else { return }
        inboxes[caller.accountID]?.dialogs[peer]?.draft = nil
        tellDraft(of: peer, by: caller)
    }

    private mutating func tellDraft(of peer: PeerID, by caller: Caller) {
        let draft = inboxes[caller.accountID]?.dialogs[peer]?.draft ?? .draftMessageEmpty(date: now)
        let update = TL.Update.updateDraftMessage(peer: peer.wire, draft: draft)
        tell(caller.accountID, [.lasting(update, about: [peer])], except: caller.session)
    }
}
