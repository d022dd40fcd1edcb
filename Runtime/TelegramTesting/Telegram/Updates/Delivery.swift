/// Updates on their way to somebody.
struct Delivery: Sendable {
    enum Recipient: Sendable, Hashable {
        /// All sessions of the account.
        case account(Int64)
        /// The sessions of one key, which need not be signed in.
        case key(Int64)
    }

    let recipient: Recipient
    let updates: [WorldUpdate]
    /// The session whose answer says it already.
    let except: SessionAddress?
}
