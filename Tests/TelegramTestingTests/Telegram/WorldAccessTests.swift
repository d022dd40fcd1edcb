import Telegram
import Testing

@testable import TelegramTesting

/// Who may do what, and name whom.
@Suite struct WorldAccessTests {
    private func admitted(
        _ world: inout SmallWorld,
        _ caller: Caller,
        _ access: Access,
        _ usableBy: TLAvailability = .both
    ) -> String? {
        errorName {
            var caller = caller
            try world.world.admit(&caller, to: access, usableBy: usableBy)
        }
    }

    @Test func nobodyGetsInWithoutAnAuthorisation() throws {
        var small = SmallWorld()
        let stranger = small.stranger()
        #expect(admitted(&small, stranger, .anybody) == nil)
        for access in [Access.halfSignedIn, .signedInAnywhere, .signedIn] {
            #expect(admitted(&small, stranger, access) == "401 AUTH_KEY_UNREGISTERED")
        }
    }

    @Test func passwordHasToBeProvedFirst() throws {
        var small = SmallWorld()
        let ann = try small.user("Ann")
        small.world.authorize(ann.accountID, ann, isPasswordPending: true)
        #expect(admitted(&small, ann, .halfSignedIn) == nil)
        #expect(admitted(&small, ann, .signedIn) == "401 SESSION_PASSWORD_NEEDED")
    }

    @Test func methodsAreForUsersOrBots() throws {
        var small = SmallWorld()
        let ann = try small.user("Ann")
        let bot = try small.bot("Echo")
        #expect(admitted(&small, ann, .signedIn, .user) == nil)
        #expect(admitted(&small, ann, .signedIn, .bot) == "400 USER_BOT_REQUIRED")
        #expect(admitted(&small, bot, .signedIn, .bot) == nil)
        #expect(admitted(&small, bot, .signedIn, .user) == "400 BOT_METHOD_INVALID")
        #expect(admitted(&small, bot, .signedIn, .both) == nil)
    }

    @Test func importedAuthorisationIsForFilesOnly() throws {
        var small = SmallWorld()
        let ann = try small.user("Ann")
        let exported = try small.world.exportAuthorization(.init(dcID: 1), by: ann)
        let away = small.stranger(dataCenter: 1)
        let request = TL.auth.ImportAuthorization(id: exported.id, bytes: exported.bytes)
        let elsewhere = small.stranger(dataCenter: 2)
        #expect(
            errorName { _ = try small.world.importAuthorization(request, by: elsewhere) } == "400 AUTH_BYTES_INVALID"
        )
        _ = try small.world.importAuthorization(request, by: away)
        #expect(admitted(&small, away, .signedInAnywhere) == nil)
        #expect(admitted(&small, away, .signedIn) == "303 USER_MIGRATE_2")
        // Once.
        #expect(errorName { _ = try small.world.importAuthorization(request, by: away) } == "400 AUTH_BYTES_INVALID")
        for dataCenter in [2, 9] as [Int32] {
            let name = errorName { _ = try small.world.exportAuthorization(.init(dcID: dataCenter), by: ann) }
            #expect(name == "400 DC_ID_INVALID")
        }
    }

    @Test func takeoutIsForThoseWhoHaveBegunOne() throws {
        var small = SmallWorld()
        var ann = try small.user("Ann")
        ann.takeoutID = 5
        #expect(admitted(&small, ann, .signedIn) == "400 TAKEOUT_INVALID")
        ann.takeoutID = try small.world.beginTakeout(by: ann).id
        #expect(admitted(&small, ann, .signedIn) == nil)
        #expect(try small.world.endTakeout(by: ann))
        #expect(admitted(&small, ann, .signedIn) == "400 TAKEOUT_INVALID")
        small.world.settings.takeoutDelay = 86_400
        let late = ann
        #expect(errorName { _ = try small.world.beginTakeout(by: late) } == "420 TAKEOUT_INIT_DELAY_86400")
    }

    @Test func accessHashIsGoodForItsViewerOnly() throws {
        var small = SmallWorld()
        let (ann, ben, cleo) = (try small.user("Ann"), try small.user("Ben"), try small.user("Cleo"))
        let forAnn = small.user(cleo, for: ann)
        #expect(try small.world.userID(forAnn, for: ann.accountID) == cleo.accountID)
        #expect(errorName { _ = try small.world.userID(forAnn, for: ben.accountID) } == "400 USER_ID_INVALID")
        let peer = small.input(.user(cleo.accountID), for: ann)
        #expect(errorName { _ = try small.world.peerID(peer, for: ben.accountID) } == "400 PEER_ID_INVALID")
        let none = TL.InputUser.inputUser(userID: cleo.accountID, accessHash: 0)
        #expect(errorName { _ = try small.world.userID(none, for: ann.accountID) } == "400 USER_ID_INVALID")
    }

    @Test func botNeedsNoHashForThoseItHasMet() throws {
        var small = SmallWorld()
        let (ann, bot) = (try small.user("Ann"), try small.bot("Echo"))
        let none = TL.InputUser.inputUser(userID: ann.accountID, accessHash: 0)
        #expect(errorName { _ = try small.world.userID(none, for: bot.accountID) } == "400 USER_ID_INVALID")
        try small.send("/start", from: ann, to: .user(bot.accountID))
        #expect(try small.world.userID(none, for: bot.accountID) == ann.accountID)
    }

    @Test func channelIsPrivateToThoseOutside() throws {
        var small = SmallWorld()
        let (ann, ben) = (try small.user("Ann"), try small.user("Ben"))
        let id = small.makeChannel([ann])
        #expect(try small.world.channelID(small.channel(id, for: ann), for: ann.accountID) == id)
        let forBen = small.channel(id, for: ben)
        #expect(errorName { _ = try small.world.channelID(forBen, for: ben.accountID) } == "400 CHANNEL_PRIVATE")
        let wrong = TL.InputChannel.inputChannel(channelID: id, accessHash: 1)
        #expect(errorName { _ = try small.world.channelID(wrong, for: ann.accountID) } == "400 CHANNEL_INVALID")
        small.world.channels[id]?.username = "ann_news"
        #expect(try small.world.channelID(forBen, for: ben.accountID) == id)
    }

    @Test func mentionInAMessageNamesItsAuthor() throws {
        var small = SmallWorld()
        let (ann, ben) = (try small.user("Ann"), try small.user("Ben"))
        let group = small.makeGroup([ann, ben])
        try small.send("hello", from: ben, to: group)
        let last = small.world.mailbox(of: group, for: ann.accountID).lastID
        let input = { (id: Int32, user: Int64) in
            TL.InputUser.inputUserFromMessage(peer: small.input(group, for: ann), msgID: id, userID: user)
        }
        #expect(try small.world.userID(input(last, ben.accountID), for: ann.accountID) == ben.accountID)
        #expect(
            errorName { _ = try small.world.userID(input(99, ben.accountID), for: ann.accountID) }
                == "400 MSG_ID_INVALID"
        )
        #expect(errorName { _ = try small.world.userID(input(last, 12), for: ann.accountID) } == "400 PEER_ID_INVALID")
    }
}
