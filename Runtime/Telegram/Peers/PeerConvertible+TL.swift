public import TelegramAPI

extension TL.Peer: PeerConvertible {
    /// Somebody by number and kind.
    public var peerReference: PeerReference { .peer(PeerID(self)) }
}

extension TL.InputPeer: PeerConvertible {
    /// Taken as it is.
    public var peerReference: PeerReference { .input(self) }
}

extension TL.InputUser: PeerConvertible {
    /// Taken as it is.
    public var peerReference: PeerReference { .input(TL.InputPeer(self)) }
}

extension TL.InputChannel: PeerConvertible {
    /// Taken as it is.
    public var peerReference: PeerReference { .input(TL.InputPeer(self)) }
}

extension TL.User: PeerConvertible {
    /// The user; of `userEmpty` only the number is known.
    public var peerReference: PeerReference { Entity(self)?.peerReference ?? .peer(PeerID(self)) }
}

extension TL.Chat: PeerConvertible {
    /// The group or channel.
    public var peerReference: PeerReference { Entity(self)?.peerReference ?? .peer(PeerID(self)) }
}

extension TL.UserFull: PeerConvertible {
    /// The user that it describes.
    public var peerReference: PeerReference { .peer(PeerID(self)) }
}

extension TL.ChatFull: PeerConvertible {
    /// The group or channel that it describes.
    public var peerReference: PeerReference { .peer(PeerID(self)) }
}

extension TL.users.UserFull: PeerConvertible {
    /// The user that it describes.
    public var peerReference: PeerReference {
        carriedEntity(fullUser.peerReference) ?? fullUser.peerReference
    }
}

extension TL.messages.ChatFull: PeerConvertible {
    /// The group or channel that it describes.
    public var peerReference: PeerReference {
        carriedEntity(fullChat.peerReference) ?? fullChat.peerReference
    }
}

extension TL.contacts.ResolvedPeer: PeerConvertible {
    /// Whoever has been found.
    public var peerReference: PeerReference { carriedEntity(peer.peerReference) ?? peer.peerReference }
}

extension TL.Dialog: PeerConvertible {
    /// The other side; of a folder, the chat that stands first in it.
    public var peerReference: PeerReference { .peer(PeerID(self)) }
}

extension TL.ChannelParticipant: PeerConvertible {
    /// The member, who may be a channel when it is banned or has left.
    public var peerReference: PeerReference { .peer(PeerID(self)) }
}

extension TL.ChatParticipant: PeerConvertible {
    /// The member.
    public var peerReference: PeerReference { .peer(PeerID(self)) }
}

extension TL.Contact: PeerConvertible {
    /// The user.
    public var peerReference: PeerReference { .peer(.user(userID)) }
}

extension TL.SendAsPeer: PeerConvertible {
    /// In whose name can be written.
    public var peerReference: PeerReference { peer.peerReference }
}

extension TL.PeerCarrier {
    /// The object with the number that a reference has.
    fileprivate func carriedEntity(_ reference: PeerReference) -> PeerReference? {
        guard case .peer(let id) = reference.target else { return nil }
        return entity(id)?.peerReference
    }

    /// The user, group or channel that came along.
    func entity(_ id: PeerID) -> Entity? {
        switch id {
        case .user(let number): carriedUsers.first { $0.id == number }.flatMap(Entity.init)
        case .chat, .channel: carriedChats.lazy.compactMap(Entity.init).first { $0.peerID == id }
        }
    }
}
