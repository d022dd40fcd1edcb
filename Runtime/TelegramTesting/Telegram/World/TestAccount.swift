public import Telegram

/// A person or a bot of a ``SmallTelegram``, as it was when it was asked for.
public struct TestAccount: Sendable, Hashable, TestPeer {
    /// The number of the account.
    public let id: Int64
    /// Whether it is a bot.
    public let isBot: Bool
    /// The first name, or the name of a bot.
    public let firstName: String
    /// The last name; empty for none.
    public let lastName: String
    /// The username, without `@`.
    public let username: String?
    /// The phone number, digits only; bots have none.
    public let phone: String?
    /// What a bot signs in with.
    public let token: String?
    /// The data centre where it lives.
    public let dataCenter: Int32

    /// Its number, as a peer.
    public var peerID: PeerID { .user(id) }

    init(_ record: AccountRecord) {
        id = record.id
        isBot = record.isBot
        firstName = record.firstName
        lastName = record.lastName
        username = record.username
        phone = record.phone
        token = record.token
        dataCenter = record.dataCenter
    }
}

extension TestAccount: CustomStringConvertible {
    /// `user 5000000001`: nothing that should stay secret.
    public var description: String { "\(isBot ? "bot" : "user") \(id)" }
}
