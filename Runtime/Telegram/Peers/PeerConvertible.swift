/// What says whom you mean: see ``PeerReference``.
///
/// Whatever the server sends about somebody conforms, and so do texts, numbers and the friendly models; an object that
/// came with all that a request needs spares any lookup.
public protocol PeerConvertible: Sendable {
    /// Whom the value means.
    var peerReference: PeerReference { get }
}

extension PeerReference: PeerConvertible {
    /// The reference itself.
    public var peerReference: PeerReference { self }
}

extension PeerID: PeerConvertible {
    /// Somebody by number and kind.
    public var peerReference: PeerReference { .peer(self) }
}

extension String: PeerConvertible {
    /// The text as a username, a phone number or a link.
    public var peerReference: PeerReference { PeerReference(self) }
}

extension Int64: PeerConvertible {
    /// The number as a marked one.
    public var peerReference: PeerReference { .id(self) }
}

extension Int: PeerConvertible {
    /// The number as a marked one.
    public var peerReference: PeerReference { .id(Int64(self)) }
}

extension Username: PeerConvertible {
    /// The owner of the name.
    public var peerReference: PeerReference { PeerReference(.username(self)) }
}

extension PhoneNumber: PeerConvertible {
    /// The user with the number.
    public var peerReference: PeerReference { PeerReference(.phone(self)) }
}

extension InviteLink: PeerConvertible {
    /// Where the invitation leads to.
    public var peerReference: PeerReference { PeerReference(.invite(self)) }
}

// MARK: - Models

extension User: PeerConvertible {
    /// The user; when only a part of them is here, whatever is known otherwise is used.
    public var peerReference: PeerReference {
        if !isMin, let accessHash { return .input(.inputPeerUser(userID: id, accessHash: accessHash)) }
        return isSelf ? .me : .peer(peerID)
    }
}

extension Chat: PeerConvertible {
    /// The group; it needs no access hash.
    public var peerReference: PeerReference { .input(.inputPeerChat(chatID: id)) }
}

extension Channel: PeerConvertible {
    /// The channel; when only a part of it is here, whatever is known otherwise is used.
    public var peerReference: PeerReference {
        if !isMin, let accessHash { return .input(.inputPeerChannel(channelID: id, accessHash: accessHash)) }
        return .peer(peerID)
    }
}

extension Entity: PeerConvertible {
    /// The user, group or channel.
    public var peerReference: PeerReference {
        switch self {
        case .user(let user): user.peerReference
        case .chat(let chat): chat.peerReference
        case .channel(let channel): channel.peerReference
        }
    }
}
