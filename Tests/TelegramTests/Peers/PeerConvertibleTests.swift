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

    @Test func objectsSayWhoTheyAreWithoutALookup() throws {
        #expect(PeerID(PeerSamples.user(5, hash: nil, isSelf: true)) == .user(5))
        #expect(PeerID(TL.User.userEmpty(id: 5)) == .user(5))
        #expect(PeerID(PeerSamples.group(6)) == .chat(6))
        #expect(PeerID(TL.Chat.chatEmpty(id: 6)) == .chat(6))
        #expect(PeerID(PeerSamples.channel(7, min: true)) == .channel(7))
        let settings = TL.PeerNotifySettings()
        let dialog = TL.Dialog.dialogCommunity(communityID: 8, notifySettings: settings)
        #expect(PeerID(dialog) == .channel(8))
        let user = TL.UserFull(id: 5, settings: TL.PeerSettings(), notifySettings: settings, commonChatsCount: 0)
        #expect(PeerID(user) == .user(5))
        let empty = TL.users.UserFull(fullUser: user, chats: [], users: [])
        #expect(PeerID(empty) == .user(5))
        let community = TL.ChatFull.communityFull(id: 8, about: "", chatPhoto: .photoEmpty(id: 0), linkedPeers: [])
        #expect(PeerID(TL.messages.ChatFull(fullChat: community, chats: [], users: [])) == .channel(8))
        let resolved = TL.contacts.ResolvedPeer(peer: PeerID.channel(7).raw, chats: [], users: [])
        #expect(PeerID(resolved) == .channel(7))
    }

    @Test func membersAreUsersOrChannels() {
        let rights = TL.ChatAdminRights()
        let members: [TL.ChannelParticipant] = [
            .channelParticipant(userID: 1, date: 9), .channelParticipantSelf(userID: 2, inviterID: 1, date: 9),
            .channelParticipantCreator(userID: 3, adminRights: rights),
            .channelParticipantAdmin(userID: 4, promotedBy: 3, date: 9, adminRights: rights),
            .channelParticipantBanned(
                peer: PeerID.user(5).raw,
                kickedBy: 3,
                date: 9,
                bannedRights: TL.ChatBannedRights(untilDate: 0)
            ),
            .channelParticipantLeft(peer: PeerID.channel(6).raw),
        ]
        #expect(members.map { PeerID($0) } == (1...5).map { .user($0) } + [.channel(6)])
        #expect(meaning(members[5]) == "only channel 6 (-1000000000006)")
        let others: [TL.ChatParticipant] = [
            .chatParticipant(userID: 1, inviterID: 3, date: 9), .chatParticipantAdmin(userID: 2, inviterID: 3, date: 9),
            .chatParticipantCreator(userID: 3),
        ]
        #expect(others.map { PeerID($0) } == (1...3).map { .user($0) })
        #expect(meaning(others[2]) == "only user 3")
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
