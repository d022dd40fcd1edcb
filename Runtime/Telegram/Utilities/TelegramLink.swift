/// What a link to somebody or something in Telegram leads to. See <https://core.telegram.org/api/links>.
///
/// ```swift
/// TelegramLink("https://t.me/telegram/42")        // .username("telegram", message: 42)
/// TelegramLink("t.me/c/1234/42")               // .privateMessage(channel: 1234, message: 42)
/// TelegramLink("tg://resolve?domain=telegram")    // .username("telegram", message: nil)
/// TelegramLink("telegram.t.me")                   // .username("telegram", message: nil)
/// ```
///
/// Nothing is asked from the server, so nobody knows yet whether it exists.
public enum TelegramLink: Sendable, Hashable {
    /// The owner of a public name, or one of their messages.
    case username(Username, message: LinkedMessage?)
    /// A bot that is to be started with a parameter (`messages.startBot`).
    case botStart(Username, parameter: String)
    /// An app of a bot.
    case miniApp(Username, name: String)
    /// A story of a user or a channel.
    case story(Username, id: Int32)
    /// A channel or supergroup by its bare number, or one of its messages. Only members can follow such a link.
    case privateMessage(channel: Int64, message: LinkedMessage?)
    /// A user by number, or a message in the chat with them. It works where the user is known already.
    case user(Int64, message: Int32?)
    /// A basic group by its bare number, or one of its messages.
    case chat(Int64, message: Int32?)
    /// Somebody by phone number (`contacts.resolvePhone`).
    case phone(PhoneNumber)
    /// An invitation to a group or a channel (`messages.checkChatInvite`).
    case invite(InviteLink)
    /// A profile for some minutes (`contacts.importContactToken`).
    case contact(token: String)
    /// A shared folder of chats (`chatlists.checkChatlistInvite`).
    case chatFolder(slug: String)
    /// A set of stickers or of custom emoji (`messages.getStickerSet`).
    case stickerSet(name: String)

    /// Reads a link: `t.me/...`, `name.t.me`, the same on `telegram.me` and `telegram.dog` (with or without `http://`,
    /// `https://`, `www.` and spaces around), or `tg://...`.
    ///
    /// `nil` for everything else, also for bare names and for links to other things than the cases: those to proxies
    /// are read by `ProxyConfiguration(link:)`.
    public init?(_ text: String) {
        guard let address = LinkAddress(text) else { return nil }
        let link =
            switch address.form {
            case .app: Self.app(address)
            case .web: Self.web(address.path[...], address)
            }
        guard let link else { return nil }
        self = link
    }

    /// The public name in it.
    public var username: Username? {
        switch self {
        case .username(let name, _), .botStart(let name, _), .miniApp(let name, _), .story(let name, _): name
        default: nil
        }
    }
}

/// A message that a link points at.
public struct LinkedMessage: Sendable, Hashable {
    /// Its number in the chat.
    public var id: Int32
    /// The first message of the thread or forum topic in which it shall be shown.
    public var thread: Int32?
    /// The comment that is meant, in the discussion group of the channel; then ``id`` is the post that is commented.
    public var comment: Int32?
    /// Whether one item of an album is meant, and not all of it.
    public var isSingle: Bool

    /// Creates one.
    public init(id: Int32, thread: Int32? = nil, comment: Int32? = nil, isSingle: Bool = false) {
        self.id = id
        self.thread = thread
        self.comment = comment
        self.isSingle = isSingle
    }
}

extension LinkedMessage: ExpressibleByIntegerLiteral {
    /// A message without anything else.
    public init(integerLiteral id: Int32) { self.init(id: id) }
}
