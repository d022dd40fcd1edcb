import Telegram
import TelegramAPI
import Testing

@Suite struct InlineMessageIDTests {
    @Test func oldFormHoldsMessageAndOwnerInOneNumber() throws {
        // Data centre 2, message 42, channel 5, hash 1.
        let text = "AgAAACoAAAD7____AQAAAAAAAAA"
        let id = try #require(InlineMessageID(text))
        #expect(id.dataCenter == 2)
        #expect(id.messageID == 42)
        #expect(id.peer == .channel(5))
        #expect(id.accessHash == 1)
        #expect(id.string == text)
        guard case .inputBotInlineMessageID(let input) = id.input else {
            Issue.record("another form")
            return
        }
        #expect(input.id == -5 << 32 | 42)
        #expect(InlineMessageID(id.input) == id)
    }

    @Test(
        arguments: [
            .inputBotInlineMessageID64(dcID: 4, ownerID: 9_876_543_210, id: 7, accessHash: -1),
            .inputBotInlineMessageID64(dcID: 4, ownerID: -9_876_543_210, id: -7, accessHash: .min),
            .inputBotInlineMessageID(dcID: 5, id: .min, accessHash: .max),
            .inputBotInlineMessageID(dcID: 5, id: -1, accessHash: 0),
        ] as [TL.InputBotInlineMessageID]
    )
    func bothFormsSurviveTheRoundTrip(input: TL.InputBotInlineMessageID) throws {
        let id = InlineMessageID(input)
        #expect(InlineMessageID(id.string) == id)
        #expect(try InlineMessageID(id.string)?.input.encoded() == input.encoded())
    }

    @Test func ownerSaysWhereItIs() {
        #expect(
            InlineMessageID(.inputBotInlineMessageID64(dcID: 1, ownerID: 9_876_543_210, id: 1, accessHash: 0)).peer
                == .user(9_876_543_210)
        )
        #expect(
            InlineMessageID(.inputBotInlineMessageID64(dcID: 1, ownerID: .min, id: 1, accessHash: 0)).peer.bare == .min
        )
    }

    @Test(arguments: [
        "", "A", "AgAAACoAAAD7____AQAAAAAAAA", "AgAAACoAAAD7____AQAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAA", "é",
    ])
    func otherTextsAreRefused(text: String) {
        #expect(InlineMessageID(text) == nil)
    }
}
