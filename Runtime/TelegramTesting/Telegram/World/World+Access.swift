import Telegram

/// What clients call peers, checked: an access hash is good for the account that it was given to and nobody else.
extension World {
    func userID(_ input: TL.InputUser, for viewer: Int64) throws(RPCError) -> Int64 {
        switch input {
        case .inputUserEmpty: throw refusal("USER_ID_INVALID")
        case .inputUserSelf: return viewer
        case .inputUser(let input):
            guard knows(input.userID, input.accessHash, viewer) else { throw refusal("USER_ID_INVALID") }
            return input.userID
        case .inputUserFromMessage(let input):
            try requireMention(of: .user(input.userID), in: input.peer, input.msgID, for: viewer)
            return input.userID
        }
    }

    /// A channel that the viewer may see.
    func channelID(_ input: TL.InputChannel, for viewer: Int64) throws(RPCError) -> Int64 {
        switch input {
        case .inputChannelEmpty: throw refusal("CHANNEL_INVALID")
        case .inputChannel(let input): return try channelID(input.channelID, input.accessHash, for: viewer)
        case .inputChannelFromMessage(let input):
            try requireMention(of: .channel(input.channelID), in: input.peer, input.msgID, for: viewer)
            return try channelID(input.channelID, nil, for: viewer)
        }
    }

    func peerID(_ input: TL.InputPeer, for viewer: Int64) throws(RPCError) -> PeerID {
        switch input {
        case .inputPeerEmpty: throw refusal("PEER_ID_INVALID")
        case .inputPeerSelf: return .user(viewer)
        case .inputPeerUser(let input):
            guard knows(input.userID, input.accessHash, viewer) else { throw refusal("PEER_ID_INVALID") }
            return .user(input.userID)
        case .inputPeerChat(let input):
            return .chat(try groupID(input.chatID, for: viewer, otherwise: "PEER_ID_INVALID"))
        case .inputPeerChannel(let input):
            return .channel(try channelID(input.channelID, input.accessHash, for: viewer))
        case .inputPeerUserFromMessage(let input):
            try requireMention(of: .user(input.userID), in: input.peer, input.msgID, for: viewer)
            return .user(input.userID)
        case .inputPeerChannelFromMessage(let input):
            try requireMention(of: .channel(input.channelID), in: input.peer, input.msgID, for: viewer)
            return .channel(try channelID(input.channelID, nil, for: viewer))
        }
    }

    /// A basic group that the viewer is or was in.
    func groupID(
        _ id: Int64,
        for viewer: Int64,
        otherwise error: String = "CHAT_ID_INVALID"
    ) throws(RPCError) -> Int64 {
        guard let group = groups[id], group.members[viewer] != nil || group.former.contains(viewer) else {
            throw refusal(error)
        }
        return id
    }

    private func knows(_ id: Int64, _ accessHash: Int64, _ viewer: Int64) -> Bool {
        guard accounts[id] != nil else { return false }
        if accessHash == self.accessHash(of: .user(id), for: viewer) { return true }
        return accessHash == 0 && (id == viewer || hasMet(id, viewer))
    }

    /// Whom bots may name without an access hash: those who have written to them or share a chat with them. Others may
    /// so name their contacts.
    private func hasMet(_ id: Int64, _ viewer: Int64) -> Bool {
        guard accounts[viewer]?.isBot == true else { return inboxes[viewer]?.contacts[id] != nil }
        return inboxes[viewer]?.mailbox.top(of: .user(id)) != nil || !commonChats(of: viewer, and: id).isEmpty
    }

    private func channelID(_ id: Int64, _ accessHash: Int64?, for viewer: Int64) throws(RPCError) -> Int64 {
        guard let channel = channels[id] else { throw refusal("CHANNEL_INVALID") }
        let isMember = channel.members[viewer] != nil
        let isNamelessBot = accessHash == 0 && isMember && accounts[viewer]?.isBot == true
        guard accessHash == nil || isNamelessBot || accessHash == self.accessHash(of: .channel(id), for: viewer) else {
            throw refusal("CHANNEL_INVALID")
        }
        guard channel.isVisible(to: viewer) else { throw refusal("CHANNEL_PRIVATE") }
        return id
    }

    /// That a message mentions somebody lets its reader name them.
    private func requireMention(
        of mentioned: PeerID,
        in input: TL.InputPeer,
        _ messageID: Int32,
        for viewer: Int64
    ) throws(RPCError) {
        let peer = try peerID(input, for: viewer)
        guard let message = message(messageID, in: peer, for: viewer) else { throw refusal("MSG_ID_INVALID") }
        var view = View(viewer)
        _ = render(message, in: &view)
        guard view.seen.contains(mentioned) else { throw refusal("PEER_ID_INVALID") }
    }
}
