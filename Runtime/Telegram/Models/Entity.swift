public import TelegramAPI

/// Whoever can be talked to: a user, a basic group, or a channel or supergroup.
public enum Entity: Sendable {
    /// A user or a bot.
    case user(User)
    /// A basic group.
    case chat(Chat)
    /// A channel or a supergroup.
    case channel(Channel)

    /// Wraps what the server has sent; `nil` for `userEmpty`.
    public init?(_ user: TL.User) {
        guard let user = User(user) else { return nil }
        self = .user(user)
    }

    /// Wraps what the server has sent.
    public init?(_ chat: TL.Chat) {
        if let channel = Channel(chat) {
            self = .channel(channel)
        } else if let group = Chat(chat) {
            self = .chat(group)
        } else {
            return nil
        }
    }

    /// Who it is.
    public var peerID: PeerID {
        switch self {
        case .user(let user): user.peerID
        case .chat(let chat): chat.peerID
        case .channel(let channel): channel.peerID
        }
    }

    /// First and last name, or the title.
    public var displayName: String {
        switch self {
        case .user(let user): user.displayName
        case .chat(let chat): chat.displayName
        case .channel(let channel): channel.displayName
        }
    }

    /// The main username without `@`.
    public var username: String? { usernames.first }

    /// All active usernames without `@`, the main one first; basic groups have none.
    public var usernames: [String] {
        switch self {
        case .user(let user): user.usernames
        case .chat: []
        case .channel(let channel): channel.usernames
        }
    }

    /// The user, if it is one.
    public var user: User? {
        if case .user(let user) = self { user } else { nil }
    }

    /// The basic group, if it is one.
    public var chat: Chat? {
        if case .chat(let chat) = self { chat } else { nil }
    }

    /// The channel or supergroup, if it is one.
    public var channel: Channel? {
        if case .channel(let channel) = self { channel } else { nil }
    }
}
