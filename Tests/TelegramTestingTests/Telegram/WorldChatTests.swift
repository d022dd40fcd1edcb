import Telegram
import Testing

@testable import TelegramTesting

/// Groups, channels and who is in them.
@Suite struct WorldChatTests {
    @Test func groupIsMadeGrownAndLeft() throws {
        var small = SmallWorld()
        let (ann, ben, cleo) = (try small.user("Ann"), try small.user("Ben"), try small.user("Cleo"))
        let made = try small.world.createChat(.init(users: [small.user(ben, for: ann)], title: "Friends"), by: ann)
        #expect(made.updates.list.contains { if case .updateChatParticipants = $0 { true } else { false } })
        let id = try #require(small.world.groups.keys.first)
        let add = TL.messages.AddChatUser(chatID: id, userID: small.user(cleo, for: ben), fwdLimit: 0)
        _ = try small.world.addChatUser(add, by: ben)
        #expect(errorName { _ = try small.world.addChatUser(add, by: ben) } == "400 USER_ALREADY_PARTICIPANT")
        #expect(small.world.groups[id]?.memberIDs == [ann, ben, cleo].map(\.accountID))
        let kickAnn = TL.messages.DeleteChatUser(chatID: id, userID: small.user(ann, for: cleo))
        #expect(errorName { _ = try small.world.deleteChatUser(kickAnn, by: cleo) } == "400 CHAT_ADMIN_REQUIRED")
        _ = try small.world.deleteChatUser(.init(chatID: id, userID: .inputUserSelf), by: cleo)
        #expect(errorName { _ = try small.send("hi", from: cleo, to: .chat(id)) } == "403 CHAT_WRITE_FORBIDDEN")
        // What was said while she was there is still hers, and nothing after.
        try small.send("without cleo", from: ann, to: .chat(id))
        #expect(!small.texts(.chat(id), for: cleo).contains("without cleo"))
        #expect(small.texts(.chat(id), for: cleo).count == 2)
        guard case .chat(let chat) = small.world.group(id, for: cleo.accountID) else {
            Issue.record("not a chat")
            return
        }
        #expect(chat.left && chat.participantsCount == 0)
        let title = TL.messages.EditChatTitle(chatID: id, title: "Best friends")
        _ = try small.world.editChatTitle(title, by: ann)
        #expect(errorName { _ = try small.world.editChatTitle(title, by: ann) } == "400 CHAT_NOT_MODIFIED")
        let few = TL.messages.CreateChat(users: [], title: "Alone")
        #expect(errorName { _ = try small.world.createChat(few, by: ann) } == "400 USERS_TOO_FEW")
    }

    @Test func publicSupergroupIsJoinedAndLeft() throws {
        var small = SmallWorld()
        let (ann, ben) = (try small.user("Ann"), try small.user("Ben"))
        let made = try small.world.createChannel(.init(megagroup: true, title: "Talk", about: "of things"), by: ann)
        guard case .updateNewChannelMessage(let first)? = made.list.last else {
            Issue.record("no first message")
            return
        }
        #expect(first.pts == 2)
        let id = try #require(small.world.channels.keys.first)
        _ = try small.world.updateChannelUsername(
            .init(channel: small.channel(id, for: ann), username: "ann_talk"),
            by: ann
        )
        let resolved = try small.world.resolveUsername(.init(username: "Ann_Talk"), by: ben)
        #expect(PeerID(wire: resolved.peer) == .channel(id) && resolved.chats.count == 1)
        let join = TL.channels.JoinChannel(channel: small.channel(id, for: ben))
        _ = try small.world.joinChannel(join, by: ben)
        #expect(errorName { _ = try small.world.joinChannel(join, by: ben) } == "400 USER_ALREADY_PARTICIPANT")
        #expect(small.world.unreadCount(in: .channel(id), for: ben.accountID) == 0)
        try small.send("hello", from: ann, to: .channel(id))
        #expect(small.world.unreadCount(in: .channel(id), for: ben.accountID) == 1)
        _ = small.told(ann)
        #expect(try small.world.readChannel(.init(channel: small.channel(id, for: ben), maxID: 0), by: ben))
        #expect(small.told(ann).contains { if case .updateReadChannelOutbox = $0 { true } else { false } })
        #expect(try !small.world.readChannel(.init(channel: small.channel(id, for: ben), maxID: 0), by: ben))
        _ = try small.world.leaveChannel(.init(channel: small.channel(id, for: ben)), by: ben)
        let own = TL.channels.LeaveChannel(channel: small.channel(id, for: ann))
        #expect(errorName { _ = try small.world.leaveChannel(own, by: ann) } == "400 USER_CREATOR")
    }

    @Test func bannedMembersAreOutAndRestrictedOnesSilent() throws {
        var small = SmallWorld()
        let (ann, ben, bot) = (try small.user("Ann"), try small.user("Ben"), try small.bot("Guard"))
        let id = small.makeChannel([ann, ben])
        small.world.channels[id]?.username = "ann_talk"
        _ = try small.world.editAdmin(
            .init(channel: small.channel(id, for: ann), userID: small.user(bot, for: ann), adminRights: .creator),
            by: ann
        )
        _ = small.told(bot)
        let ban = { (small: SmallWorld, rights: TL.ChatBannedRights, caller: Caller) in
            TL.channels.EditBanned(
                channel: small.channel(id, for: caller),
                participant: small.input(.user(ben.accountID), for: caller),
                bannedRights: rights
            )
        }
        _ = try small.world.editBanned(ban(small, TL.ChatBannedRights(sendMessages: true, untilDate: 0), ann), by: ann)
        #expect(errorName { _ = try small.send("hi", from: ben, to: .channel(id)) } == "400 USER_BANNED_IN_CHANNEL")
        _ = try small.world.editBanned(ban(small, .everything, ann), by: ann)
        let outside = small.channel(id, for: ben)
        #expect(errorName { _ = try small.world.channelID(outside, for: ben.accountID) } == "400 CHANNEL_PRIVATE")
        let changes = small.told(bot).compactMap { update -> TL.ChannelParticipant? in
            if case .updateChannelParticipant(let update) = update { update.newParticipant } else { nil }
        }
        #expect(changes.count == 2)
        let kicked = try small.world.participants(
            .init(
                channel: small.channel(id, for: ann),
                filter: .channelParticipantsKicked(q: ""),
                offset: 0,
                limit: 10,
                hash: 0
            ),
            by: ann
        )
        guard case .channelParticipants(let list) = kicked else {
            Issue.record("no list")
            return
        }
        #expect(list.count == 1 && list.users.count >= 1)
        let foreign = ban(small, .none, ben)
        #expect(errorName { _ = try small.world.editBanned(foreign, by: ben) } == "400 CHANNEL_PRIVATE")
        _ = try small.world.editBanned(ban(small, .none, ann), by: ann)
        #expect(try small.world.channelID(outside, for: ben.accountID) == id)
    }

    @Test(arguments: [(60, 60), (29, nil), (367 * 86_400, nil)] as [(Int32, Int32?)])
    func bansEndWhenTheyShould(seconds: Int32, end: Int32?) throws {
        var small = SmallWorld()
        let (ann, ben) = (try small.user("Ann"), try small.user("Ben"))
        let id = small.makeChannel([ann, ben])
        let rights = TL.ChatBannedRights(sendMessages: true, untilDate: small.world.now + seconds)
        _ = try small.world.editBanned(
            .init(
                channel: small.channel(id, for: ann),
                participant: small.input(.user(ben.accountID), for: ann),
                bannedRights: rights
            ),
            by: ann
        )
        let begin = small.world.now
        for later in [59, 60, 400 * 86_400] as [Int32] {
            small.world.now = begin + later
            let isOver = end.map { later >= $0 } ?? false
            let expected = isOver ? nil : "400 USER_BANNED_IN_CHANNEL"
            #expect(errorName { _ = try small.send("hi", from: ben, to: .channel(id)) } == expected, "after \(later) s")
        }
    }

    @Test func promotionIsTold() throws {
        var small = SmallWorld()
        let (ann, bot) = (try small.user("Ann"), try small.bot("Guard"))
        let (channel, group) = (small.makeChannel([ann], isBroadcast: true), small.makeGroup([ann, bot]))
        _ = small.told(bot)
        small.world.setRights(.creator, rank: nil, of: bot.accountID, inChannel: channel, by: ann.accountID)
        guard case .chat(let number) = group else { return }
        small.world.setAdmin(true, bot.accountID, inGroup: number, by: ann.accountID)
        let told = small.told(bot)
        let risen = told.compactMap { update -> Bool? in
            switch update {
            case .updateChannelParticipant(let change):
                if case .channelParticipantAdmin = change.newParticipant { change.prevParticipant == nil } else { nil }
            case .updateChatParticipant(let change):
                if case .chatParticipantAdmin = change.newParticipant { change.prevParticipant != nil } else { nil }
            default: nil
            }
        }
        #expect(risen == [true, true])
        #expect(told.contains { if case .updateChatParticipantAdmin = $0 { true } else { false } })
        #expect(small.world.groups[number]?.version == 2)
    }

    @Test func participantsComeInPagesAndByFilter() throws {
        var small = SmallWorld()
        let ann = try small.user("Ann")
        var members = [ann]
        for index in 0..<5 { members.append(try small.user("Member\(index)")) }
        let id = small.makeChannel(members)
        let bot = try small.bot("Echo")
        small.world.join(bot.accountID, id, inviter: nil)
        let list = { (filter: TL.ChannelParticipantsFilter, offset: Int32, limit: Int32) in
            let request = TL.channels.GetParticipants(
                channel: small.channel(id, for: ann),
                filter: filter,
                offset: offset,
                limit: limit,
                hash: 0
            )
            guard case .channelParticipants(let list) = try small.world.participants(request, by: ann) else {
                return (0, 0)
            }
            return (Int(list.count), list.participants.count)
        }
        #expect(try list(.channelParticipantsRecent, 0, 3) == (7, 3))
        #expect(try list(.channelParticipantsRecent, 6, 3) == (7, 1))
        #expect(try list(.channelParticipantsAdmins, 0, 9) == (1, 1))
        #expect(try list(.channelParticipantsBots, 0, 9) == (1, 1))
        #expect(try list(.channelParticipantsSearch(q: "member3"), 0, 9) == (1, 1))
        #expect(try list(.channelParticipantsSearch(q: "nobody"), 0, 9) == (0, 0))
    }

    @Test func linkLetsIn() throws {
        var small = SmallWorld()
        let (ann, ben) = (try small.user("Ann"), try small.user("Ben"))
        for peer in [small.makeGroup([ann]), .channel(small.makeChannel([ann]))] {
            let hash = try small.world.makeInvite(to: peer, by: ann.accountID)
            guard case .chatInvite = try small.world.checkInvite(hash, by: ben) else {
                Issue.record("already in")
                return
            }
            _ = try small.world.importInvite(hash, by: ben)
            #expect(errorName { _ = try small.world.importInvite(hash, by: ben) } == "400 USER_ALREADY_PARTICIPANT")
            guard case .chatInviteAlready = try small.world.checkInvite(hash, by: ben) else {
                Issue.record("not in")
                return
            }
            try small.send("here I am", from: ben, to: peer)
            _ = try small.world.makeInvite(to: peer, by: ann.accountID)
            #expect(errorName { _ = try small.world.checkInvite(hash, by: ben) } == "400 INVITE_HASH_EXPIRED")
        }
    }

    // MARK: - People

    @Test func contactsAreSeenUnderTheirOwnersNames() throws {
        var small = SmallWorld()
        let (ann, ben) = (try small.user("Ann"), try small.user("Ben"))
        let phone = try #require(small.world.accounts[ben.accountID]?.phone)
        guard case .user(let stranger) = small.world.user(ben.accountID, for: ann.accountID) else { return }
        #expect(stranger.phone == nil && !stranger.contact)
        let imported = small.world.importContacts(
            .init(contacts: [
                .init(clientID: 4, phone: "+\(phone)", firstName: "Benny", lastName: ""),
                .init(clientID: 5, phone: "+999 999 999", firstName: "Nobody", lastName: ""),
            ]),
            by: ann
        )
        #expect(imported.imported.map(\.clientID) == [4])
        guard case .user(let contact) = small.world.user(ben.accountID, for: ann.accountID) else { return }
        #expect(contact.firstName == "Benny" && contact.contact && !contact.mutualContact && contact.phone == phone)
        guard case .contacts(let list) = small.world.contacts(.init(hash: 0), by: ann) else {
            Issue.record("no contacts")
            return
        }
        #expect(list.contacts.map(\.userID) == [ben.accountID])
        let hash = World.hash(of: [0, ben.accountID])
        guard case .contactsNotModified = small.world.contacts(.init(hash: hash), by: ann) else {
            Issue.record("told again")
            return
        }
        _ = try small.world.deleteContacts(.init(id: [small.user(ben, for: ann)]), by: ann)
        #expect(small.world.inboxes[ann.accountID]?.contacts.isEmpty == true)
    }

    @Test func usernamesBelongToOne() throws {
        var small = SmallWorld()
        let (ann, ben) = (try small.user("Ann"), try small.user("Ben"))
        let rename = { (small: inout SmallWorld, name: String, caller: Caller) in
            errorName { _ = try small.world.updateUsername(.init(username: name), by: caller) }
        }
        #expect(rename(&small, "ANN_test", ben) == "400 USERNAME_OCCUPIED")
        #expect(rename(&small, "no", ben) == "400 USERNAME_INVALID")
        #expect(rename(&small, "ben_test", ben) == "400 USERNAME_NOT_MODIFIED")
        #expect(rename(&small, "ann_second", ann) == nil)
        #expect(rename(&small, "ann_test", ben) == nil)
        #expect(try small.world.resolveUsername(.init(username: "ann_test"), by: ann).users.first?.id == ben.accountID)
        let gone = errorName { _ = try small.world.resolveUsername(.init(username: "ben_test"), by: ann) }
        #expect(gone == "400 USERNAME_NOT_OCCUPIED")
        #expect(try small.world.checkUsername("ben_test") && !small.world.checkUsername("ann_test"))
    }

    @Test func unknownUsersAreEmptyAndFullOnesNeedAHash() throws {
        var small = SmallWorld()
        let (ann, ben) = (try small.user("Ann"), try small.user("Ben"))
        let wrong = TL.InputUser.inputUser(userID: ben.accountID, accessHash: 3)
        let users = small.world.users(.init(id: [.inputUserSelf, wrong, small.user(ben, for: ann)]), by: ann)
        #expect(users.map(\.id) == [ann.accountID, ben.accountID, ben.accountID])
        guard case .userEmpty = users[1], case .user = users[2] else {
            Issue.record("known without its hash")
            return
        }
        #expect(errorName { _ = try small.world.fullUser(.init(id: wrong), by: ann) } == "400 USER_ID_INVALID")
        #expect(try small.world.fullUser(.init(id: small.user(ben, for: ann)), by: ann).fullUser.id == ben.accountID)
    }

    // MARK: - Pins and drafts

    @Test func pinnedMessageIsFoundAndAnnounced() throws {
        var small = SmallWorld()
        let (ann, ben) = (try small.user("Ann"), try small.user("Ben"))
        let id = try small.send("important", from: ann, to: .user(ben.accountID))
        let pin = TL.messages.UpdatePinnedMessage(peer: small.input(.user(ben.accountID), for: ann), id: id)
        _ = try small.world.pinMessage(pin, by: ann)
        #expect(errorName { _ = try small.world.pinMessage(pin, by: ann) } == "400 CHAT_NOT_MODIFIED")
        let search = TL.messages.Search(
            peer: small.input(.user(ann.accountID), for: ben),
            q: "",
            filter: .inputMessagesFilterPinned,
            minDate: 0,
            maxDate: 0,
            offsetID: 0,
            addOffset: 0,
            limit: 10,
            maxID: 0,
            minID: 0,
            hash: 0
        )
        guard case .messagesSlice(let found) = try small.world.search(search, by: ben) else {
            guard case .messages(let found) = try small.world.search(search, by: ben) else { return }
            #expect(found.messages.compactMap(\.writing) == ["important"])
            return
        }
        #expect(found.messages.compactMap(\.writing) == ["important"])
    }

    @Test func draftIsKeptUntilItIsSent() throws {
        var small = SmallWorld()
        let (ann, ben) = (try small.user("Ann"), try small.user("Ben"))
        let peer = small.input(.user(ben.accountID), for: ann)
        #expect(try small.world.saveDraft(.init(peer: peer, message: "hel"), by: ann))
        #expect(small.world.allDrafts(by: ann).list.count == 1)
        _ = try small.world.sendMessage(.init(clearDraft: true, peer: peer, message: "hello", randomID: 1), by: ann)
        #expect(small.world.allDrafts(by: ann).list.isEmpty)
    }
}
