import Telegram

/// Links that let people in; see <https://core.telegram.org/api/invites>.
extension World {
    func invite(_ hash: String, by admin: Int64) -> TL.ExportedChatInvite {
        .chatInviteExported(permanent: true, link: "https://t.me/+\(hash)", adminID: admin, date: now)
    }

    mutating func exportInvite(
        _ request: TL.messages.ExportChatInvite,
        by caller: Caller
    ) throws -> TL.ExportedChatInvite {
        let peer = try peerID(request.peer, for: caller.accountID)
        return invite(try makeInvite(to: peer, by: caller.accountID), by: caller.accountID)
    }

    /// The hash of a new link, which replaces the one before.
    mutating func makeInvite(to peer: PeerID, by admin: Int64) throws(RPCError) -> String {
        let hash = randomText(16)
        switch peer {
        case .user: throw refusal("PEER_ID_INVALID")
        case .chat(let id):
            guard groups[id]?.isAdmin(admin) == true else { throw refusal("CHAT_ADMIN_REQUIRED") }
            if let old = groups[id]?.inviteHash { invites[old] = nil }
            groups[id]?.inviteHash = hash
        case .channel(let id):
            guard channels[id]?.may(admin, \.inviteUsers) == true else { throw refusal("CHAT_ADMIN_REQUIRED") }
            if let old = channels[id]?.inviteHash { invites[old] = nil }
            channels[id]?.inviteHash = hash
        }
        invites[hash] = peer
        return hash
    }

    func checkInvite(_ hash: String, by caller: Caller) throws -> TL.ChatInvite {
        switch try invited(hash) {
        case .user: throw refusal("INVITE_HASH_INVALID")
        case .chat(let id):
            guard let group = groups[id] else { throw refusal("INVITE_HASH_EXPIRED") }
            if group.members[caller.accountID] != nil {
                return .chatInviteAlready(chat: self.group(id, for: caller.accountID))
            }
            return .chatInvite(
                title: group.title,
                photo: .photoEmpty(id: 0),
                participantsCount: Int32(clamping: group.members.count),
                color: 0
            )
        case .channel(let id):
            guard let channel = channels[id] else { throw refusal("INVITE_HASH_EXPIRED") }
            if channel.members[caller.accountID] != nil {
                return .chatInviteAlready(chat: self.channel(id, for: caller.accountID))
            }
            return .chatInvite(
                channel: true,
                broadcast: channel.isBroadcast,
                public: channel.username != nil,
                megagroup: !channel.isBroadcast,
                title: channel.title,
                about: channel.about.isEmpty ? nil : channel.about,
                photo: .photoEmpty(id: 0),
                participantsCount: Int32(clamping: channel.members.count),
                color: 0
            )
        }
    }

    mutating func importInvite(_ hash: String, by caller: Caller) throws -> TL.messages.ChatInviteJoinResult {
        let user = caller.accountID
        switch try invited(hash) {
        case .user: throw refusal("INVITE_HASH_INVALID")
        case .chat(let id):
            guard let group = groups[id], !group.isDeactivated else { throw refusal("INVITE_HASH_EXPIRED") }
            guard group.members[user] == nil else { throw refusal("USER_ALREADY_PARTICIPANT") }
            let action = TL.MessageAction.messageActionChatJoinedByLink(inviterID: group.creator)
            let updates = add(user, toGroup: id, by: user, action)
            return .chatInviteJoinResultOk(updates: answer(updates, by: caller))
        case .channel(let id):
            guard let channel = channels[id], !channel.isDeleted, !channel.isKicked(user) else {
                throw refusal("INVITE_HASH_EXPIRED")
            }
            guard channel.members[user] == nil else { throw refusal("USER_ALREADY_PARTICIPANT") }
            let action = TL.MessageAction.messageActionChatJoinedByLink(inviterID: channel.creator)
            return .chatInviteJoinResultOk(updates: joinAndAnswer(id, by: caller, action: action))
        }
    }

    private func invited(_ hash: String) throws(RPCError) -> PeerID {
        guard !hash.isEmpty else { throw refusal("INVITE_HASH_EMPTY") }
        guard let peer = invites[hash] else { throw refusal("INVITE_HASH_EXPIRED") }
        return peer
    }
}
