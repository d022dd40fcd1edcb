/// Why somebody could not be found, or is of the wrong kind.
///
/// What the server refuses otherwise, a `FLOOD_WAIT` for looking up too many usernames for example, is an `RPCError`.
public struct PeerError: Error, Sendable, Hashable {
    /// The cause, to decide by.
    public let code: Code
    /// One sentence: who was looked for, what was tried, and what helps.
    public let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

extension PeerError {
    /// Causes. More may come, so keep a `default` when you switch over them.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name of the cause.
        public let description: String

        /// Nothing is known that the server would need to know whom you mean.
        public static let notFound = Code(description: "notFound")
        /// Nobody has the username.
        public static let usernameNotOccupied = Code(description: "usernameNotOccupied")
        /// The reference is no username, phone number, link or number.
        public static let invalid = Code(description: "invalid")
        /// A number means a basic group or a channel: both are known. Use the marked number.
        public static let ambiguous = Code(description: "ambiguous")
        /// It takes a user, and this is a group or a channel.
        public static let notAUser = Code(description: "notAUser")
        /// It takes a channel or a supergroup, and this is a user or a basic group.
        public static let notAChannel = Code(description: "notAChannel")
        /// The account is no member of the group or channel of the invitation. Join with `messages.importChatInvite`.
        public static let inviteNotJoined = Code(description: "inviteNotJoined")
        /// The invitation has expired, was revoked, or never was one.
        public static let inviteExpired = Code(description: "inviteExpired")
        /// Only users may look for this, and a bot is signed in.
        public static let notForBots = Code(description: "notForBots")
    }
}

extension PeerError: CustomStringConvertible {
    /// The message.
    public var description: String { message }
}
