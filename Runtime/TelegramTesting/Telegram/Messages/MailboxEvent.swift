import Telegram

/// Something that has happened in a mailbox, with its place in the order.
struct MailboxEvent: Sendable, Hashable {
    enum Change: Sendable, Hashable {
        case new(Int32)
        case edited(Int32)
        case deleted([Int32])
        case pinned(PeerID, [Int32], Bool)
        /// The owner has read up to a message; so many are left.
        case readInbox(PeerID, upTo: Int32, unread: Int32)
        /// Others have read the owner's messages up to one.
        case readOutbox(PeerID, upTo: Int32)
    }

    /// The counter after it.
    let pts: Int32
    /// By how much it has moved the counter.
    let count: Int32
    let change: Change
}
