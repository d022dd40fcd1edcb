import Telegram

/// Basic groups.
extension World {
    mutating func createChat(_ request: TL.messages.CreateChat, by caller: Caller) throws -> TL.messages.InvitedUsers {
        let title = try title(request.title)
        var ids: [Int64] = []
        for input in request.users { ids.append(try userID(input, for: caller.accountID)) }
        ids.removeAll { $0 == caller.accountID }
        guard !ids.isEmpty else { throw refusal("USERS_TOO_FEW") }
        let (group, event) = makeGroup(title, creator: caller.accountID, members: ids)
        let updates = [.fleeting(.updateChatParticipants(participants: group.participants)), event]
        return TL.messages.InvitedUsers(updates: answer(updates, by: caller), missingInvitees: [])
    }

    /// Makes a group and tells everybody in it but the creator.
    mutating func makeGroup(_ title: String, creator: Int64, members: [Int64]) -> (BasicGroup, WorldUpdate) {
        let id = nextGroupID()
        var all: [Int64: BasicGroup.Member] = [:]
        for member in members { all[member] = .init(inviter: creator, date: now) }
        all[creator] = .init(inviter: creator, date: now)
        let group = BasicGroup(id: id, title: title, creator: creator, date: now, members: all)
        groups[id] = group
        tellParticipants(of: group, except: creator)
        let event = postService(
            .messageActionChatCreate(title: title, users: group.memberIDs),
            by: creator,
            to: .chat(id)
        )
        for member in members { noteMember(of: id, member, actor: creator, before: nil, after: group.members[member]) }
        return (group, event)
    }

    mutating func addChatUser(_ request: TL.messages.AddChatUser, by caller: Caller) throws -> TL.messages.InvitedUsers
    {
        let id = try groupID(request.chatID, for: caller.accountID)
        let user = try userID(request.userID, for: caller.accountID)
        guard let group = groups[id], group.members[caller.accountID] != nil, !group.isDeactivated else {
            throw refusal("CHAT_WRITE_FORBIDDEN", 403)
        }
        guard group.isAdmin(caller.accountID) || !group.defaultRights.inviteUsers else {
            throw refusal("CHAT_ADMIN_REQUIRED")
        }
        guard group.members[user] == nil else { throw refusal("USER_ALREADY_PARTICIPANT") }
        guard group.members.count < 200 else { throw refusal("USERS_TOO_MUCH") }
        let updates = add(user, toGroup: id, by: caller.accountID, .messageActionChatAddUser(users: [user]))
        return TL.messages.InvitedUsers(updates: answer(updates, by: caller), missingInvitees: [])
    }

    /// Takes somebody in and returns what the one who did it is told.
    mutating func add(
        _ user: Int64,
        toGroup id: Int64,
        by actor: Int64,
        _ action: TL.MessageAction
    ) -> [WorldUpdate] {
        let member = BasicGroup.Member(inviter: actor, date: now)
        groups[id]?.members[user] = member
        groups[id]?.former.remove(user)
        groups[id]?.kicked.remove(user)
        groups[id]?.version += 1
        guard let group = groups[id] else { return [] }
        tellParticipants(of: group, except: actor)
        let event = postService(action, by: actor, to: .chat(id))
        noteMember(of: id, user, actor: actor, before: nil, after: member)
        return [.fleeting(.updateChatParticipants(participants: group.participants)), event]
    }

    mutating func deleteChatUser(_ request: TL.messages.DeleteChatUser, by caller: Caller) throws -> TL.Updates {
        let actor = caller.accountID
        let id = try groupID(request.chatID, for: actor)
        let user = try userID(request.userID, for: actor)
        guard let group = groups[id], let member = group.members[user] else { throw refusal("USER_NOT_PARTICIPANT") }
        let isLeaving = user == actor
        // Members may take back those whom they have invited.
        guard isLeaving || (group.isAdmin(actor) && user != group.creator) || member.inviter == actor else {
            throw refusal("CHAT_ADMIN_REQUIRED")
        }
        // Written while everybody is still there, so that the one who goes sees it too.
        let event = postService(.messageActionChatDeleteUser(userID: user), by: actor, to: .chat(id))
        groups[id]?.members[user] = nil
        groups[id]?.former.insert(user)
        if !isLeaving { groups[id]?.kicked.insert(user) }
        groups[id]?.version += 1
        guard let group = groups[id] else { throw refusal("CHAT_ID_INVALID") }
        tellParticipants(of: group, except: actor)
        noteMember(of: id, user, actor: actor, before: member, after: nil)
        return answer([.fleeting(.updateChatParticipants(participants: group.participants)), event], by: caller)
    }

    mutating func editChatTitle(_ request: TL.messages.EditChatTitle, by caller: Caller) throws -> TL.Updates {
        let id = try changeableGroup(request.chatID, by: caller)
        let title = try title(request.title)
        guard groups[id]?.title != title else { throw refusal("CHAT_NOT_MODIFIED") }
        groups[id]?.title = title
        return answer(
            [postService(.messageActionChatEditTitle(title: title), by: caller.accountID, to: .chat(id))],
            by: caller
        )
    }

    mutating func editChatAbout(_ request: TL.messages.EditChatAbout, by caller: Caller) throws -> Bool {
        guard request.about.count <= 255 else { throw refusal("CHAT_ABOUT_TOO_LONG") }
        switch try peerID(request.peer, for: caller.accountID) {
        case .user: throw refusal("PEER_ID_INVALID")
        case .chat(let chat):
            let id = try changeableGroup(chat, by: caller)
            guard groups[id]?.about != request.about else { throw refusal("CHAT_ABOUT_NOT_MODIFIED") }
            groups[id]?.about = request.about
        case .channel(let id):
            guard channels[id]?.may(caller.accountID, \.changeInfo) == true else {
                throw refusal("CHAT_ADMIN_REQUIRED")
            }
            guard channels[id]?.about != request.about else { throw refusal("CHAT_ABOUT_NOT_MODIFIED") }
            channels[id]?.about = request.about
        }
        return true
    }

    mutating func editChatAdmin(_ request: TL.messages.EditChatAdmin, by caller: Caller) throws -> Bool {
        let id = try groupID(request.chatID, for: caller.accountID)
        let user = try userID(request.userID, for: caller.accountID)
        guard let group = groups[id], group.creator == caller.accountID else { throw refusal("CHAT_ADMIN_REQUIRED") }
        guard let before = group.members[user], user != group.creator else { throw refusal("USER_NOT_PARTICIPANT") }
        if before.isAdmin != request.isAdmin {
            setAdmin(request.isAdmin, user, inGroup: id, by: caller.accountID, except: caller.session)
        }
        return true
    }

    /// Makes a member an administrator, or an ordinary member again, and tells everybody but one session.
    mutating func setAdmin(
        _ isAdmin: Bool,
        _ user: Int64,
        inGroup id: Int64,
        by actor: Int64,
        except session: SessionAddress? = nil
    ) {
        guard let group = groups[id], let before = group.members[user], before.isAdmin != isAdmin else { return }
        groups[id]?.members[user]?.isAdmin = isAdmin
        groups[id]?.version += 1
        let update = TL.Update.updateChatParticipantAdmin(
            chatID: id,
            userID: user,
            isAdmin: isAdmin,
            version: group.version + 1
        )
        for member in group.memberIDs {
            tell(member, [.fleeting(update, about: [.chat(id), .user(user)])], except: member == actor ? session : nil)
        }
        noteMember(of: id, user, actor: actor, before: before, after: groups[id]?.members[user])
    }

    mutating func deleteChat(_ id: Int64, by caller: Caller) throws -> Bool {
        let id = try groupID(id, for: caller.accountID)
        guard let group = groups[id], group.creator == caller.accountID else { throw refusal("CHAT_ADMIN_REQUIRED") }
        groups[id]?.isDeactivated = true
        groups[id]?.former.formUnion(group.members.keys)
        groups[id]?.members = [:]
        for member in group.memberIDs {
            tell(member, [.fleeting(.updateChat(chatID: id), about: [.chat(id)])])
        }
        return true
    }

    // MARK: - Looking

    func chats(_ request: TL.messages.GetChats, by caller: Caller) throws -> TL.messages.Chats {
        var chats: [TL.Chat] = []
        for id in request.id {
            chats.append(
                group(try groupID(id, for: caller.accountID, otherwise: "PEER_ID_INVALID"), for: caller.accountID)
            )
        }
        return .chats(chats: chats)
    }

    func fullChat(_ request: TL.messages.GetFullChat, by caller: Caller) throws -> TL.messages.ChatFull {
        let viewer = caller.accountID
        let id = try groupID(request.chatID, for: viewer)
        guard let group = groups[id] else { throw refusal("CHAT_ID_INVALID") }
        let isMember = group.members[viewer] != nil
        var view = View(viewer)
        view.see(.chat(id))
        if isMember { for member in group.memberIDs { view.see(.user(member)) } }
        let bots = group.memberIDs.filter { accounts[$0]?.isBot == true }
        let full = TL.ChatFull.chatFull(
            id: id,
            about: group.about,
            participants: isMember ? group.participants : .chatParticipantsForbidden(chatID: id),
            notifySettings: TL.PeerNotifySettings(),
            exportedInvite: group.inviteHash.flatMap { group.isAdmin(viewer) ? invite($0, by: group.creator) : nil },
            botInfo: isMember ? bots.map { TL.BotInfo(userID: $0) } : nil,
            pinnedMsgID: mailbox(of: .chat(id), for: viewer).history(of: .chat(id)).first(where: \.isPinned)?.id
        )
        return TL.messages.ChatFull(fullChat: full, chats: chats(view), users: users(view))
    }

    // MARK: - Parts

    func title(_ text: String) throws(RPCError) -> String {
        guard text.contains(where: { !$0.isWhitespace }) else { throw refusal("CHAT_TITLE_EMPTY") }
        return text
    }

    private func changeableGroup(_ id: Int64, by caller: Caller) throws(RPCError) -> Int64 {
        let id = try groupID(id, for: caller.accountID)
        guard let group = groups[id], group.members[caller.accountID] != nil, !group.isDeactivated,
            group.isAdmin(caller.accountID) || !group.defaultRights.changeInfo
        else { throw refusal("CHAT_ADMIN_REQUIRED") }
        return id
    }

    private mutating func tellParticipants(of group: BasicGroup, except actor: Int64) {
        let update = TL.Update.updateChatParticipants(participants: group.participants)
        let about = [PeerID.chat(group.id)] + group.memberIDs.map { .user($0) }
        for member in group.memberIDs where member != actor { tell(member, [.fleeting(update, about: about)]) }
    }

    /// Tells the bots of a group who came, went or rose.
    private mutating func noteMember(
        of id: Int64,
        _ user: Int64,
        actor: Int64,
        before: BasicGroup.Member?,
        after: BasicGroup.Member?
    ) {
        let bots = Set(groups[id]?.memberIDs ?? []).union([user]).filter { accounts[$0]?.isBot == true }
        for bot in bots.sorted() {
            tellSecondary(bot, .groupMember(group: id, actor: actor, user: user, before: before, after: after))
        }
    }
}
