public import TelegramAPI

/// A user or a bot, as the server has described them at some moment.
///
/// See <https://core.telegram.org/constructor/user>. Everything that is not here is in ``raw``.
public struct User: Sendable {
    /// What the server has sent.
    public let raw: TL.User.User

    /// Wraps what the server has sent.
    public init(_ raw: TL.User.User) { self.raw = raw }

    /// Wraps what the server has sent; `nil` for `userEmpty`, of whom nothing is known but the number.
    public init?(_ user: TL.User) {
        guard case .user(let raw) = user else { return nil }
        self.init(raw)
    }

    // MARK: - Who

    /// The number, which says nothing about the kind; ``peerID`` does.
    public var id: Int64 { raw.id }
    /// The number with its kind.
    public var peerID: PeerID { .user(raw.id) }
    /// What the server wants to see with the number; worth something for the account that has got it only, and when
    /// ``isMin`` is set only for downloading the profile photo.
    public var accessHash: Int64? { raw.accessHash }

    // MARK: - Names

    /// The first name; deleted accounts have none.
    public var firstName: String? { raw.firstName }
    /// The last name, which many do not have.
    public var lastName: String? { raw.lastName }
    /// First and last name, as far as there are any; empty for deleted accounts.
    public var displayName: String {
        [raw.firstName, raw.lastName].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
    }
    /// The main username without `@`, in the user's own spelling.
    public var username: String? { usernames.first }
    /// All active usernames without `@`, the main one first. See <https://core.telegram.org/api/usernames>.
    public var usernames: [String] { activeUsernames(main: raw.username, others: raw.usernames) }
    /// The phone number, digits only; `nil` unless the user lets this account see it.
    public var phone: String? { raw.phone }
    /// The language of the user's app (IETF tag); bots learn it.
    public var languageCode: String? { raw.langCode }
    /// When the user was last seen, as exactly as they let this account know.
    public var status: TL.UserStatus? { raw.status }

    // MARK: - What kind

    /// Whether it is a bot.
    public var isBot: Bool { raw.bot }
    /// Whether it is the account that has asked.
    public var isSelf: Bool { raw.isSelf }
    /// Whether the account has saved the user as a contact.
    public var isContact: Bool { raw.contact }
    /// Whether each has saved the other.
    public var isMutualContact: Bool { raw.mutualContact }
    /// Whether the account has been deleted.
    public var isDeleted: Bool { raw.deleted }
    /// Whether the user has Telegram Premium.
    public var isPremium: Bool { raw.premium }
    /// Whether Telegram has verified who it is.
    public var isVerified: Bool { raw.verified }
    /// Whether Telegram warns of the user as a fraud.
    public var isScam: Bool { raw.scam }
    /// Whether Telegram warns that the user pretends to be somebody else.
    public var isFake: Bool { raw.fake }
    /// Whether it is a member of Telegram's support.
    public var isSupport: Bool { raw.support }
    /// Whether some apps must not show the user, for reasons in `raw.restrictionReason`.
    public var isRestricted: Bool { raw.restricted }
    /// Whether only a part is here, as with senders in large groups: good for showing, and no replacement for what is
    /// known already. See <https://core.telegram.org/api/min>.
    public var isMin: Bool { raw.min }
}

/// The names of somebody who may have several. The server sends either one name or a list, in which inactive names
/// stand, too.
func activeUsernames(main: String?, others: [TL.Username]?) -> [String] {
    var names = [main].compactMap { $0 }
    for other in others ?? [] where other.active && !names.contains(other.username) { names.append(other.username) }
    return names.filter { !$0.isEmpty }
}
