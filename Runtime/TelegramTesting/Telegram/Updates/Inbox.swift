import Telegram

/// What belongs to one account and nobody else: its mailbox, its dialogs, its contacts, and what it has been told.
struct Inbox: Sendable {
    /// How an account sees one of its dialogs.
    struct Dialog: Sendable {
        var readInbox: Int32 = 0
        var readOutbox: Int32 = 0
        var isMarkedUnread = false
        var draft: TL.DraftMessage?
    }

    struct Contact: Sendable {
        var firstName: String
        var lastName: String
    }

    var mailbox = Mailbox()
    var dialogs: [PeerID: Dialog] = [:]
    /// Pinned dialogs, the first on top.
    var pinned: [PeerID] = []
    private(set) var qts: Int32 = 0
    private(set) var secondary: [SecondaryEvent] = []
    /// What was told in the order of `seq`.
    private(set) var lasting: [(date: Int32, update: TL.Update, about: [PeerID])] = []
    var contacts: [Int64: Contact] = [:]
    var blocked: [PeerID: Int32] = [:]
    var randomIDs: Set<Int64> = []
    var takeoutID: Int64?

    mutating func addSecondary(_ change: SecondaryEvent.Change, date: Int32) -> SecondaryEvent {
        qts += 1
        let event = SecondaryEvent(qts: qts, date: date, change: change)
        secondary.append(event)
        return event
    }

    mutating func note(lasting update: TL.Update, about: [PeerID], date: Int32) {
        lasting.append((date, update, about))
    }
}
