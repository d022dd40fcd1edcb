import Telegram

/// Dialogs: what an account has going on, the latest first.
extension World {
    /// Those with messages, and the channels that somebody is in, in no order.
    func dialogPeers(of viewer: Int64) -> [PeerID] {
        let own = inboxes[viewer]?.mailbox.peers ?? []
        return own + channels.values.filter { $0.members[viewer] != nil && !$0.isDeleted }.map { .channel($0.id) }
    }

    func unreadTotal(of viewer: Int64) -> Int32 {
        dialogPeers(of: viewer).reduce(0) { $0 + (unreadCount(in: $1, for: viewer) > 0 ? 1 : 0) }
    }

    func unreadCount(in peer: PeerID, for viewer: Int64) -> Int32 {
        let read = inboxes[viewer]?.dialogs[peer]?.readInbox ?? 0
        let mailbox = mailbox(of: peer, for: viewer)
        guard case .channel = peer else { return mailbox.unreadCount(in: peer, after: read) }
        let unread = mailbox.ids(in: peer).reversed().prefix { $0 > read }
        return Int32(clamping: unread.count { mailbox[$0]?.author != viewer })
    }

    func dialog(_ peer: PeerID, for viewer: Int64) -> TL.Dialog {
        let inbox = inboxes[viewer]
        let dialog = inbox?.dialogs[peer] ?? Inbox.Dialog()
        let mailbox = mailbox(of: peer, for: viewer)
        let isChannel = if case .channel = peer { true } else { false }
        let unread = mailbox.ids(in: peer).reversed().prefix { $0 > dialog.readInbox }
        let mentioning = unread.count { mailbox[$0].map { mentions($0, viewer) } ?? false }
        return .dialog(
            pinned: inbox?.pinned.contains(peer) ?? false,
            unreadMark: dialog.isMarkedUnread,
            peer: peer.wire,
            topMessage: mailbox.top(of: peer)?.id ?? 0,
            readInboxMaxID: dialog.readInbox,
            readOutboxMaxID: readOutbox(of: peer, for: viewer),
            unreadCount: unreadCount(in: peer, for: viewer),
            unreadMentionsCount: Int32(clamping: mentioning),
            unreadReactionsCount: 0,
            unreadPollVotesCount: 0,
            notifySettings: TL.PeerNotifySettings(),
            pts: isChannel ? mailbox.pts : nil,
            draft: dialog.draft
        )
    }

    /// How far others have read. In channels, the furthest that anybody else has.
    func readOutbox(of peer: PeerID, for viewer: Int64) -> Int32 {
        guard case .channel(let id) = peer, let channel = channels[id] else {
            return inboxes[viewer]?.dialogs[peer]?.readOutbox ?? 0
        }
        return channel.members.keys.filter { $0 != viewer }.compactMap { inboxes[$0]?.dialogs[peer]?.readInbox }.max()
            ?? 0
    }

    /// The date that a dialog is sorted by.
    private func date(of peer: PeerID, for viewer: Int64) -> Int32 {
        if let top = mailbox(of: peer, for: viewer).top(of: peer) { return top.date }
        if case .channel(let id) = peer { return channels[id]?.members[viewer]?.date ?? 0 }
        return 0
    }

    /// The dialogs in their order: pinned ones, then by date.
    func sortedDialogs(of viewer: Int64) -> [PeerID] {
        let pinned = (inboxes[viewer]?.pinned ?? [])
        let rest = dialogPeers(of: viewer).filter { !pinned.contains($0) }.map { peer in
            (peer, date(of: peer, for: viewer), mailbox(of: peer, for: viewer).top(of: peer)?.id ?? 0)
        }
        let sorted = rest.sorted { ($0.1, $0.2, $0.0.marked) > ($1.1, $1.2, $1.0.marked) }.map(\.0)
        return pinned.filter { Set(dialogPeers(of: viewer)).contains($0) } + sorted
    }

    func dialogs(_ request: TL.messages.GetDialogs, by caller: Caller) throws -> TL.messages.Dialogs {
        let viewer = caller.accountID
        // There is an archive, and nothing is in it.
        if let folder = request.folderID, folder != 0 {
            guard folder == 1 else { throw refusal("FOLDER_ID_INVALID") }
            return .dialogs(dialogs: [], messages: [], chats: [], users: [])
        }
        let pinned = inboxes[viewer]?.pinned ?? []
        var all = sortedDialogs(of: viewer)
        let count = all.count
        let isFirstPage = request.offsetDate == 0 && request.offsetID == 0
        if request.excludePinned || !isFirstPage { all.removeAll { pinned.contains($0) } }
        if !isFirstPage { all = try all.after(request, self, viewer) }
        let page = all.prefix(min(100, max(0, Int(request.limit))))
        var view = View(viewer)
        let (dialogs, messages) = render(Array(page), in: &view)
        if isFirstPage, page.count == count {
            return .dialogs(dialogs: dialogs, messages: messages, chats: chats(view), users: users(view))
        }
        return .dialogsSlice(
            count: Int32(clamping: count),
            dialogs: dialogs,
            messages: messages,
            chats: chats(view),
            users: users(view)
        )
    }

    fileprivate func isAfter(_ peer: PeerID, _ request: TL.messages.GetDialogs, _ viewer: Int64) -> Bool {
        let top = mailbox(of: peer, for: viewer).top(of: peer)
        let date = date(of: peer, for: viewer)
        if request.offsetDate != 0, date != request.offsetDate { return date < request.offsetDate }
        return request.offsetID != 0 && (top?.id ?? 0) < request.offsetID
    }

    private func render(_ peers: [PeerID], in view: inout View) -> ([TL.Dialog], [TL.Message]) {
        let messages = peers.compactMap { peer in
            mailbox(of: peer, for: view.viewer).top(of: peer).map { render($0, in: &view) }
        }
        for peer in peers { view.see(peer) }
        return (peers.map { dialog($0, for: view.viewer) }, messages)
    }

    func peerDialogs(_ peers: [PeerID], by caller: Caller) -> TL.messages.PeerDialogs {
        var view = View(caller.accountID)
        let (dialogs, messages) = render(peers, in: &view)
        return TL.messages.PeerDialogs(
            dialogs: dialogs,
            messages: messages,
            chats: chats(view),
            users: users(view),
            state: state(of: caller)
        )
    }

    func peerDialogs(_ request: TL.messages.GetPeerDialogs, by caller: Caller) throws -> TL.messages.PeerDialogs {
        guard !request.peers.isEmpty else { throw refusal("INPUT_PEERS_EMPTY") }
        var peers: [PeerID] = []
        for input in request.peers { peers.append(try dialogPeer(input, for: caller.accountID)) }
        return peerDialogs(peers, by: caller)
    }

    func dialogPeer(_ input: TL.InputDialogPeer, for viewer: Int64) throws(RPCError) -> PeerID {
        guard case .inputDialogPeer(let input) = input else { throw refusal("PEER_ID_INVALID") }
        return try peerID(input.peer, for: viewer)
    }

    // MARK: - Marks

    mutating func pinDialog(_ request: TL.messages.ToggleDialogPin, by caller: Caller) throws -> Bool {
        let peer = try dialogPeer(request.peer, for: caller.accountID)
        inboxes[caller.accountID]?.pinned.removeAll { $0 == peer }
        if request.pinned { inboxes[caller.accountID]?.pinned.insert(peer, at: 0) }
        let update = TL.Update.updateDialogPinned(pinned: request.pinned, peer: .dialogPeer(peer: peer.wire))
        tell(caller.accountID, [.lasting(update, about: [peer])], except: caller.session)
        return true
    }

    mutating func markDialog(_ request: TL.messages.MarkDialogUnread, by caller: Caller) throws -> Bool {
        let peer = try dialogPeer(request.peer, for: caller.accountID)
        inboxes[caller.accountID]?.dialogs[peer, default: .init()].isMarkedUnread = request.unread
        let update = TL.Update.updateDialogUnreadMark(unread: request.unread, peer: .dialogPeer(peer: peer.wire))
        tell(caller.accountID, [.lasting(update, about: [peer])], except: caller.session)
        return true
    }
}

extension [PeerID] {
    /// What follows the dialog that a page ended with: by its peer if it is still there, else by date and number.
    fileprivate func after(
        _ request: TL.messages.GetDialogs,
        _ world: World,
        _ viewer: Int64
    ) throws(RPCError) -> [PeerID] {
        if case .inputPeerEmpty = request.offsetPeer {
            return filter { world.isAfter($0, request, viewer) }
        }
        let last: PeerID
        do throws(RPCError) {
            last = try world.peerID(request.offsetPeer, for: viewer)
        } catch {
            throw refusal("OFFSET_PEER_ID_INVALID")
        }
        // A dialog that has moved on since says nothing about where the page ended.
        guard let index = firstIndex(of: last),
            world.mailbox(of: last, for: viewer).top(of: last)?.id == request.offsetID
        else { return filter { world.isAfter($0, request, viewer) } }
        return Array(self[(index + 1)...])
    }
}
