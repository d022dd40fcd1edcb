/// Who is signed in.
public struct SessionAccount: Sendable, Hashable {
    /// The number of the user.
    public var userID: Int64
    /// Whether it is a bot.
    public var isBot: Bool
    /// What other sessions than this one need to refer to the user; 0 when it is not known.
    public var accessHash: Int64

    /// Creates an account.
    public init(userID: Int64, isBot: Bool, accessHash: Int64 = 0) {
        self.userID = userID
        self.isBot = isBot
        self.accessHash = accessHash
    }
}
