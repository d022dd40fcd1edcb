public import TelegramAPI

// What the server sends about somebody says who it is; nothing has to be looked up. The friendly models have `peerID`.

extension PeerID {
    /// The user, also one of whom nothing but the number has come.
    public init(_ user: TL.User) { self = .user(user.id) }

    /// The group or channel, also one of which nothing but the number has come.
    public init(_ chat: TL.Chat) { self = Entity(chat)?.peerID ?? .chat(chat.id) }

    /// The user who is described.
    public init(_ user: TL.UserFull) { self = .user(user.id) }

    /// The user who is described.
    public init(_ user: TL.users.UserFull) { self.init(user.fullUser) }

    /// The group or channel that is described.
    public init(_ chat: TL.ChatFull) {
        switch chat {
        case .chatFull(let chat): self = .chat(chat.id)
        case .channelFull(let channel): self = .channel(channel.id)
        case .communityFull(let community): self = .channel(community.id)
        }
    }

    /// The group or channel that is described.
    public init(_ chat: TL.messages.ChatFull) { self.init(chat.fullChat) }

    /// Whoever has been found.
    public init(_ resolved: TL.contacts.ResolvedPeer) { self.init(resolved.peer) }

    /// The other side; of a folder, the chat that stands first in it.
    public init(_ dialog: TL.Dialog) {
        switch dialog {
        case .dialog(let dialog): self.init(dialog.peer)
        case .dialogFolder(let folder): self.init(folder.peer)
        case .dialogCommunity(let community): self = .channel(community.communityID)
        }
    }

    /// The member, who may be a channel when it is banned or has left.
    public init(_ participant: TL.ChannelParticipant) {
        switch participant {
        case .channelParticipant(let participant): self = .user(participant.userID)
        case .channelParticipantSelf(let participant): self = .user(participant.userID)
        case .channelParticipantCreator(let participant): self = .user(participant.userID)
        case .channelParticipantAdmin(let participant): self = .user(participant.userID)
        case .channelParticipantBanned(let participant): self.init(participant.peer)
        case .channelParticipantLeft(let participant): self.init(participant.peer)
        }
    }

    /// The member.
    public init(_ participant: TL.ChatParticipant) { self = .user(participant.userID) }
}
