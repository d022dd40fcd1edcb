import Telegram

/// Channels and supergroups.
extension World {
    mutating func createChannel(_ request: TL.channels.CreateChannel, by caller: Caller) throws -> TL.Updates {
        let title = try title(request.title)
        guard request.about.count <= 255 else { throw refusal("CHAT_ABOUT_TOO_LONG") }
        guard request.broadcast != request.megagroup else { throw refusal("CHAT_INVALID") }
        let (id, event) = makeChannel(title, request.about, isBroadcast: request.broadcast, creator: caller.accountID)
        return answer([.fleeting(.updateChannel(channelID: id)), event], by: caller)
    }

    mutating func makeChannel(
        _ title: String,
        _ about: String,
        isBroadcast: Bool,
        creator: Int64
    ) -> (id: Int64, event: WorldUpdate) {
        let id = nextChannelID()
        channels[id] = ChannelRecord(
            id: id,
            title: title,
            about: about,
            isBroadcast: isBroadcast,
            creator: creator,
            date: now
        )
        return (id, postService(.messageActionChannelCreate(title: title), by: creator, to: .channel(id)))
    }

    // MARK: - Coming and going

    mutating func inviteToChannel(
        _ request: TL.channels.InviteToChannel,
        by caller: Caller
    ) throws -> TL.messages.InvitedUsers {
        let id = try channelID(request.channel, for: caller.accountID)
        guard let channel = channels[id] else { throw refusal("CHANNEL_INVALID") }
        let mayAsMember =
            !channel.isBroadcast && channel.members[caller.accountID] != nil
            && !channel.isForbidden(\.inviteUsers, for: caller.accountID)
        guard channel.may(caller.accountID, \.inviteUsers) || mayAsMember else { throw refusal("CHAT_ADMIN_REQUIRED") }
        var ids: [Int64] = []
        for input in request.users { ids.append(try userID(input, for: caller.accountID)) }
        // Bots become members of channels only by being made administrators.
        if channel.isBroadcast, ids.contains(where: { accounts[$0]?.isBot == true }) { throw refusal("USER_BOT") }
        let isAdmin = channel.may(caller.accountID, \.banUsers)
        if !isAdmin, ids.contains(where: channel.isKicked) { throw refusal("USER_KICKED") }
        let new = ids.filter { channel.members[$0] == nil }
        var updates: [WorldUpdate] = [.fleeting(.updateChannel(channelID: id), about: [.channel(id)])]
        for user in new { join(user, id, inviter: caller.accountID) }
        if !new.isEmpty, !channel.isBroadcast {
            updates.append(postService(.messageActionChatAddUser(users: new), by: caller.accountID, to: .channel(id)))
        }
        return TL.messages.InvitedUsers(updates: answer(updates, by: caller), missingInvitees: [])
    }

    mutating func joinChannel(
        _ request: TL.channels.JoinChannel,
        by caller: Caller
    ) throws -> TL.messages.ChatInviteJoinResult {
        let user = caller.accountID
        let id = try channelID(request.channel, for: user)
        guard channels[id]?.members[user] == nil else { throw refusal("USER_ALREADY_PARTICIPANT") }
        return .chatInviteJoinResultOk(updates: joinAndAnswer(id, by: caller, action: nil))
    }

    /// Joins, and says so in supergroups.
    mutating func joinAndAnswer(_ id: Int64, by caller: Caller, action: TL.MessageAction?) -> TL.Updates {
        let user = caller.accountID
        join(user, id, inviter: nil)
        var updates: [WorldUpdate] = [.fleeting(.updateChannel(channelID: id), about: [.channel(id)])]
        if channels[id]?.isBroadcast == false {
            updates.append(postService(action ?? .messageActionChatAddUser(users: [user]), by: user, to: .channel(id)))
        }
        return answer(updates, by: caller)
    }

    /// Makes somebody a member; what was said before counts as read.
    mutating func join(_ user: Int64, _ id: Int64, inviter: Int64?) {
        let before = channels[id]?.participant(user, for: 0)
        enter(user, id, inviter: inviter)
        if let inviter, inviter != user {
            tell(user, [.fleeting(.updateChannel(channelID: id), about: [.channel(id)])])
        }
        noteMember(ofChannel: id, user, actor: inviter ?? user, before: before)
    }

    private mutating func enter(_ user: Int64, _ id: Int64, inviter: Int64?) {
        channels[id]?.members[user] = .init(inviter: inviter, date: now)
        channels[id]?.bans[user] = nil
        inboxes[user]?.dialogs[.channel(id), default: .init()].readInbox = channels[id]?.mailbox.lastID ?? 0
    }

    mutating func leaveChannel(_ request: TL.channels.LeaveChannel, by caller: Caller) throws -> TL.Updates {
        let user = caller.accountID
        let id = try channelID(request.channel, for: user)
        guard let channel = channels[id], channel.members[user] != nil else { throw refusal("USER_NOT_PARTICIPANT") }
        guard channel.creator != user else { throw refusal("USER_CREATOR") }
        var updates: [WorldUpdate] = [.fleeting(.updateChannel(channelID: id), about: [.channel(id)])]
        if !channel.isBroadcast {
            updates.append(postService(.messageActionChatDeleteUser(userID: user), by: user, to: .channel(id)))
        }
        leave(user, id, actor: user)
        return answer(updates, by: caller)
    }

    private mutating func leave(_ user: Int64, _ id: Int64, actor: Int64) {
        let before = channels[id]?.participant(user, for: 0)
        channels[id]?.members[user] = nil
        noteMember(ofChannel: id, user, actor: actor, before: before)
    }

    /// Tells the bots that are there, and the one that it is about.
    private mutating func noteMember(ofChannel id: Int64, _ user: Int64, actor: Int64, before: TL.ChannelParticipant?) {
        guard let channel = channels[id] else { return }
        let after = channel.participant(user, for: 0)
        // In channels and supergroups only administrators are told about others.
        let bots = Set(channel.adminIDs).union([user]).filter { accounts[$0]?.isBot == true }
        for bot in bots.sorted() {
            tellSecondary(bot, .channelMember(channel: id, actor: actor, user: user, before: before, after: after))
        }
    }

    // MARK: - Rights

    mutating func editAdmin(_ request: TL.channels.EditAdmin, by caller: Caller) throws -> TL.Updates {
        let id = try channelID(request.channel, for: caller.accountID)
        let user = try userID(request.userID, for: caller.accountID)
        guard let channel = channels[id], channel.may(caller.accountID, \.addAdmins) else {
            throw refusal("CHAT_ADMIN_REQUIRED")
        }
        guard user != channel.creator else { throw refusal("USER_CREATOR") }
        guard channel.members[user] != nil || !request.adminRights.isEmpty else {
            throw refusal("USER_NOT_PARTICIPANT")
        }
        setRights(request.adminRights, rank: request.rank, of: user, inChannel: id, by: caller.accountID)
        return answer([.fleeting(.updateChannel(channelID: id), about: [.channel(id)])], by: caller)
    }

    /// Makes somebody an administrator, who need not be a member yet, or an ordinary member again.
    mutating func setRights(
        _ rights: TL.ChatAdminRights,
        rank: String?,
        of user: Int64,
        inChannel id: Int64,
        by actor: Int64
    ) {
        let before = channels[id]?.participant(user, for: 0)
        if channels[id]?.members[user] == nil { enter(user, id, inviter: actor) }
        channels[id]?.bans[user] = nil
        channels[id]?.members[user]?.rights = rights.isEmpty ? nil : rights
        channels[id]?.members[user]?.promotedBy = rights.isEmpty ? nil : actor
        channels[id]?.members[user]?.rank = rights.isEmpty ? nil : rank
        noteMember(ofChannel: id, user, actor: actor, before: before)
        tell(user, [.fleeting(.updateChannel(channelID: id), about: [.channel(id)])])
    }

    mutating func editBanned(_ request: TL.channels.EditBanned, by caller: Caller) throws -> TL.Updates {
        let id = try channelID(request.channel, for: caller.accountID)
        guard case .user(let user) = try peerID(request.participant, for: caller.accountID) else {
            throw refusal("PARTICIPANT_ID_INVALID")
        }
        guard let channel = channels[id], channel.may(caller.accountID, \.banUsers) else {
            throw refusal("CHAT_ADMIN_REQUIRED")
        }
        guard user != channel.creator, user != caller.accountID, channel.members[user]?.rights == nil else {
            throw refusal("USER_ADMIN_INVALID")
        }
        let rights = request.bannedRights
        var updates: [WorldUpdate] = [.fleeting(.updateChannel(channelID: id), about: [.channel(id)])]
        if rights.viewMessages, !channel.isBroadcast, channel.members[user] != nil {
            updates.append(
                postService(.messageActionChatDeleteUser(userID: user), by: caller.accountID, to: .channel(id))
            )
        }
        let before = channels[id]?.participant(user, for: 0)
        if rights.viewMessages { channels[id]?.members[user] = nil }
        let isMember = channels[id]?.members[user] != nil
        let ban = ChannelRecord.Ban(by: caller.accountID, date: now, rights: rights, isMember: isMember)
        channels[id]?.bans[user] = rights.isEmpty ? nil : ban
        if !rights.isEmpty, let end = ban.end { nextBanEnd = min(end, nextBanEnd ?? end) }
        noteMember(ofChannel: id, user, actor: caller.accountID, before: before)
        tell(user, [.fleeting(.updateChannel(channelID: id), about: [.channel(id)])])
        return answer(updates, by: caller)
    }

    /// Lifts bans whose time is over. Nobody is told, as by Telegram.
    mutating func endBans() {
        var next: Int32?
        for (id, channel) in channels {
            for (user, ban) in channel.bans {
                guard let end = ban.end else { continue }
                if end <= now {
                    channels[id]?.bans[user] = nil
                } else {
                    next = min(end, next ?? end)
                }
            }
        }
        nextBanEnd = next
    }

    // MARK: - What it is called

    mutating func editTitle(_ request: TL.channels.EditTitle, by caller: Caller) throws -> TL.Updates {
        let id = try changeableChannel(request.channel, by: caller)
        let title = try title(request.title)
        guard channels[id]?.title != title else { throw refusal("CHAT_NOT_MODIFIED") }
        channels[id]?.title = title
        let event = postService(.messageActionChatEditTitle(title: title), by: caller.accountID, to: .channel(id))
        return answer([event], by: caller)
    }

    mutating func updateChannelUsername(_ request: TL.channels.UpdateUsername, by caller: Caller) throws -> Bool {
        let id = try channelID(request.channel, for: caller.accountID)
        guard let channel = channels[id], channel.creator == caller.accountID else {
            throw refusal("CHAT_ADMIN_REQUIRED")
        }
        let new = request.username.isEmpty ? nil : request.username
        guard channel.username != new else { throw refusal("USERNAME_NOT_MODIFIED") }
        try move(username: channel.username, to: new, of: .channel(id))
        channels[id]?.username = new
        for member in channel.memberIDs {
            let session = member == caller.accountID ? caller.session : nil
            tell(member, [.fleeting(.updateChannel(channelID: id), about: [.channel(id)])], except: session)
        }
        return true
    }

    mutating func deleteChannel(_ request: TL.channels.DeleteChannel, by caller: Caller) throws -> TL.Updates {
        let id = try channelID(request.channel, for: caller.accountID)
        guard let channel = channels[id], channel.creator == caller.accountID else {
            throw refusal("CHAT_ADMIN_REQUIRED")
        }
        channels[id]?.isDeleted = true
        if let username = channel.username { usernames[Self.key(username)] = nil }
        let update = WorldUpdate.fleeting(.updateChannel(channelID: id), about: [.channel(id)])
        for member in channel.memberIDs where member != caller.accountID { tell(member, [update]) }
        return answer([update], by: caller)
    }

    private func changeableChannel(_ input: TL.InputChannel, by caller: Caller) throws(RPCError) -> Int64 {
        let id = try channelID(input, for: caller.accountID)
        guard let channel = channels[id] else { throw refusal("CHANNEL_INVALID") }
        let mayAsMember =
            !channel.isBroadcast && channel.members[caller.accountID] != nil
            && !channel.isForbidden(\.changeInfo, for: caller.accountID)
        guard channel.may(caller.accountID, \.changeInfo) || mayAsMember else { throw refusal("CHAT_ADMIN_REQUIRED") }
        return id
    }
}

extension TL.ChatBannedRights {
    /// Whether nothing is forbidden: what lifts a ban.
    var isEmpty: Bool {
        !(viewMessages || sendMessages || sendMedia || sendStickers || sendGifs || sendGames || sendInline || embedLinks
            || sendPolls || changeInfo || inviteUsers || pinMessages || manageTopics || sendPhotos || sendVideos
            || sendRoundvideos || sendAudios || sendVoices || sendDocs || sendPlain)
    }
}
