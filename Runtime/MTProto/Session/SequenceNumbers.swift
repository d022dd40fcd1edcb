/// Numbers of messages: twice the count of content-related ones before, and one more for those that are themselves.
///
/// See <https://core.telegram.org/mtproto/description#message-sequence-number-msg-seqno>.
struct SequenceNumbers: Sendable {
    private var contentRelatedCount: Int32 = 0

    /// The number of the next message. Requests are content-related, containers and acknowledgments are not.
    mutating func next(isContentRelated: Bool) -> Int32 {
        let number = contentRelatedCount &* 2
        guard isContentRelated else { return number }
        contentRelatedCount &+= 1
        return number | 1
    }
}
