/// A page of messages, newest first: where it begins, how far it is moved, how much it holds. See
/// <https://core.telegram.org/api/offsets>.
struct HistoryPage: Sendable {
    var offsetID: Int32 = 0
    var offsetDate: Int32 = 0
    var addOffset: Int32 = 0
    var limit: Int32
    /// Only messages below it, unless zero.
    var maxID: Int32 = 0
    /// Only messages above it.
    var minID: Int32 = 0

    /// How many messages a page holds at most.
    static let maximum = 100

    /// The page out of all messages, which are sorted the newest first; and how many come before it.
    func take(from all: [StoredMessage]) -> (messages: [StoredMessage], skipped: Int) {
        var start = 0
        if offsetID > 0 { start = all.firstIndex { $0.id < offsetID } ?? all.count }
        if offsetDate > 0 { start = max(start, all.firstIndex { $0.date < offsetDate } ?? all.count) }
        let first = start + Int(addOffset)
        let count = min(Self.maximum, max(0, Int(limit)))
        // A page that begins before the newest message is cut, not moved.
        let range = min(max(0, first), all.count)..<min(max(0, first + count), all.count)
        let page = all[range].filter { (maxID == 0 || $0.id < maxID) && $0.id > minID }
        return (page, range.lowerBound)
    }
}
