import TelegramAPI
import Testing

@testable import Telegram

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct ChannelTests {
    @Test func channelIsDescribed() throws {
        let channel = try #require(Channel(PeerSamples.channel(5, username: "News", title: "T")))
        #expect(channel.peerID == .channel(5))
        #expect(channel.accessHash == 88)
        #expect(channel.displayName == "T")
        #expect(channel.usernames == ["News"])
        #expect(channel.isBroadcast && !channel.isMegagroup && !channel.isForbidden && !channel.isMin)
    }

    @Test func forbiddenChannelKeepsItsHash() throws {
        let channel = try #require(
            Channel(TL.Chat.channelForbidden(megagroup: true, id: 5, accessHash: 6, title: "T", untilDate: 100))
        )
        #expect(channel.isForbidden && channel.isMegagroup && !channel.isBroadcast)
        #expect(channel.accessHash == 6)
        #expect(channel.title == "T")
        #expect(channel.forbiddenUntil?.timeIntervalSince1970 == 100)
    }

    @Test func communityIsNamedLikeAChannel() throws {
        let community = try #require(
            Channel(TL.Chat.community(min: true, id: 5, accessHash: 6, title: "T", photo: .chatPhotoEmpty, date: 9))
        )
        #expect(community.isCommunity && community.isMin && !community.isForbidden)
        #expect(community.peerID == .channel(5))
        #expect(community.date?.timeIntervalSince1970 == 9)
        let forbidden = try #require(Channel(TL.Chat.communityForbidden(id: 5, title: "T")))
        #expect(forbidden.isCommunity && forbidden.isForbidden && forbidden.accessHash == nil)
    }
}
