/// What the other side knows about a message: the lower bits of a byte in `msgs_state_info`.
///
/// See
/// <https://core.telegram.org/mtproto/service_messages_about_messages#informational-message-regarding-status-of-messages>.
package enum MessageState: UInt8, Sendable {
    /// It is too old to tell.
    case unknown = 1
    /// It has not come, though its identifier lies among those that are remembered.
    case notReceived = 2
    /// It has not come yet: its identifier is newer than all that have.
    case notYetReceived = 3
    case received = 4

    /// Reads a byte, whose upper bits tell how far the message has got. `nil` for numbers that have no meaning.
    package init?(_ byte: UInt8) { self.init(rawValue: byte & 7) }
}

extension MessageState {
    /// The state of a message of the other side.
    init(of id: MessageID, in inbox: ReceivedMessages) {
        switch inbox.verdict(on: id) {
        case .known: self = .received
        case .forgotten: self = .unknown
        case .new:
            // Identifiers of this side are not the other side's to ask for.
            if !id.isFromServer { self = .unknown } else { self = inbox.isNewest(id) ? .notYetReceived : .notReceived }
        }
    }
}
