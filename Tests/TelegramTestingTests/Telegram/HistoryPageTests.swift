import Telegram
import Testing

@testable import TelegramTesting

/// Which messages a page holds; the history has the numbers 1 to 20, message n of date 100 + n.
@Suite struct HistoryPageTests {
    private static let all: [StoredMessage] = (1...20).reversed().map { number in
        var message = StoredMessage(
            origin: Int64(number),
            peer: .user(7),
            author: 7,
            isOutgoing: false,
            date: 100 + Int32(number),
            content: .text(.init())
        )
        message.id = Int32(number)
        return message
    }

    @Test(
        arguments: [
            (HistoryPage(limit: 3), [20, 19, 18], 0),
            (HistoryPage(offsetID: 10, limit: 3), [9, 8, 7], 11),
            (HistoryPage(offsetDate: 110, limit: 2), [9, 8], 11),
            (HistoryPage(offsetID: 10, addOffset: -3, limit: 4), [12, 11, 10, 9], 8),
            (HistoryPage(offsetID: 10, addOffset: 2, limit: 2), [7, 6], 13),
            (HistoryPage(offsetID: 19, addOffset: -5, limit: 6), [20, 19, 18], 0),
            (HistoryPage(offsetID: 3, limit: 10), [2, 1], 18),
            (HistoryPage(offsetID: 1, limit: 10), [], 20),
            (HistoryPage(limit: 5, maxID: 19, minID: 17), [18], 0),
            (HistoryPage(limit: 0), [], 0),
            (HistoryPage(limit: -1), [], 0),
        ] as [(HistoryPage, [Int32], Int)]
    )
    func pageHolds(_ page: HistoryPage, _ ids: [Int32], _ skipped: Int) {
        let result = page.take(from: Self.all)
        #expect(result.messages.map(\.id) == ids)
        #expect(result.skipped == skipped)
    }

    /// Going back page by page meets every message once.
    @Test(arguments: [1, 3, 7, 20, 100]) func pagesCoverEverything(limit: Int32) {
        var met: [Int32] = []
        while true {
            let page = HistoryPage(offsetID: met.last ?? 0, limit: limit).take(from: Self.all).messages
            if page.isEmpty { break }
            met += page.map(\.id)
        }
        #expect(met == Array((1...20).reversed()))
    }
}
