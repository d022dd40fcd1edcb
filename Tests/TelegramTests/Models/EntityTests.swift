import TelegramAPI
import Testing

@testable import Telegram

@Suite struct EntityTests {
    @Test func entityIsOneOfThree() throws {
        let user = try #require(Entity(PeerSamples.user(1, username: "ann")))
        let chat = try #require(Entity(PeerSamples.group(2)))
        let channel = try #require(Entity(PeerSamples.channel(3, username: "news")))
        #expect([user, chat, channel].map(\.peerID) == [.user(1), .chat(2), .channel(3)])
        #expect([user, chat, channel].map(\.displayName) == ["Ann", "Group", "Channel"])
        #expect([user, chat, channel].map(\.username) == ["ann", nil, "news"])
        #expect(user.user != nil && user.chat == nil && user.channel == nil)
        #expect(chat.user == nil && chat.chat != nil && chat.channel == nil)
        #expect(channel.user == nil && channel.chat == nil && channel.channel != nil)
    }
}
