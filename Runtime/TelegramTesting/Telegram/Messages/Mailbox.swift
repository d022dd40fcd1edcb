import Telegram

/// A box of messages with its event counter: one for the private chats and basic groups of each account, one for each
/// channel. All rules of `pts` are here.
///
/// `pts` grows by one for each event that changes one message, and by the number of messages for those that change
/// several, so that a client which knows `pts - pts_count` knows that it has missed nothing. See
/// <https://core.telegram.org/api/updates>.
struct Mailbox: Sendable {
    /// What a box begins with. Zero would mean that the client knows nothing.
    static let firstPts: Int32 = 1

    private(set) var pts = firstPts
    private(set) var lastID: Int32 = 0
    private(set) var events: [MailboxEvent] = []
    private var messages: [Int32: StoredMessage] = [:]
    /// The numbers of each dialog, ascending.
    private var dialogs: [PeerID: [Int32]] = [:]
    private var numbers: [Int64: Int32] = [:]

    subscript(id: Int32) -> StoredMessage? { messages[id] }

    /// The number of the copy of a message in this box.
    func id(ofOrigin origin: Int64) -> Int32? { numbers[origin] }

    /// The numbers of a dialog's messages, ascending.
    func ids(in peer: PeerID) -> [Int32] { dialogs[peer] ?? [] }

    /// The messages of a dialog, the newest first.
    func history(of peer: PeerID) -> [StoredMessage] { ids(in: peer).reversed().compactMap { messages[$0] } }

    /// The dialogs that have messages.
    var peers: [PeerID] { dialogs.filter { !$0.value.isEmpty }.map(\.key) }

    func top(of peer: PeerID) -> StoredMessage? { dialogs[peer]?.last.flatMap { messages[$0] } }

    /// How many messages of others came after the one that was read last.
    func unreadCount(in peer: PeerID, after id: Int32) -> Int32 {
        Int32(clamping: ids(in: peer).reversed().prefix { $0 > id }.count { messages[$0]?.isOutgoing == false })
    }

    // MARK: - Changes

    /// Takes a message in and gives it its number.
    mutating func add(_ message: StoredMessage) -> MailboxEvent {
        var message = message
        lastID += 1
        message.id = lastID
        messages[lastID] = message
        dialogs[message.peer, default: []].append(lastID)
        numbers[message.origin] = lastID
        return note(.new(lastID), count: 1)
    }

    /// Changes a message; `nil` when it is not here.
    mutating func edit(_ id: Int32, _ change: (inout StoredMessage) -> Void) -> MailboxEvent? {
        guard messages[id] != nil else { return nil }
        change(&messages[id, default: .nowhere])
        return note(.edited(id), count: 1)
    }

    /// Changes what no update tells about, such as the number of views.
    mutating func amend(_ id: Int32, _ change: (inout StoredMessage) -> Void) {
        guard messages[id] != nil else { return }
        change(&messages[id, default: .nowhere])
    }

    /// Deletes those that exist; `nil` when none does.
    mutating func delete(_ ids: some Sequence<Int32>) -> MailboxEvent? {
        var deleted: [Int32] = []
        for id in ids {
            guard let message = messages.removeValue(forKey: id) else { continue }
            numbers[message.origin] = nil
            dialogs[message.peer]?.removeAll { $0 == id }
            deleted.append(id)
        }
        guard !deleted.isEmpty else { return nil }
        return note(.deleted(deleted), count: Int32(clamping: deleted.count))
    }

    /// Pins or unpins those that exist and are not so yet; `nil` when nothing changes.
    mutating func pin(_ ids: some Sequence<Int32>, in peer: PeerID, _ isPinned: Bool) -> MailboxEvent? {
        let changed = ids.filter { messages[$0].map { $0.isPinned != isPinned } ?? false }
        guard !changed.isEmpty else { return nil }
        for id in changed { amend(id) { $0.isPinned = isPinned } }
        return note(.pinned(peer, changed, isPinned), count: Int32(clamping: changed.count))
    }

    /// Notes that something was read.
    mutating func read(_ change: MailboxEvent.Change) -> MailboxEvent { note(change, count: 1) }

    private mutating func note(_ change: MailboxEvent.Change, count: Int32) -> MailboxEvent {
        pts += count
        let event = MailboxEvent(pts: pts, count: count, change: change)
        events.append(event)
        return event
    }

    // MARK: - Differences

    /// What has happened since. A client that is ahead has missed nothing.
    func events(after pts: Int32) -> ArraySlice<MailboxEvent> {
        // Ascending, so the first of them can be found by halving.
        var low = events.startIndex
        var high = events.endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if events[middle].pts <= pts { low = middle + 1 } else { high = middle }
        }
        return events[low...]
    }
}

extension StoredMessage {
    /// Never stored: what a subscript of a dictionary wants to hear.
    fileprivate static let nowhere = StoredMessage(
        origin: 0,
        peer: .user(0),
        author: 0,
        isOutgoing: false,
        date: 0,
        content: .text(.init())
    )
}
