import Telegram

/// People as somebody sees them.
extension World {
    func user(_ id: Int64, for viewer: Int64) -> TL.User {
        guard let account = accounts[id] else { return .userEmpty(id: id) }
        let contact = inboxes[viewer]?.contacts[id]
        let isKnown = contact != nil || id == viewer
        let firstName = contact?.firstName ?? account.firstName
        let lastName = contact?.lastName ?? account.lastName
        return .user(
            isSelf: id == viewer,
            contact: contact != nil,
            mutualContact: contact != nil && inboxes[id]?.contacts[viewer] != nil,
            bot: account.isBot,
            // Bots here see all that is said in groups.
            botChatHistory: account.isBot,
            id: id,
            accessHash: accessHash(of: .user(id), for: viewer),
            firstName: firstName.isEmpty ? nil : firstName,
            lastName: lastName.isEmpty ? nil : lastName,
            username: account.username,
            phone: isKnown ? account.phone : nil,
            status: account.isBot ? nil : status(of: account),
            botInfoVersion: account.isBot ? 1 : nil
        )
    }

    func status(of account: AccountRecord) -> TL.UserStatus {
        if account.onlineUntil > now { return .userStatusOnline(expires: account.onlineUntil) }
        return account.onlineUntil == 0 ? .userStatusRecently() : .userStatusOffline(wasOnline: account.onlineUntil)
    }

    func users(_ request: TL.users.GetUsers, by caller: Caller) -> [TL.User] {
        request.id.map { input in
            if let id = try? userID(input, for: caller.accountID) { return user(id, for: caller.accountID) }
            if case .inputUser(let input) = input { return .userEmpty(id: input.userID) }
            return .userEmpty(id: 0)
        }
    }

    func fullUser(_ request: TL.users.GetFullUser, by caller: Caller) throws -> TL.users.UserFull {
        let id = try userID(request.id, for: caller.accountID)
        guard let account = accounts[id] else { throw refusal("USER_ID_INVALID") }
        let own = inboxes[caller.accountID]
        let isContact = own?.contacts[id] != nil
        let isOther = id != caller.accountID
        let full = TL.UserFull(
            blocked: own?.blocked[.user(id)] != nil,
            phoneCallsAvailable: isOther && !account.isBot,
            canPinMessage: true,
            id: id,
            about: account.about.isEmpty ? nil : account.about,
            settings: TL.PeerSettings(addContact: isOther && !isContact, blockContact: isOther && !isContact),
            notifySettings: TL.PeerNotifySettings(),
            botInfo: account.isBot ? TL.BotInfo(userID: id) : nil,
            pinnedMsgID: own?.mailbox.history(of: .user(id)).first(where: \.isPinned)?.id,
            commonChatsCount: Int32(clamping: commonChats(of: caller.accountID, and: id).count)
        )
        var view = View(caller.accountID)
        view.see(.user(id))
        return TL.users.UserFull(fullUser: full, chats: [], users: users(view))
    }

    /// The groups and supergroups that both are in.
    func commonChats(of left: Int64, and right: Int64) -> [PeerID] {
        guard left != right else { return [] }
        let groups = groups.values.filter { $0.members[left] != nil && $0.members[right] != nil && !$0.isDeactivated }
        let channels = channels.values.filter {
            !$0.isBroadcast && !$0.isDeleted && $0.members[left] != nil && $0.members[right] != nil
        }
        return groups.map { .chat($0.id) } + channels.map { .channel($0.id) }
    }

    // MARK: - One's own profile

    mutating func updateProfile(_ request: TL.account.UpdateProfile, by caller: Caller) throws -> TL.User {
        if let name = request.firstName, !isName(name) { throw refusal("FIRSTNAME_INVALID") }
        if let about = request.about, about.count > 70 { throw refusal("ABOUT_TOO_LONG") }
        let id = caller.accountID
        if let name = request.firstName { accounts[id]?.firstName = name }
        if let name = request.lastName { accounts[id]?.lastName = name }
        if let about = request.about { accounts[id]?.about = about }
        if request.firstName != nil || request.lastName != nil { tellName(of: id, by: caller) }
        return user(id, for: id)
    }

    func checkUsername(_ username: String) throws -> Bool {
        guard Self.isUsername(username) else { throw refusal("USERNAME_INVALID") }
        return usernames[Self.key(username)] == nil
    }

    mutating func updateUsername(_ request: TL.account.UpdateUsername, by caller: Caller) throws -> TL.User {
        let id = caller.accountID
        let old = accounts[id]?.username
        let new = request.username.isEmpty ? nil : request.username
        guard old != new else { throw refusal("USERNAME_NOT_MODIFIED") }
        try move(username: old, to: new, of: .user(id))
        accounts[id]?.username = new
        tellName(of: id, by: caller)
        return user(id, for: id)
    }

    /// Gives a username back and takes another one.
    mutating func move(username old: String?, to new: String?, of peer: PeerID) throws(RPCError) {
        if let new {
            guard Self.isUsername(new) else { throw refusal("USERNAME_INVALID") }
            let holder = usernames[Self.key(new)]
            guard holder == nil || holder == peer else { throw refusal("USERNAME_OCCUPIED") }
        }
        if let old { usernames[Self.key(old)] = nil }
        if let new { usernames[Self.key(new)] = peer }
    }

    mutating func updateStatus(_ request: TL.account.UpdateStatus, by caller: Caller) -> Bool {
        let id = caller.accountID
        accounts[id]?.onlineUntil = request.offline ? now : now + 300
        guard let account = accounts[id] else { return false }
        let update = TL.Update.updateUserStatus(userID: id, status: status(of: account))
        for other in acquaintances(of: id) { tell(other, [.fleeting(update)]) }
        return true
    }

    private mutating func tellName(of id: Int64, by caller: Caller) {
        guard let account = accounts[id] else { return }
        let update = TL.Update.updateUserName(
            userID: id,
            firstName: account.firstName,
            lastName: account.lastName,
            usernames: account.username.map { [TL.Username(editable: true, active: true, username: $0)] } ?? []
        )
        for other in acquaintances(of: id) { tell(other, [.lasting(update, about: [.user(id)])]) }
        tell(id, [.lasting(update, about: [.user(id)])], except: caller.session)
    }

    /// Those who talk with somebody, or have it among their contacts.
    private func acquaintances(of id: Int64) -> [Int64] {
        inboxes.filter { entry in
            entry.key != id
                && (entry.value.contacts[id] != nil || entry.value.mailbox.top(of: .user(id)) != nil)
        }.keys.sorted()
    }
}
