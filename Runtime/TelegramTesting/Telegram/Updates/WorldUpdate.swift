import Telegram

/// Something that an account is told, not yet in the words of the protocol, which are different for everybody.
enum WorldUpdate: Sendable {
    /// From the account's own mailbox.
    case mailbox(MailboxEvent)
    /// From the mailbox of a channel.
    case channel(Int64, MailboxEvent)
    /// From the account's secondary sequence, `qts`.
    case secondary(SecondaryEvent)
    /// In no order, and gone once it is sent: typing, status.
    case fleeting(TL.Update, about: [PeerID] = [])
    /// In the order of `seq`, and part of differences.
    case lasting(TL.Update, about: [PeerID] = [])

    /// Whether bots never hear of it: who types, who is there, who has read what.
    var isForPeopleOnly: Bool {
        switch self {
        case .mailbox, .channel, .secondary: return false
        case .fleeting(let update, _), .lasting(let update, _):
            return switch update {
            case .updateUserTyping, .updateChatUserTyping, .updateChannelUserTyping, .updateUserStatus,
                .updateReadChannelInbox, .updateReadChannelOutbox:
                true
            default: false
            }
        }
    }
}

/// What bots are told with `qts`: who comes and goes.
struct SecondaryEvent: Sendable {
    enum Change: Sendable {
        case groupMember(group: Int64, actor: Int64, user: Int64, before: BasicGroup.Member?, after: BasicGroup.Member?)
        case channelMember(
            channel: Int64,
            actor: Int64,
            user: Int64,
            before: TL.ChannelParticipant?,
            after: TL.ChannelParticipant?
        )
        case botStopped(user: Int64, isStopped: Bool)
    }

    let qts: Int32
    let date: Int32
    let change: Change
}
