import MTProtoCrypto
public import Telegram

extension SmallTelegram {
    /// Makes a basic group, as its creator would.
    /// - Throws: `RPCError`: `CHAT_TITLE_EMPTY`.
    @discardableResult
    public func addGroup(title: String, creator: TestAccount, members: [TestAccount] = []) throws -> TestChat {
        try perform { world in
            let title = try world.title(title)
            let others = members.map(\.id).filter { $0 != creator.id }
            let (group, event) = world.makeGroup(title, creator: creator.id, members: others)
            world.tell(creator.id, [event])
            return TestChat(peerID: .chat(group.id), title: title)
        }
    }

    /// Makes a supergroup, as its creator would, and lets members in.
    /// - Parameter username: Makes it public.
    /// - Throws: `RPCError`: `CHAT_TITLE_EMPTY`, `USERNAME_INVALID`, `USERNAME_OCCUPIED`.
    @discardableResult
    public func addSupergroup(
        title: String,
        username: String? = nil,
        creator: TestAccount,
        members: [TestAccount] = []
    ) throws -> TestChat {
        try addChannel(title, username, isBroadcast: false, creator, members)
    }

    /// Makes a channel, as its creator would, and lets subscribers in. Bots are made administrators, since they cannot
    /// be anything else there.
    /// - Parameter username: Makes it public.
    /// - Throws: `RPCError`: `CHAT_TITLE_EMPTY`, `USERNAME_INVALID`, `USERNAME_OCCUPIED`.
    @discardableResult
    public func addChannel(
        title: String,
        username: String? = nil,
        creator: TestAccount,
        members: [TestAccount] = []
    ) throws -> TestChat {
        try addChannel(title, username, isBroadcast: true, creator, members)
    }

    private func addChannel(
        _ title: String,
        _ username: String?,
        isBroadcast: Bool,
        _ creator: TestAccount,
        _ members: [TestAccount]
    ) throws -> TestChat {
        try perform { world in
            let title = try world.title(title)
            if let username { try world.checkFree(username) }
            let (id, event) = world.makeChannel(title, "", isBroadcast: isBroadcast, creator: creator.id)
            if let username {
                try world.move(username: nil, to: username, of: .channel(id))
                world.channels[id]?.username = username
            }
            world.tell(creator.id, [.fleeting(.updateChannel(channelID: id), about: [.channel(id)]), event])
            for member in members where member.id != creator.id {
                if isBroadcast, member.isBot {
                    world.setRights(.creator, rank: nil, of: member.id, inChannel: id, by: creator.id)
                } else {
                    world.join(member.id, id, inviter: creator.id)
                }
            }
            return TestChat(peerID: .channel(id), title: title)
        }
    }

    /// Makes somebody an administrator of a group, supergroup or channel with all rights, as its creator would. Bots and
    /// members are told as by Telegram.
    public func promote(_ account: TestAccount, in chat: TestChat) {
        perform { world in
            switch chat.peerID {
            case .user: break
            case .chat(let id):
                guard let creator = world.groups[id]?.creator else { return }
                world.setAdmin(true, account.id, inGroup: id, by: creator)
            case .channel(let id):
                guard let creator = world.channels[id]?.creator, creator != account.id else { return }
                world.setRights(.creator, rank: nil, of: account.id, inChannel: id, by: creator)
            }
        }
    }

    /// A link that lets people into a chat: `https://t.me/+...`. It replaces the one before.
    /// - Throws: `RPCError`: `PEER_ID_INVALID` when there is no such chat.
    public func inviteLink(to chat: TestChat) throws -> String {
        try perform { world in
            let creator: Int64? =
                switch chat.peerID {
                case .user: nil
                case .chat(let id): world.groups[id]?.creator
                case .channel(let id): world.channels[id]?.creator
                }
            guard let creator else { throw refusal("PEER_ID_INVALID") }
            return "https://t.me/+" + (try world.makeInvite(to: chat.peerID, by: creator))
        }
    }

    // MARK: - What people say

    /// Writes a message as a person would, or a bot. Everybody concerned is told.
    /// - Parameter replyTo: The message that it answers, by its number in the mailbox of who writes.
    /// - Returns: the number of the message in the mailbox of who writes, or in the channel.
    /// - Throws: `RPCError` as clients would get it: `MESSAGE_EMPTY`, `CHAT_WRITE_FORBIDDEN`, ...
    @discardableResult
    public func send(
        _ text: String,
        from author: TestAccount,
        to peer: some TestPeer,
        replyTo: Int32? = nil
    ) throws -> Int32 {
        try perform { world in
            let peer = peer.peerID
            let content = try world.text(text, nil, nil, by: author.id)
            try world.requireMayWrite(to: peer, by: author.id)
            let reply = try world.reply(
                replyTo.map { .inputReplyToMessage(replyToMsgID: $0) },
                in: peer,
                by: author.id
            )
            let update = world.post(.init(content: .text(content), reply: reply), by: author.id, to: peer)
            world.tell(author.id, [update])
            return world.mailbox(of: peer, for: author.id).lastID
        }
    }

    /// The messages of a dialog as somebody sees them, the oldest first.
    public func messages(with peer: some TestPeer, seenBy account: TestAccount) -> [TL.Message] {
        state.withLock { state in
            var view = View(account.id)
            let mailbox = state.world.mailbox(of: peer.peerID, for: account.id)
            return mailbox.history(of: peer.peerID).reversed().map { state.world.render($0, in: &view) }
        }
    }

    /// What somebody calls a peer in raw requests, with the access hash that is theirs alone.
    public func inputPeer(_ peer: some TestPeer, for account: TestAccount) -> TL.InputPeer {
        state.withLock { state in
            let hash = state.world.accessHash(of: peer.peerID, for: account.id)
            return switch peer.peerID {
            case .user(let id): id == account.id ? .inputPeerSelf : .inputPeerUser(userID: id, accessHash: hash)
            case .chat(let id): .inputPeerChat(chatID: id)
            case .channel(let id): .inputPeerChannel(channelID: id, accessHash: hash)
            }
        }
    }

    // MARK: - Trouble

    /// Loses the next pushes: they are counted in `pts`, `qts` and `seq`, and never sent, so that clients have to
    /// notice the gap and ask for the difference.
    /// - Parameters:
    ///   - count: How many batches.
    ///   - account: Whose; `nil` for those that come first, whoever they are for.
    public func dropUpdates(_ count: Int = 1, for account: TestAccount? = nil) {
        guard count > 0 else { return }
        state.withLock { $0.losses.append((account?.id, count)) }
    }

    /// How many pushes were lost on demand.
    public var droppedUpdates: Int { state.withLock { $0.lostCount } }

    /// Sends any updates to all sessions of an account, after those that came before.
    public func push(_ update: TL.Update, to account: TestAccount) {
        perform { $0.tell(account.id, [.fleeting(update)]) }
    }
}
