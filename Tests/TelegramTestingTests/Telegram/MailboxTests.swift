import Telegram
import Testing

@testable import TelegramTesting

/// The rules of `pts`.
@Suite struct MailboxTests {
    private static func message(_ text: String, in peer: PeerID = .user(7), isOutgoing: Bool = false) -> StoredMessage {
        StoredMessage(
            origin: Int64(text.hashValue),
            peer: peer,
            author: isOutgoing ? 1 : 7,
            isOutgoing: isOutgoing,
            date: 100,
            content: .text(.init(text: text))
        )
    }

    @Test func eachMessageCountsOneAndGetsTheNextNumber() {
        var box = Mailbox()
        let first = box.add(Self.message("a"))
        let second = box.add(Self.message("b", in: .chat(3)))
        #expect(first == MailboxEvent(pts: 2, count: 1, change: .new(1)))
        #expect(second == MailboxEvent(pts: 3, count: 1, change: .new(2)))
        #expect(box.lastID == 2 && box.ids(in: .user(7)) == [1] && box.ids(in: .chat(3)) == [2])
    }

    @Test func deletingCountsAsManyAsWereThere() {
        var box = Mailbox()
        for text in ["a", "b", "c"] { _ = box.add(Self.message(text)) }
        #expect(box.delete([1, 3, 3, 99]) == MailboxEvent(pts: 6, count: 2, change: .deleted([1, 3])))
        #expect(box.delete([1, 99]) == nil && box.pts == 6)
        #expect(box.ids(in: .user(7)) == [2])
        // Numbers are never given twice.
        #expect(box.add(Self.message("d")).change == .new(4))
    }

    @Test func editingAndReadingCountOne() {
        var box = Mailbox()
        _ = box.add(Self.message("a"))
        let edited = box.edit(1) { $0.editDate = 5 }
        #expect(edited == MailboxEvent(pts: 3, count: 1, change: .edited(1)))
        #expect(box.edit(9) { _ in } == nil && box.pts == 3)
        #expect(box.read(.readInbox(.user(7), upTo: 1, unread: 0)).pts == 4)
    }

    @Test func pinningCountsWhatChanges() {
        var box = Mailbox()
        for text in ["a", "b"] { _ = box.add(Self.message(text)) }
        #expect(box.pin([1, 2], in: .user(7), true)?.count == 2)
        #expect(box.pin([1, 2], in: .user(7), true) == nil)
        #expect(box[1]?.isPinned == true)
    }

    @Test func eventsAfterAreExactlyThoseThatFollow() {
        var box = Mailbox()
        for index in 0..<50 { _ = box.add(Self.message("\(index)")) }
        _ = box.delete([1, 2, 3])
        for pts in Mailbox.firstPts...box.pts {
            let after = box.events(after: pts)
            #expect(after.allSatisfy { $0.pts > pts })
            #expect(after.count == box.events.count { $0.pts > pts })
        }
        #expect(box.events(after: box.pts + 10).isEmpty)
        #expect(box.events(after: 0).count == 51)
    }

    /// Whatever happens, the events leave no gap: a client that applies them in order never waits.
    @Test func eventsLeaveNoGap() {
        var box = Mailbox()
        var random = SystemRandomNumberGenerator()
        for index in 0..<500 {
            switch Int.random(in: 0..<5, using: &random) {
            case 0, 1: _ = box.add(Self.message("\(index)"))
            case 2: _ = box.edit(Int32.random(in: 1...300, using: &random)) { $0.editDate = 1 }
            case 3: _ = box.delete((0..<3).map { _ in Int32.random(in: 1...300, using: &random) })
            default: _ = box.pin([Int32.random(in: 1...300, using: &random)], in: .user(7), Bool.random(using: &random))
            }
        }
        var pts = Mailbox.firstPts
        for event in box.events {
            #expect(event.pts == pts + event.count && event.count > 0)
            pts = event.pts
        }
        #expect(pts == box.pts && box.events.count > 100)
    }

    @Test func onlyMessagesOfOthersAreUnread() {
        var box = Mailbox()
        _ = box.add(Self.message("a"))
        _ = box.add(Self.message("b", isOutgoing: true))
        _ = box.add(Self.message("c"))
        #expect(box.unreadCount(in: .user(7), after: 0) == 2)
        #expect(box.unreadCount(in: .user(7), after: 1) == 1)
        #expect(box.unreadCount(in: .user(7), after: 3) == 0)
    }
}
