package import TelegramAPI

/// What an export is going to fetch. Telegram shows it to the owner of the account, and refuses what was not named.
///
/// See <https://core.telegram.org/api/takeout>.
public struct TakeoutOptions: Sendable, Hashable {
    /// Contacts.
    public var contacts: Bool
    /// Private chats.
    public var users: Bool
    /// Basic groups.
    public var chats: Bool
    /// Supergroups.
    public var megagroups: Bool
    /// Channels.
    public var channels: Bool
    /// Files, up to ``maximumFileSize``.
    public var files: Bool
    /// The largest file to fetch, in bytes; `nil` for the server's own limit.
    public var maximumFileSize: Int64?

    /// Names what will be fetched; nothing unless said otherwise.
    public init(
        contacts: Bool = false,
        users: Bool = false,
        chats: Bool = false,
        megagroups: Bool = false,
        channels: Bool = false,
        files: Bool = false,
        maximumFileSize: Int64? = nil
    ) {
        self.contacts = contacts
        self.users = users
        self.chats = chats
        self.megagroups = megagroups
        self.channels = channels
        self.files = files
        self.maximumFileSize = maximumFileSize
    }

    package var request: TL.account.InitTakeoutSession {
        TL.account.InitTakeoutSession(
            contacts: contacts,
            messageUsers: users,
            messageChats: chats,
            messageMegagroups: megagroups,
            messageChannels: channels,
            files: files,
            fileMaxSize: maximumFileSize
        )
    }
}
