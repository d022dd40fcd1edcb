/// What has to be known about a peer to talk to it later.
public struct StoredPeer: Sendable, Hashable {
    /// Who it is.
    public var id: PeerID
    /// What the server wants to see with the number. It belongs to the account that has got it: that of another account
    /// is worth nothing. 0 for basic groups, which need none.
    public var accessHash: Int64
    /// All active names without `@`, in lower case; the main one first.
    public var usernames: [String]
    /// The phone number of a user, digits only.
    public var phone: String?
    /// The title, or first and last name.
    public var name: String

    /// Creates a row.
    public init(id: PeerID, accessHash: Int64, usernames: [String] = [], phone: String? = nil, name: String = "") {
        self.id = id
        self.accessHash = accessHash
        self.usernames = usernames
        self.phone = phone
        self.name = name
    }
}
