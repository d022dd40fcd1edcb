import Telegram

/// Looking at channels and who is in them.
extension World {
    func channels(_ request: TL.channels.GetChannels, by caller: Caller) throws -> TL.messages.Chats {
        var chats: [TL.Chat] = []
        for input in request.id {
            chats.append(channel(try channelID(input, for: caller.accountID), for: caller.accountID))
        }
        return .chats(chats: chats)
    }

    func fullChannel(_ request: TL.channels.GetFullChannel, by caller: Caller) throws -> TL.messages.ChatFull {
        let viewer = caller.accountID
        let id = try channelID(request.channel, for: viewer)
        guard let channel = channels[id] else { throw refusal("CHANNEL_INVALID") }
        let peer = PeerID.channel(id)
        let isAdmin = channel.members[viewer]?.rights != nil
        let kicked = channel.bans.keys.filter(channel.isKicked).count
        let bots = channel.isBroadcast ? [] : channel.memberIDs.filter { accounts[$0]?.isBot == true }
        let online = channel.memberIDs.count { (accounts[$0]?.onlineUntil ?? 0) > now }
        var view = View(viewer)
        view.see(peer)
        for bot in bots { view.see(.user(bot)) }
        let full = TL.ChatFull.channelFull(
            canViewParticipants: !channel.isBroadcast || isAdmin,
            canSetUsername: channel.creator == viewer,
            canDeleteChannel: channel.creator == viewer,
            id: id,
            about: channel.about,
            participantsCount: Int32(clamping: channel.members.count),
            adminsCount: isAdmin ? Int32(clamping: channel.adminIDs.count) : nil,
            kickedCount: isAdmin ? Int32(clamping: kicked) : nil,
            bannedCount: isAdmin ? Int32(clamping: channel.bans.count - kicked) : nil,
            onlineCount: channel.isBroadcast ? nil : Int32(clamping: online),
            readInboxMaxID: inboxes[viewer]?.dialogs[peer]?.readInbox ?? 0,
            readOutboxMaxID: readOutbox(of: peer, for: viewer),
            unreadCount: unreadCount(in: peer, for: viewer),
            chatPhoto: .photoEmpty(id: 0),
            notifySettings: TL.PeerNotifySettings(),
            exportedInvite: channel.inviteHash.flatMap { isAdmin ? invite($0, by: channel.creator) : nil },
            botInfo: bots.map { TL.BotInfo(userID: $0) },
            pinnedMsgID: channel.mailbox.history(of: peer).first(where: \.isPinned)?.id,
            pts: channel.mailbox.pts
        )
        return TL.messages.ChatFull(fullChat: full, chats: chats(view), users: users(view))
    }

    func participant(_ request: TL.channels.GetParticipant, by caller: Caller) throws -> TL.channels.ChannelParticipant
    {
        let viewer = caller.accountID
        let id = try channelID(request.channel, for: viewer)
        guard let channel = channels[id] else { throw refusal("CHANNEL_INVALID") }
        guard case .user(let user) = try peerID(request.participant, for: viewer) else {
            throw refusal("PARTICIPANT_ID_INVALID")
        }
        guard user == viewer || !channel.isBroadcast || channel.members[viewer]?.rights != nil else {
            throw refusal("CHAT_ADMIN_REQUIRED")
        }
        guard let participant = channel.participant(user, for: viewer) else { throw refusal("USER_NOT_PARTICIPANT") }
        var view = View(viewer)
        see(participant, in: &view)
        return TL.channels.ChannelParticipant(participant: participant, chats: chats(view), users: users(view))
    }

    func participants(
        _ request: TL.channels.GetParticipants,
        by caller: Caller
    ) throws -> TL.channels.ChannelParticipants {
        let viewer = caller.accountID
        let id = try channelID(request.channel, for: viewer)
        guard let channel = channels[id] else { throw refusal("CHANNEL_INVALID") }
        guard !channel.isBroadcast || channel.members[viewer]?.rights != nil else {
            throw refusal("CHAT_ADMIN_REQUIRED")
        }
        let ids = try self.ids(request.filter, in: channel, for: viewer)
        let page = ids.dropFirst(Int(max(0, request.offset))).prefix(min(200, Int(max(0, request.limit))))
        if request.hash != 0, request.hash == Self.hash(of: Array(page)) { return .channelParticipantsNotModified }
        var view = View(viewer)
        let participants = page.compactMap { channel.participant($0, for: viewer) }
        for participant in participants { see(participant, in: &view) }
        return .channelParticipants(
            count: Int32(clamping: ids.count),
            participants: participants,
            chats: chats(view),
            users: users(view)
        )
    }

    private func ids(
        _ filter: TL.ChannelParticipantsFilter,
        in channel: ChannelRecord,
        for viewer: Int64
    ) throws(RPCError) -> [Int64] {
        let matches = { (id: Int64, query: String) in
            let words = name(of: .user(id), for: viewer).lowercased().split(separator: " ")
            return query.isEmpty || words.contains { $0.hasPrefix(query.lowercased()) }
        }
        let isAdmin = channel.members[viewer]?.rights != nil
        switch filter {
        case .channelParticipantsRecent: return channel.memberIDs
        case .channelParticipantsAdmins: return channel.adminIDs
        case .channelParticipantsBots: return channel.memberIDs.filter { accounts[$0]?.isBot == true }
        case .channelParticipantsSearch(let filter): return channel.memberIDs.filter { matches($0, filter.q) }
        case .channelParticipantsContacts(let filter):
            let own = inboxes[viewer]?.contacts ?? [:]
            return channel.memberIDs.filter { own[$0] != nil && matches($0, filter.q) }
        case .channelParticipantsMentions(let filter):
            return channel.memberIDs.filter { matches($0, filter.q ?? "") }
        case .channelParticipantsKicked(let filter):
            guard isAdmin else { throw refusal("CHAT_ADMIN_REQUIRED") }
            return channel.bans.keys.filter { channel.isKicked($0) && matches($0, filter.q) }.sorted()
        case .channelParticipantsBanned(let filter):
            guard isAdmin else { throw refusal("CHAT_ADMIN_REQUIRED") }
            return channel.bans.keys.filter { !channel.isKicked($0) && matches($0, filter.q) }.sorted()
        }
    }

    private func see(_ participant: TL.ChannelParticipant, in view: inout View) {
        switch participant {
        case .channelParticipant(let member): view.see(.user(member.userID))
        case .channelParticipantSelf(let member):
            view.see(.user(member.userID))
            view.see(.user(member.inviterID))
        case .channelParticipantCreator(let member): view.see(.user(member.userID))
        case .channelParticipantAdmin(let member):
            view.see(.user(member.userID))
            view.see(.user(member.promotedBy))
        case .channelParticipantBanned(let member):
            view.see(PeerID(wire: member.peer))
            view.see(.user(member.kickedBy))
        case .channelParticipantLeft(let member): view.see(PeerID(wire: member.peer))
        }
    }
}
