public import TelegramAPI

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A channel, or a supergroup, as the server has described it at some moment: to the API they are one kind, and
/// ``isBroadcast`` and ``isMegagroup`` tell them apart. Communities, which tie several of them together and are named
/// by requests in the same way, are here, too.
///
/// See <https://core.telegram.org/api/channel>. Everything that is not here is in ``raw``.
public struct Channel: Sendable {
    /// What the server has sent: `channel` or `community`, or `channelForbidden` or `communityForbidden` when the
    /// account has no access (any more).
    public let raw: TL.Chat

    /// Wraps what the server has sent; `nil` for basic groups.
    public init?(_ raw: TL.Chat) {
        switch raw {
        case .channel, .channelForbidden, .community, .communityForbidden: self.raw = raw
        case .chat, .chatForbidden, .chatEmpty: return nil
        }
    }

    private var full: TL.Chat.Channel? {
        if case .channel(let channel) = raw { channel } else { nil }
    }

    private var community: TL.Chat.Community? {
        if case .community(let community) = raw { community } else { nil }
    }

    private var forbidden: TL.Chat.ChannelForbidden? {
        if case .channelForbidden(let channel) = raw { channel } else { nil }
    }

    // MARK: - Which

    /// The number, which says nothing about the kind; ``peerID`` does.
    public var id: Int64 { raw.id }
    /// The number with its kind.
    public var peerID: PeerID { .channel(raw.id) }
    /// What the server wants to see with the number; worth something for the account that has got it only, and when
    /// ``isMin`` is set only for downloading the photo.
    public var accessHash: Int64? {
        switch raw {
        case .channel(let channel): channel.accessHash
        case .channelForbidden(let channel): channel.accessHash
        case .community(let community): community.accessHash
        case .communityForbidden(let community): community.accessHash
        case .chat, .chatForbidden, .chatEmpty: nil
        }
    }

    // MARK: - Names

    /// The title.
    public var title: String {
        switch raw {
        case .channel(let channel): channel.title
        case .channelForbidden(let channel): channel.title
        case .community(let community): community.title
        case .communityForbidden(let community): community.title
        case .chat(let chat): chat.title
        case .chatForbidden(let chat): chat.title
        case .chatEmpty: ""
        }
    }
    /// The title.
    public var displayName: String { title }
    /// The main username without `@`, in the owner's own spelling; `nil` for private channels.
    public var username: String? { usernames.first }
    /// All active usernames without `@`, the main one first. See <https://core.telegram.org/api/usernames>.
    public var usernames: [String] { activeUsernames(main: full?.username, others: full?.usernames) }

    // MARK: - What kind

    /// Whether only administrators write: a channel in the usual sense.
    public var isBroadcast: Bool { full?.broadcast ?? forbidden?.broadcast ?? false }
    /// Whether members write, too: a supergroup.
    public var isMegagroup: Bool { full?.megagroup ?? forbidden?.megagroup ?? false }
    /// Whether it is a supergroup without limit of members, in which only administrators write.
    public var isGigagroup: Bool { full?.gigagroup ?? false }
    /// Whether it is a supergroup with topics. See <https://core.telegram.org/api/forum>.
    public var isForum: Bool { full?.forum ?? false }
    /// Whether it holds the direct messages to a channel. See <https://core.telegram.org/api/monoforum>.
    public var isMonoforum: Bool { full?.monoforum ?? forbidden?.monoforum ?? false }
    /// Whether it is a community, which ties groups and channels together.
    public var isCommunity: Bool {
        switch raw {
        case .community, .communityForbidden: true
        default: false
        }
    }
    /// Whether the account has no access: it is private, or has banned the account until ``forbiddenUntil``.
    public var isForbidden: Bool { full == nil && community == nil }
    /// When the ban ends; `nil` when there is none, or it has no end.
    public var forbiddenUntil: Date? {
        forbidden?.untilDate.map { Date(timeIntervalSince1970: TimeInterval($0)) }
    }
    /// Whether Telegram has verified whose it is.
    public var isVerified: Bool { full?.verified ?? false }
    /// Whether Telegram warns of it as a fraud.
    public var isScam: Bool { full?.scam ?? false }
    /// Whether Telegram warns that it pretends to be another one.
    public var isFake: Bool { full?.fake ?? false }
    /// Whether some apps must not show it, for reasons in the raw `restrictionReason`.
    public var isRestricted: Bool { full?.restricted ?? false }
    /// Whether only a part is here: good for showing, and no replacement for what is known already. See
    /// <https://core.telegram.org/api/min>.
    public var isMin: Bool { full?.min ?? community?.min ?? false }

    // MARK: - Rules

    /// How many members or subscribers it has, when the server has said so; it does in full information.
    public var membersCount: Int? { full?.participantsCount.map { Int($0) } }
    /// When the account joined, or the channel was created.
    public var date: Date? {
        (full?.date ?? community?.date).map { Date(timeIntervalSince1970: TimeInterval($0)) }
    }
    /// Whether the account has created it.
    public var isCreator: Bool { full?.creator ?? community?.creator ?? false }
    /// Whether the account has left it, or never was a member.
    public var hasLeft: Bool { full?.left ?? community?.left ?? false }
    /// Whether posts carry the names of their authors.
    public var hasSignatures: Bool { full?.signatures ?? false }
    /// Whether members have to wait between messages.
    public var hasSlowMode: Bool { full?.slowmodeEnabled ?? false }
    /// Whether messages cannot be forwarded or saved.
    public var hasProtectedContent: Bool { full?.noforwards ?? false }
    /// What the account may do as an administrator.
    public var adminRights: TL.ChatAdminRights? { full?.adminRights ?? community?.adminRights }
    /// What the account may not do.
    public var bannedRights: TL.ChatBannedRights? { full?.bannedRights }
    /// What ordinary members may not do.
    public var defaultBannedRights: TL.ChatBannedRights? { full?.defaultBannedRights ?? community?.defaultBannedRights }
}
