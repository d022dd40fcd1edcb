import Telegram
import Testing

@testable import TelegramTesting

/// Who gets which message under which number, and what they are told.
@Suite struct WorldMessageTests {
    @Test func privateMessageHasANumberInEachMailbox() throws {
        var small = SmallWorld()
        let (ann, ben, cleo) = (try small.user("Ann"), try small.user("Ben"), try small.user("Cleo"))
        try small.send("to cleo", from: ann, to: .user(cleo.accountID))
        let id = try small.send("to ben", from: ann, to: .user(ben.accountID))
        #expect(id == 2)
        let copy = try #require(small.world.message(1, in: .user(ann.accountID), for: ben.accountID))
        #expect(copy.text == "to ben" && !copy.isOutgoing)
        #expect(small.texts(.user(ben.accountID), for: ann) == ["to ben"])
        guard case .updateNewMessage(let update)? = small.told(ben).last else {
            Issue.record("nobody told Ben")
            return
        }
        #expect(update.pts == 2 && update.ptsCount == 1 && update.message.writing == "to ben")
    }

    @Test func messageToOneselfIsThereOnce() throws {
        var small = SmallWorld()
        let ann = try small.user("Ann")
        try small.send("note", from: ann, to: .user(ann.accountID))
        #expect(small.texts(.user(ann.accountID), for: ann) == ["note"])
        #expect(small.world.unreadTotal(of: ann.accountID) == 0)
    }

    @Test func everyMemberOfABasicGroupHasACopy() throws {
        var small = SmallWorld()
        let (ann, ben, bot) = (try small.user("Ann"), try small.user("Ben"), try small.bot("Echo"))
        let group = small.makeGroup([ann, ben, bot])
        try small.send("hello", from: ben, to: group)
        for member in [ann, ben, bot] { #expect(small.texts(group, for: member) == ["", "hello"]) }
        let updates = small.told(bot)
        let news = updates.count { if case .updateNewMessage = $0 { true } else { false } }
        let comings = updates.count { if case .updateChatParticipant = $0 { true } else { false } }
        #expect(news == 2 && comings == 2)
    }

    @Test func channelMessageHasOneNumberForAll() throws {
        var small = SmallWorld()
        let (ann, ben) = (try small.user("Ann"), try small.user("Ben"))
        let id = small.makeChannel([ann, ben])
        _ = small.told(ben)
        #expect(try small.send("hello", from: ann, to: .channel(id)) == 2)
        guard case .updateNewChannelMessage(let update)? = small.told(ben).last else {
            Issue.record("nobody told Ben")
            return
        }
        #expect(update.pts == 3 && update.message.writing == "hello")
        // Neither account's own counter has moved.
        #expect(small.world.inboxes[ben.accountID]?.mailbox.pts == Mailbox.firstPts)
    }

    @Test func answerToAMessageIsShortAndOtherSessionsHearOfIt() throws {
        var small = SmallWorld()
        let (ann, ben) = (try small.user("Ann"), try small.user("Ben"))
        let request = TL.messages.SendMessage(
            peer: small.input(.user(ben.accountID), for: ann),
            message: "hello  \n",
            randomID: 5
        )
        guard case .updateShortSentMessage(let sent) = try small.world.sendMessage(request, by: ann) else {
            Issue.record("the answer is not short")
            return
        }
        #expect(sent.id == 1 && sent.pts == 2 && sent.ptsCount == 1 && sent.out)
        let own = small.world.outbox.filter { $0.recipient == .account(ann.accountID) }
        #expect(own.count == 1 && own.first?.except == ann.session)
        #expect(small.texts(.user(ben.accountID), for: ann) == ["hello"])
        let again = errorName { _ = try small.world.sendMessage(request, by: ann) }
        #expect(again == "500 RANDOM_ID_DUPLICATE")
    }

    @Test func fullAnswerNamesTheRandomNumber() throws {
        var small = SmallWorld()
        let ann = try small.user("Ann")
        let id = small.makeChannel([ann])
        let answer = try small.world.sendMessage(
            .init(peer: small.input(.channel(id), for: ann), message: "news", randomID: 77),
            by: ann
        )
        guard case .updates(let batch) = answer, case .updateMessageID(let number)? = batch.updates.first else {
            Issue.record("no updates")
            return
        }
        #expect(number.id == 2 && number.randomID == 77 && batch.seq == 0 && batch.chats.count == 1)
        #expect(batch.updates.contains { if case .updateNewChannelMessage = $0 { true } else { false } })
    }

    @Test func refusalsOfMessages() throws {
        var small = SmallWorld()
        let (ann, ben, bot, other) = (
            try small.user("Ann"), try small.user("Ben"), try small.bot("Echo"), try small.bot("Other")
        )
        let group = small.makeGroup([ann])
        let channel = small.makeChannel([ann, ben], isBroadcast: true)
        let send = { (small: inout SmallWorld, text: String, caller: Caller, peer: PeerID) in
            errorName { _ = try small.send(text, from: caller, to: peer) }
        }
        #expect(send(&small, " \n", ann, .user(ben.accountID)) == "400 MESSAGE_EMPTY")
        #expect(send(&small, String(repeating: "x", count: 4_097), ann, .user(ben.accountID)) == "400 MESSAGE_TOO_LONG")
        #expect(send(&small, "hi", ben, group) == "400 PEER_ID_INVALID")
        #expect(send(&small, "hi", ben, .channel(channel)) == "400 CHAT_ADMIN_REQUIRED")
        #expect(send(&small, "hi", bot, .user(other.accountID)) == "400 USER_IS_BOT")
        _ = try small.world.block(small.input(.user(bot.accountID), for: ann), true, by: ann)
        #expect(send(&small, "hi", bot, .user(ann.accountID)) == "400 USER_IS_BLOCKED")
        #expect(send(&small, "hi", ann, .user(bot.accountID)) == "400 YOU_BLOCKED_USER")
        guard case .updateBotStopped(let stopped)? = small.told(bot).last else {
            Issue.record("the bot was not told")
            return
        }
        #expect(stopped.stopped && stopped.qts == 1)
    }

    @Test(arguments: [(Int32(3), Int32.max), (-1, 2), (0, -1), (7, 1)])
    func entitiesOutsideOfTheTextAreRefused(offset: Int32, length: Int32) throws {
        var small = SmallWorld()
        let (ann, ben) = (try small.user("Ann"), try small.user("Ben"))
        let request = TL.messages.SendMessage(
            peer: small.input(.user(ben.accountID), for: ann),
            message: "ab /go ",
            randomID: 1,
            entities: [.messageEntityBold(offset: offset, length: length)]
        )
        #expect(errorName { _ = try small.world.sendMessage(request, by: ann) } == "400 ENTITY_BOUNDS_INVALID")
    }

    @Test func entitiesEndWithTheTextThatIsLeft() throws {
        var small = SmallWorld()
        let (ann, ben) = (try small.user("Ann"), try small.user("Ben"))
        let request = TL.messages.SendMessage(
            peer: small.input(.user(ben.accountID), for: ann),
            message: "hi you  ",
            randomID: 1,
            entities: [
                .messageEntityBold(offset: 3, length: 5), .messageEntityTextUrl(offset: 0, length: 8, url: "https://x"),
                .messageEntityItalic(offset: 6, length: 2), .messageEntityCode(offset: 0, length: 2),
            ]
        )
        _ = try small.world.sendMessage(request, by: ann)
        guard
            case .message(let message)? = small.told(ben).compactMap({ update -> TL.Message? in
                if case .updateNewMessage(let new) = update { new.message } else { nil }
            }).last
        else {
            Issue.record("no message")
            return
        }
        #expect(message.message == "hi you")
        #expect(message.entities?.map { [$0.offset, $0.length] } == [[0, 6], [0, 2], [3, 3]])
    }

    @Test func botCannotBeginAConversation() throws {
        var small = SmallWorld()
        let (ann, bot) = (try small.user("Ann"), try small.bot("Echo"))
        let toAnn = PeerID.user(ann.accountID)
        #expect(errorName { _ = try small.send("hi", from: bot, to: toAnn) } == "400 PEER_ID_INVALID")
        try small.send("/start", from: ann, to: .user(bot.accountID))
        #expect(errorName { _ = try small.send("hi", from: bot, to: toAnn) } == nil)
    }

    @Test func botsDoNotHearEachOther() throws {
        var small = SmallWorld()
        let (ann, one, two) = (try small.user("Ann"), try small.bot("One"), try small.bot("Two"))
        let group = small.makeGroup([ann, one, two])
        let channel = small.makeChannel([ann, one, two])
        let pts = try #require(small.world.channels[channel]?.mailbox.pts)
        for peer in [group, .channel(channel)] {
            try small.send("from ann", from: ann, to: peer)
            try small.send("from one", from: one, to: peer)
        }
        let heard = small.told(two).compactMap { update -> String? in
            switch update {
            case .updateNewMessage(let new): new.message.writing
            case .updateNewChannelMessage(let new): new.message.writing
            default: nil
            }
        }
        #expect(heard == ["from ann", "from ann"])
        let missed = try small.world.channelDifference(
            .init(
                channel: small.channel(channel, for: two),
                filter: .channelMessagesFilterEmpty,
                pts: pts,
                limit: 100
            ),
            by: two
        )
        guard case .channelDifference(let difference) = missed else {
            Issue.record("no difference")
            return
        }
        #expect(difference.newMessages.compactMap(\.writing) == ["from ann"] && difference.pts == pts + 2)
    }

    @Test func botDeletesOnlyWhatItMay() throws {
        var small = SmallWorld()
        let (ann, bot) = (try small.user("Ann"), try small.bot("Guard"))
        let group = small.makeGroup([ann, bot])
        let id = try small.send("spam", from: ann, to: group)
        let copy = small.world.mailbox(of: group, for: bot.accountID).lastID
        let request = TL.messages.DeleteMessages(revoke: true, id: [copy])
        #expect(
            errorName { _ = try small.world.deleteMessages(request, by: bot) } == "403 MESSAGE_DELETE_FORBIDDEN"
        )
        guard case .chat(let number) = group else { return }
        small.world.setAdmin(true, bot.accountID, inGroup: number, by: ann.accountID)
        _ = try small.world.deleteMessages(request, by: bot)
        #expect(small.world.message(id, in: group, for: ann.accountID) == nil)
    }

    @Test func botsAreNotToldWhoTypesAndWhoIsThere() throws {
        var small = SmallWorld()
        let (ann, ben, bot) = (try small.user("Ann"), try small.user("Ben"), try small.bot("Echo"))
        let group = small.makeGroup([ann, ben, bot])
        try small.send("hi", from: ann, to: .user(bot.accountID))
        _ = small.told(bot)
        _ = small.told(ben)
        _ = try small.world.setTyping(
            .init(peer: small.input(group, for: ann), action: .sendMessageTypingAction),
            by: ann
        )
        _ = small.world.updateStatus(.init(offline: false), by: ann)
        #expect(small.told(bot).isEmpty)
        #expect(!small.told(ben).isEmpty)
    }

    @Test func whoWasBlockedIsNotHeard() throws {
        var small = SmallWorld()
        let (ann, ben) = (try small.user("Ann"), try small.user("Ben"))
        _ = try small.world.block(small.input(.user(ben.accountID), for: ann), true, by: ann)
        try small.send("hello?", from: ben, to: .user(ann.accountID))
        #expect(small.texts(.user(ann.accountID), for: ben) == ["hello?"])
        #expect(small.texts(.user(ben.accountID), for: ann).isEmpty)
    }

    // MARK: - Changes

    @Test func editingChangesAllCopies() throws {
        var small = SmallWorld()
        let (ann, ben) = (try small.user("Ann"), try small.user("Ben"))
        let id = try small.send("helo", from: ann, to: .user(ben.accountID))
        _ = small.told(ben)
        let edit = { (text: String, id: Int32, caller: Caller, peer: PeerID) in
            TL.messages.EditMessage(peer: small.input(peer, for: caller), id: id, message: text)
        }
        let good = edit("hello", id, ann, .user(ben.accountID))
        let same = errorName { _ = try small.world.editMessage(edit("helo", id, ann, .user(ben.accountID)), by: ann) }
        #expect(same == "400 MESSAGE_NOT_MODIFIED")
        _ = try small.world.editMessage(good, by: ann)
        #expect(small.texts(.user(ann.accountID), for: ben) == ["hello"])
        guard case .updateEditMessage(let update)? = small.told(ben).last else {
            Issue.record("nobody told Ben")
            return
        }
        #expect(update.pts == 3 && update.message.writing == "hello")
        let foreign = edit("mine", 1, ben, .user(ann.accountID))
        #expect(errorName { _ = try small.world.editMessage(foreign, by: ben) } == "403 MESSAGE_AUTHOR_REQUIRED")
        let missing = edit("x", 99, ann, .user(ben.accountID))
        #expect(errorName { _ = try small.world.editMessage(missing, by: ann) } == "400 MESSAGE_ID_INVALID")
    }

    @Test func deletingForEverybodyReachesTheOtherMailbox() throws {
        var small = SmallWorld()
        let (ann, ben) = (try small.user("Ann"), try small.user("Ben"))
        for text in ["a", "b", "c"] { try small.send(text, from: ann, to: .user(ben.accountID)) }
        _ = try small.world.deleteMessages(.init(id: [1]), by: ann)
        #expect(small.texts(.user(ann.accountID), for: ben) == ["a", "b", "c"])
        let affected = try small.world.deleteMessages(.init(revoke: true, id: [2, 3, 77]), by: ann)
        #expect(affected.ptsCount == 2 && affected.pts == 7)
        #expect(small.texts(.user(ann.accountID), for: ben) == ["a"])
        guard case .updateDeleteMessages(let update)? = small.told(ben).last else {
            Issue.record("nobody told Ben")
            return
        }
        #expect(update.messages == [2, 3] && update.ptsCount == 2)
        let none = try small.world.deleteMessages(.init(id: [2]), by: ann)
        #expect(none.ptsCount == 0 && none.pts == 7)
    }

    @Test func onlyAdministratorsDeleteMessagesOfOthersInChannels() throws {
        var small = SmallWorld()
        let (ann, ben) = (try small.user("Ann"), try small.user("Ben"))
        let id = small.makeChannel([ann, ben])
        let message = try small.send("from ann", from: ann, to: .channel(id))
        let request = TL.channels.DeleteMessages(channel: small.channel(id, for: ben), id: [message])
        #expect(
            errorName { _ = try small.world.deleteChannelMessages(request, by: ben) } == "403 MESSAGE_DELETE_FORBIDDEN"
        )
        let own = TL.channels.DeleteMessages(channel: small.channel(id, for: ann), id: [message])
        #expect(try small.world.deleteChannelMessages(own, by: ann).ptsCount == 1)
    }

    @Test func readingTellsTheAuthorOnce() throws {
        var small = SmallWorld()
        let (ann, ben) = (try small.user("Ann"), try small.user("Ben"))
        for text in ["a", "b"] { try small.send(text, from: ann, to: .user(ben.accountID)) }
        #expect(small.world.unreadCount(in: .user(ann.accountID), for: ben.accountID) == 2)
        _ = small.told(ann)
        let request = TL.messages.ReadHistory(peer: small.input(.user(ann.accountID), for: ben), maxID: 1)
        let affected = try small.world.readHistory(request, by: ben)
        #expect(affected.ptsCount == 1 && affected.pts == 4)
        #expect(small.world.unreadCount(in: .user(ann.accountID), for: ben.accountID) == 1)
        guard case .updateReadHistoryOutbox(let update)? = small.told(ann).last else {
            Issue.record("nobody told Ann")
            return
        }
        #expect(update.maxID == 1 && update.pts == 4)
        #expect(try small.world.readHistory(request, by: ben).ptsCount == 0)
        #expect(small.told(ann).isEmpty)
    }

    @Test func forwardKeepsWhereItComesFrom() throws {
        var small = SmallWorld()
        let (ann, ben, cleo) = (try small.user("Ann"), try small.user("Ben"), try small.user("Cleo"))
        let id = try small.send("original", from: ann, to: .user(ben.accountID))
        #expect(id == 1)
        let forward = { (small: SmallWorld, caller: Caller, from: Caller, to: Caller, random: Int64) in
            TL.messages.ForwardMessages(
                fromPeer: small.input(.user(from.accountID), for: caller),
                id: [1],
                randomID: [random],
                toPeer: small.input(.user(to.accountID), for: caller)
            )
        }
        _ = try small.world.forwardMessages(forward(small, ben, ann, cleo, 1), by: ben)
        _ = try small.world.forwardMessages(forward(small, cleo, ben, ann, 2), by: cleo)
        let last = try #require(
            small.world.mailbox(of: .user(cleo.accountID), for: ann.accountID).history(of: .user(cleo.accountID)).first
        )
        #expect(last.text == "original" && last.forward?.from == .user(ann.accountID))
        let request = forward(small, ben, ann, cleo, 1)
        #expect(errorName { _ = try small.world.forwardMessages(request, by: ben) } == "500 RANDOM_ID_DUPLICATE")
    }

    @Test func replyPointsToTheReadersOwnCopy() throws {
        var small = SmallWorld()
        let (ann, ben, cleo) = (try small.user("Ann"), try small.user("Ben"), try small.user("Cleo"))
        try small.send("noise", from: cleo, to: .user(ben.accountID))
        let question = try small.send("question", from: ann, to: .user(ben.accountID))
        #expect(question == 1)
        _ = try small.world.sendMessage(
            .init(
                peer: small.input(.user(ann.accountID), for: ben),
                replyTo: .inputReplyToMessage(replyToMsgID: 2),
                message: "answer",
                randomID: 9
            ),
            by: ben
        )
        let answer = try #require(small.world.message(2, in: .user(ben.accountID), for: ann.accountID))
        guard case .messageReplyHeader(let header)? = small.world.replyHeader(of: answer, for: ann.accountID) else {
            Issue.record("no reply header")
            return
        }
        #expect(header.replyToMsgID == 1)
    }

    @Test func dialogsComeLatestFirstAndInPages() throws {
        var small = SmallWorld()
        let ann = try small.user("Ann")
        let others = try ["Ben", "Cleo", "Dan", "Eve"].map { try small.user($0) }
        for other in others {
            small.world.now += 10
            try small.send("hi", from: other, to: .user(ann.accountID))
        }
        _ = try small.world.pinDialog(
            .init(pinned: true, peer: .inputDialogPeer(peer: small.input(.user(others[0].accountID), for: ann))),
            by: ann
        )
        var peers: [PeerID] = []
        var request = TL.messages.GetDialogs(offsetDate: 0, offsetID: 0, offsetPeer: .inputPeerEmpty, limit: 2, hash: 0)
        while true {
            guard case .dialogsSlice(let slice) = try small.world.dialogs(request, by: ann) else {
                Issue.record("not a slice")
                return
            }
            #expect(slice.count == 4)
            let page = slice.dialogs.compactMap {
                if case .dialog(let dialog) = $0 { PeerID(wire: dialog.peer) } else { nil }
            }
            guard let last = page.last, case .message(let message)? = slice.messages.last else { break }
            peers += page
            request.offsetDate = message.date
            request.offsetID = message.id
            request.offsetPeer = small.input(last, for: ann)
        }
        #expect(peers == [0, 3, 2, 1].map { .user(others[$0].accountID) })
    }
}
