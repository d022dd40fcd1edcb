import TelegramAPI
import Testing

@testable import Telegram

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct ChatTests {
    @Test func groupIsDescribed() throws {
        let chat = try #require(
            Chat(PeerSamples.group(5, title: "T", migratedTo: .inputChannel(channelID: 9, accessHash: 1)))
        )
        #expect(chat.peerID == .chat(5))
        #expect(chat.displayName == "T")
        #expect(chat.membersCount == 3)
        #expect(chat.isDeactivated)
        #expect(chat.migratedTo == .channel(9))
        #expect(chat.date?.timeIntervalSince1970 == 1_000)
        #expect(!chat.isForbidden)
    }

    @Test func forbiddenGroupHasATitleAndNothingElse() throws {
        let chat = try #require(Chat(TL.Chat.chatForbidden(id: 5, title: "T")))
        #expect(chat.isForbidden)
        #expect(chat.title == "T")
        #expect(chat.membersCount == nil && chat.migratedTo == nil && chat.date == nil)
    }

    @Test func channelsAreNoGroups() {
        #expect(Chat(PeerSamples.channel(1)) == nil)
        #expect(Channel(PeerSamples.group(1)) == nil)
    }
}
