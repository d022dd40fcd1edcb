import Telegram
import Testing

@testable import TelegramTesting

/// What differences tell.
@Suite struct WorldDifferenceTests {
    private func difference(
        _ small: SmallWorld,
        _ caller: Caller,
        pts: Int32 = Mailbox.firstPts,
        qts: Int32 = 0,
        date: Int32? = nil,
        totalLimit: Int32? = nil
    ) throws -> TL.updates.Difference {
        try small.world.difference(
            .init(pts: pts, ptsTotalLimit: totalLimit, date: date ?? small.world.now + 1, qts: qts),
            by: caller
        )
    }

    @Test func differenceTellsWhatHappenedSince() throws {
        var small = SmallWorld()
        let (ann, ben) = (try small.user("Ann"), try small.user("Ben"))
        for text in ["a", "b", "c"] { try small.send(text, from: ann, to: .user(ben.accountID)) }
        _ = try small.world.deleteMessages(.init(revoke: true, id: [2]), by: ann)
        guard case .difference(let whole) = try difference(small, ben) else {
            Issue.record("not a difference")
            return
        }
        #expect(whole.newMessages.compactMap(\.writing) == ["a", "c"])
        #expect(whole.otherUpdates.count == 1 && whole.state.pts == 5 && whole.users.count == 2)
        guard case .difference(let rest) = try difference(small, ben, pts: 3) else {
            Issue.record("not a difference")
            return
        }
        #expect(rest.newMessages.compactMap(\.writing) == ["c"])
        guard case .differenceEmpty = try difference(small, ben, pts: 5) else {
            Issue.record("not empty")
            return
        }
    }

    @Test func messageThatCameAndWentStillMovesTheCounter() throws {
        var small = SmallWorld()
        let (ann, ben) = (try small.user("Ann"), try small.user("Ben"))
        try small.send("a", from: ann, to: .user(ben.accountID))
        _ = try small.world.deleteMessages(.init(revoke: true, id: [1]), by: ann)
        guard case .difference(let difference) = try difference(small, ben) else {
            Issue.record("not a difference")
            return
        }
        #expect(difference.newMessages.isEmpty && difference.state.pts == 3)
    }

    @Test func slicesAddUpToTheWhole() throws {
        var small = SmallWorld()
        let (ann, ben) = (try small.user("Ann"), try small.user("Ben"))
        small.world.settings.differenceLimit = 3
        for index in 0..<8 { try small.send("\(index)", from: ann, to: .user(ben.accountID)) }
        var pts = Mailbox.firstPts
        var texts: [String] = []
        var slices = 0
        loop: while true {
            switch try difference(small, ben, pts: pts) {
            case .differenceSlice(let slice):
                texts += slice.newMessages.compactMap(\.writing)
                #expect(slice.intermediateState.pts > pts)
                pts = slice.intermediateState.pts
                slices += 1
            case .difference(let last):
                texts += last.newMessages.compactMap(\.writing)
                pts = last.state.pts
                break loop
            default:
                Issue.record("neither slice nor difference")
                return
            }
        }
        #expect(texts == (0..<8).map(String.init) && slices == 2 && pts == 9)
    }

    @Test func tooLongNamesWhereToGoOn() throws {
        var small = SmallWorld()
        let (ann, ben) = (try small.user("Ann"), try small.user("Ben"))
        for index in 0..<8 { try small.send("\(index)", from: ann, to: .user(ben.accountID)) }
        guard case .differenceTooLong(let notice) = try difference(small, ben, totalLimit: 2) else {
            Issue.record("not too long")
            return
        }
        guard case .difference(let rest) = try difference(small, ben, pts: notice.pts, totalLimit: 2) else {
            Issue.record("not a difference")
            return
        }
        #expect(rest.newMessages.compactMap(\.writing) == ["6", "7"] && rest.state.pts == 9)
    }

    @Test(arguments: [(0, "PERSISTENT_TIMESTAMP_EMPTY"), (-4, "PERSISTENT_TIMESTAMP_INVALID")])
    func wrongCountersAreRefused(pts: Int32, name: String) throws {
        var small = SmallWorld()
        let ann = try small.user("Ann")
        #expect(errorName { _ = try difference(small, ann, pts: pts) } == "400 \(name)")
        #expect(errorName { _ = try difference(small, ann, date: 0) } == "400 DATE_EMPTY")
    }

    @Test func changesInOrderOfSeqAreInTheDifference() throws {
        var small = SmallWorld()
        let (ann, ben) = (try small.user("Ann"), try small.user("Ben"))
        try small.send("a", from: ann, to: .user(ben.accountID))
        let before = small.world.now
        small.world.now += 10
        _ = try small.world.updateProfile(.init(firstName: "Anna"), by: ann)
        guard case .difference(let difference) = try difference(small, ben, pts: 2, date: before + 5) else {
            Issue.record("not a difference")
            return
        }
        #expect(difference.otherUpdates.contains { if case .updateUserName = $0 { true } else { false } })
    }

    @Test func qtsTellsBotsWhoCameAndWent() throws {
        var small = SmallWorld()
        let (ann, ben, bot) = (try small.user("Ann"), try small.user("Ben"), try small.bot("Echo"))
        let group = small.makeGroup([ann, bot])
        guard case .chat(let id) = group else { return }
        _ = try small.world.addChatUser(.init(chatID: id, userID: small.user(ben, for: ann), fwdLimit: 0), by: ann)
        let pts = try #require(small.world.inboxes[bot.accountID]?.mailbox.pts)
        guard case .difference(let difference) = try difference(small, bot, pts: pts, qts: 1) else {
            Issue.record("not a difference")
            return
        }
        #expect(difference.otherUpdates.count == 1 && difference.state.qts == 2)
        guard case .updateChatParticipant(let update)? = difference.otherUpdates.first else {
            Issue.record("not about a participant")
            return
        }
        #expect(update.qts == 2 && update.userID == ben.accountID && update.prevParticipant == nil)
    }

    // MARK: - Channels

    private func channelDifference(
        _ small: SmallWorld,
        _ id: Int64,
        _ caller: Caller,
        pts: Int32,
        limit: Int32 = 100
    ) throws -> TL.updates.ChannelDifference {
        try small.world.channelDifference(
            .init(
                channel: small.channel(id, for: caller),
                filter: .channelMessagesFilterEmpty,
                pts: pts,
                limit: limit
            ),
            by: caller
        )
    }

    @Test func channelDifferenceComesInPieces() throws {
        var small = SmallWorld()
        let (ann, ben) = (try small.user("Ann"), try small.user("Ben"))
        let id = small.makeChannel([ann, ben])
        for index in 0..<5 { try small.send("\(index)", from: ann, to: .channel(id)) }
        var pts: Int32 = 2
        var texts: [String] = []
        while true {
            guard case .channelDifference(let piece) = try channelDifference(small, id, ben, pts: pts, limit: 2) else {
                Issue.record("not a difference")
                return
            }
            texts += piece.newMessages.compactMap(\.writing)
            pts = piece.pts
            if piece.final { break }
        }
        #expect(texts == ["0", "1", "2", "3", "4"] && pts == 7)
        guard case .channelDifferenceEmpty(let empty) = try channelDifference(small, id, ben, pts: pts) else {
            Issue.record("not empty")
            return
        }
        #expect(empty.final && empty.pts == 7)
        let ahead = errorName { _ = try channelDifference(small, id, ben, pts: 8) }
        #expect(ahead == "400 PERSISTENT_TIMESTAMP_INVALID")
    }

    @Test func channelDifferenceMayBeTooLong() throws {
        var small = SmallWorld()
        let ann = try small.user("Ann")
        let id = small.makeChannel([ann])
        for index in 0..<5 { try small.send("\(index)", from: ann, to: .channel(id)) }
        small.world.settings.channelDifferenceTooLongAfter = 3
        guard case .channelDifferenceTooLong(let answer) = try channelDifference(small, id, ann, pts: 1, limit: 2),
            case .dialog(let dialog) = answer.dialog
        else {
            Issue.record("not too long")
            return
        }
        #expect(dialog.pts == 7 && answer.messages.compactMap(\.writing) == ["4", "3"])
        guard case .channelDifference = try channelDifference(small, id, ann, pts: 5) else {
            Issue.record("too long")
            return
        }
    }

    @Test func accountsAreSentToTheDifferencesOfTheirChannels() throws {
        var small = SmallWorld()
        let (ann, ben) = (try small.user("Ann"), try small.user("Ben"))
        let id = small.makeChannel([ann, ben])
        small.world.now += 10
        try small.send("news", from: ann, to: .channel(id))
        guard case .difference(let difference) = try difference(small, ben, date: small.world.now - 5),
            case .updateChannelTooLong(let update)? = difference.otherUpdates.first
        else {
            Issue.record("no hint")
            return
        }
        #expect(update.channelID == id && update.pts == 3)
    }
}
