import TelegramAPI
import Testing

@testable import Telegram

@Suite struct PeerConvertibleTests {
    private func meaning(_ value: some PeerConvertible) -> String {
        switch value.peerReference.target {
        case .input(let peer): text(peer)
        case .peer(let id): "only \(id)"
        case .me: "me"
        default: "something else"
        }
    }

    @Test func completeObjectsNeedNoLookup() throws {
        #expect(meaning(PeerSamples.user(5)) == "user 5/77")
        #expect(meaning(PeerSamples.group(6)) == "group 6")
        #expect(meaning(PeerSamples.channel(7)) == "channel 7/88")
        #expect(meaning(TL.Chat.channelForbidden(id: 7, accessHash: 9, title: "")) == "channel 7/9")
        #expect(meaning(TL.Chat.chatForbidden(id: 6, title: "")) == "group 6")
        #expect(meaning(try #require(User(PeerSamples.user(5)))) == "user 5/77")
        #expect(meaning(try #require(Entity(PeerSamples.channel(7)))) == "channel 7/88")
    }

    @Test func hashOfAnIncompleteObjectIsNotUsed() {
        #expect(meaning(PeerSamples.user(5, min: true)) == "only user 5")
        #expect(meaning(PeerSamples.channel(7, min: true)) == "only channel 7 (-1000000000007)")
        #expect(meaning(PeerSamples.user(5, hash: nil)) == "only user 5")
        #expect(meaning(PeerSamples.user(5, hash: nil, isSelf: true)) == "me")
        #expect(meaning(TL.User.userEmpty(id: 5)) == "only user 5")
    }

    @Test func inputObjectsAreTakenAsTheyAre() {
        let seen = TL.InputPeer.inputPeerChannel(channelID: 7, accessHash: 8)
        #expect(meaning(TL.InputUser.inputUser(userID: 5, accessHash: 6)) == "user 5/6")
        #expect(meaning(TL.InputUser.inputUserSelf) == "self")
        #expect(
            meaning(TL.InputUser.inputUserFromMessage(peer: seen, msgID: 3, userID: 5))
                == "user 5 in message 3 of channel 7/8"
        )
        #expect(meaning(TL.InputChannel.inputChannel(channelID: 7, accessHash: 8)) == "channel 7/8")
        #expect(
            meaning(TL.InputChannel.inputChannelFromMessage(peer: seen, msgID: 3, channelID: 9))
                == "channel 9 in message 3 of channel 7/8"
        )
        #expect(meaning(seen) == "channel 7/8")
    }

    @Test func answersMeanWhomTheyDescribe() {
        let resolved = TL.contacts.ResolvedPeer(
            peer: PeerID.channel(5).raw,
            chats: [PeerSamples.group(5), PeerSamples.channel(5)],
            users: [PeerSamples.user(5)]
        )
        #expect(meaning(resolved) == "channel 5/88")
        #expect(meaning(PeerID.chat(5).raw) == "only basic group 5 (-5)")
        #expect(meaning(TL.Contact(userID: 5, mutual: false)) == "only user 5")
    }

    @Test(arguments: [PeerID.user(5), .chat(6), .channel(7)])
    func numbersSurviveTheirWayThroughTheAPI(id: PeerID) {
        #expect(PeerID(id.raw) == id)
    }

    @Test func usersAndChannelsKeepTheirForm() throws {
        let seen = TL.InputPeer.inputPeerChat(chatID: 1)
        let users: [TL.InputUser] = [
            .inputUserSelf, .inputUser(userID: 5, accessHash: 6),
            .inputUserFromMessage(peer: seen, msgID: 3, userID: 5),
        ]
        for user in users {
            let again = try #require(TL.InputUser(TL.InputPeer(user)))
            #expect(try again.encoded() == user.encoded())
        }
        let channels: [TL.InputChannel] = [
            .inputChannel(channelID: 5, accessHash: 6),
            .inputChannelFromMessage(peer: seen, msgID: 3, channelID: 5),
        ]
        for channel in channels {
            let again = try #require(TL.InputChannel(TL.InputPeer(channel)))
            #expect(try again.encoded() == channel.encoded())
        }
        #expect(TL.InputUser(TL.InputPeer.inputPeerChat(chatID: 1)) == nil)
        #expect(TL.InputChannel(TL.InputPeer.inputPeerSelf) == nil)
        #expect(PeerID(TL.InputPeer.inputPeerSelf) == nil)
    }
}
