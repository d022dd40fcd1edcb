import MTProtoCrypto
import Testing

@testable import MTProto

struct ReceivedMessagesTests {
    private func inbox(_ ids: [Int64], limit: Int = 3) -> ReceivedMessages {
        ids.reduce(into: ReceivedMessages(limit: limit)) { $0.insert(MessageID($1)) }
    }

    @Test(
        arguments: [
            ([], 5, .new), ([5], 5, .known), ([5], 3, .new), ([5], 7, .new), ([1, 5, 9], 1, .known),
            ([1, 5, 9], 3, .new),
            ([9, 5, 1], 5, .known), ([1, 5, 9, 11], 1, .forgotten), ([1, 5, 9, 11], 3, .forgotten),
            ([1, 5, 9, 11], 5, .known),
            ([1, 5, 9, 11], 7, .new), ([1, 5, 9, 11], 13, .new), ([11, 9, 5, 1], 3, .forgotten),
        ] as [([Int64], Int64, ReceivedMessages.Verdict)]
    )
    func verdicts(ids: [Int64], id: Int64, verdict: ReceivedMessages.Verdict) {
        #expect(inbox(ids).verdict(on: MessageID(id)) == verdict)
    }

    @Test func onlySoManyAreRemembered() {
        var inbox = ReceivedMessages(limit: 1_000)
        let random = SeededSessionRandom(seed: 11)
        var seen: Set<Int64> = []
        for step in 0..<20_000 {
            let id = Int64(step * 4) + Int64(random.number(below: 400)) * 4 + 1
            if inbox.verdict(on: MessageID(id)) == .new { #expect(!seen.contains(id)) }
            inbox.insert(MessageID(id))
            seen.insert(id)
            #expect(inbox.count <= 1_000)
        }
    }
}
