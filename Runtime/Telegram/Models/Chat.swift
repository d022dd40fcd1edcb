public import TelegramAPI

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A basic group of up to 200 members, as the server has described it at some moment. Larger groups are ``Channel``s.
///
/// See <https://core.telegram.org/api/channel>. Everything that is not here is in ``raw``.
public struct Chat: Sendable {
    /// What the server has sent: `chat`, `chatForbidden` or `chatEmpty`.
    public let raw: TL.Chat

    /// Wraps what the server has sent; `nil` for channels.
    public init?(_ raw: TL.Chat) {
        switch raw {
        case .chat, .chatForbidden, .chatEmpty: self.raw = raw
        case .channel, .channelForbidden, .community, .communityForbidden: return nil
        }
    }

    private var full: TL.Chat.Chat? {
        if case .chat(let chat) = raw { chat } else { nil }
    }

    /// The number, which says nothing about the kind; ``peerID`` does.
    public var id: Int64 { raw.id }
    /// The number with its kind.
    public var peerID: PeerID { .chat(raw.id) }

    /// The title; empty for `chatEmpty`.
    public var title: String {
        switch raw {
        case .chat(let chat): chat.title
        case .chatForbidden(let chat): chat.title
        default: ""
        }
    }
    /// The title.
    public var displayName: String { title }
    /// How many members it has; `nil` for those who are not among them.
    public var membersCount: Int? { full.map { Int($0.participantsCount) } }
    /// When the account joined, or the group was created; `nil` for those who are not members.
    public var date: Date? { full.map { Date(timeIntervalSince1970: TimeInterval($0.date)) } }

    /// Whether the account has been removed, or the group is unknown to it.
    public var isForbidden: Bool { full == nil }
    /// Whether it has become a supergroup, which is ``migratedTo``.
    public var isDeactivated: Bool { full?.deactivated ?? false }
    /// The supergroup that it has become.
    public var migratedTo: PeerID? { full?.migratedTo.flatMap(PeerID.init) }
    /// Whether the account has created it.
    public var isCreator: Bool { full?.creator ?? false }
    /// Whether the account has left it.
    public var hasLeft: Bool { full?.left ?? false }
    /// Whether messages cannot be forwarded or saved.
    public var hasProtectedContent: Bool { full?.noforwards ?? false }
    /// What the account may do as an administrator.
    public var adminRights: TL.ChatAdminRights? { full?.adminRights }
    /// What ordinary members may not do.
    public var defaultBannedRights: TL.ChatBannedRights? { full?.defaultBannedRights }
}
