public import TelegramAPI

extension PeerID {
    /// Whom the server means.
    public init(_ peer: TL.Peer) {
        switch peer {
        case .peerUser(let peer): self = .user(peer.userID)
        case .peerChat(let peer): self = .chat(peer.chatID)
        case .peerChannel(let peer): self = .channel(peer.channelID)
        }
    }

    /// Whom a request is addressed to; `nil` for `inputPeerSelf`, which depends on who sends it, and `inputPeerEmpty`.
    public init?(_ peer: TL.InputPeer) {
        switch peer {
        case .inputPeerUser(let peer): self = .user(peer.userID)
        case .inputPeerUserFromMessage(let peer): self = .user(peer.userID)
        case .inputPeerChat(let peer): self = .chat(peer.chatID)
        case .inputPeerChannel(let peer): self = .channel(peer.channelID)
        case .inputPeerChannelFromMessage(let peer): self = .channel(peer.channelID)
        case .inputPeerSelf, .inputPeerEmpty: return nil
        }
    }

    /// Which user a request is about; `nil` for `inputUserSelf`, which depends on who sends it, and `inputUserEmpty`.
    public init?(_ user: TL.InputUser) { self.init(TL.InputPeer(user)) }

    /// Which channel a request is about; `nil` for `inputChannelEmpty`.
    public init?(_ channel: TL.InputChannel) { self.init(TL.InputPeer(channel)) }

    /// The same for the server.
    public var raw: TL.Peer {
        switch self {
        case .user(let id): .peerUser(userID: id)
        case .chat(let id): .peerChat(chatID: id)
        case .channel(let id): .peerChannel(channelID: id)
        }
    }
}

extension TL.InputPeer {
    /// The same user where any peer may stand.
    package init(_ user: TL.InputUser) {
        switch user {
        case .inputUser(let user): self = .inputPeerUser(userID: user.userID, accessHash: user.accessHash)
        case .inputUserFromMessage(let user):
            self = .inputPeerUserFromMessage(peer: user.peer, msgID: user.msgID, userID: user.userID)
        case .inputUserSelf: self = .inputPeerSelf
        case .inputUserEmpty: self = .inputPeerEmpty
        }
    }

    /// The same channel where any peer may stand.
    package init(_ channel: TL.InputChannel) {
        switch channel {
        case .inputChannel(let channel):
            self = .inputPeerChannel(channelID: channel.channelID, accessHash: channel.accessHash)
        case .inputChannelFromMessage(let channel):
            self = .inputPeerChannelFromMessage(
                peer: channel.peer,
                msgID: channel.msgID,
                channelID: channel.channelID
            )
        case .inputChannelEmpty: self = .inputPeerEmpty
        }
    }
}

extension TL.InputUser {
    /// The same where only a user may stand; `nil` for groups and channels, and for nobody.
    package init?(_ peer: TL.InputPeer) {
        switch peer {
        case .inputPeerUser(let user): self = .inputUser(userID: user.userID, accessHash: user.accessHash)
        case .inputPeerUserFromMessage(let user):
            self = .inputUserFromMessage(peer: user.peer, msgID: user.msgID, userID: user.userID)
        case .inputPeerSelf: self = .inputUserSelf
        case .inputPeerChat, .inputPeerChannel, .inputPeerChannelFromMessage, .inputPeerEmpty: return nil
        }
    }
}

extension TL.InputChannel {
    /// The same where only a channel may stand; `nil` for everybody else.
    package init?(_ peer: TL.InputPeer) {
        switch peer {
        case .inputPeerChannel(let channel):
            self = .inputChannel(channelID: channel.channelID, accessHash: channel.accessHash)
        case .inputPeerChannelFromMessage(let channel):
            self = .inputChannelFromMessage(peer: channel.peer, msgID: channel.msgID, channelID: channel.channelID)
        case .inputPeerUser, .inputPeerUserFromMessage, .inputPeerSelf, .inputPeerChat, .inputPeerEmpty: return nil
        }
    }
}
