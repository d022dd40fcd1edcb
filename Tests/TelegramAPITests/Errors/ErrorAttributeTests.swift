import TLSchema
import TelegramAPI
import Testing

/// Names with a number in them, and the property that holds it.
@Suite struct ErrorAttributeTests {
    struct Attribute: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let code: Int
        let read: @Sendable (RPCError) -> Int?

        init<Known: RPCError>(_ name: String, _ code: Int, _ read: @escaping @Sendable (Known) -> Int) {
            testDescription = name
            self.code = code
            self.read = { ($0 as? Known).map(read) }
        }
    }

    static let attributes = [
        Attribute("EMAIL_UNCONFIRMED_%d", 400) { (error: RPCError.EmailUnconfirmed) in error.codeLength },
        Attribute("FILE_MIGRATE_%d", 303) { (error: RPCError.FileMigrate) in error.newDC },
        Attribute("FILE_PART_%d_MISSING", 400) { (error: RPCError.FilePartMissing) in error.which },
        Attribute("FLOOD_TEST_PHONE_WAIT_%d", 420) { (error: RPCError.FloodTestPhoneWait) in error.seconds },
        Attribute("FLOOD_WAIT_%d", 420) { (error: RPCError.FloodWait) in error.seconds },
        Attribute("INTERDC_%d_CALL_ERROR", 500) { (error: RPCError.InterdcCallError) in error.dc },
        Attribute("INTERDC_%d_CALL_RICH_ERROR", 500) { (error: RPCError.InterdcCallRichError) in error.dc },
        Attribute("NETWORK_MIGRATE_%d", 303) { (error: RPCError.NetworkMigrate) in error.newDC },
        Attribute("PHONE_MIGRATE_%d", 303) { (error: RPCError.PhoneMigrate) in error.newDC },
        Attribute("SLOWMODE_WAIT_%d", 420) { (error: RPCError.SlowModeWait) in error.seconds },
        Attribute("TAKEOUT_INIT_DELAY_%d", 420) { (error: RPCError.TakeoutInitDelay) in error.seconds },
        Attribute("USER_MIGRATE_%d", 303) { (error: RPCError.UserMigrate) in error.newDC },
        Attribute("2FA_CONFIRM_WAIT_%d", 420) { (error: RPCError.TwoFaConfirmWait) in error.seconds },
        Attribute("ALLOW_PAYMENT_REQUIRED_%d", 403) { (error: RPCError.AllowPaymentRequiredStars) in error.stars },
        Attribute("AUTH_RESTART_%d", 500) { (error: RPCError.AuthRestartNumbered) in error.debugNumber },
        Attribute("FILE_REFERENCE_%d_EMPTY", 400) { (error: RPCError.FileReferenceEmptyAt) in error.index },
        Attribute("FILE_REFERENCE_%d_EXPIRED", 400) { (error: RPCError.FileReferenceExpiredAt) in error.index },
        Attribute("FILE_REFERENCE_%d_INVALID", 400) { (error: RPCError.FileReferenceInvalidAt) in error.index },
        Attribute("FLOOD_PREMIUM_WAIT_%d", 420) { (error: RPCError.FloodPremiumWait) in error.seconds },
        Attribute("PASSWORD_TOO_FRESH_%d", 400) { (error: RPCError.PasswordTooFresh) in error.seconds },
        Attribute("PREMIUM_SUB_ACTIVE_UNTIL_%d", 420) { (error: RPCError.PremiumSubActiveUntil) in error.date },
        Attribute("PREVIOUS_CHAT_IMPORT_ACTIVE_WAIT_%dMIN", 406) { (error: RPCError.PreviousChatImportActiveWait) in
            error.minutes
        },
        Attribute("SESSION_TOO_FRESH_%d", 400) { (error: RPCError.SessionTooFresh) in error.seconds },
        Attribute("STARGIFT_RESELL_TOO_EARLY_%d", 400) { (error: RPCError.StargiftResellTooEarly) in error.seconds },
        Attribute("STARGIFT_TRANSFER_TOO_EARLY_%d", 400) { (error: RPCError.StargiftTransferTooEarly) in
            error.seconds
        },
        Attribute("STATS_MIGRATE_%d", 303) { (error: RPCError.StatsMigrate) in error.dc },
        Attribute("STORY_LIVE_ALREADY_%d", 400) { (error: RPCError.StoryLiveAlready) in error.storyID },
        Attribute("STORY_SEND_FLOOD_MONTHLY_%d", 400) { (error: RPCError.StorySendFloodMonthly) in error.seconds },
        Attribute("STORY_SEND_FLOOD_WEEKLY_%d", 400) { (error: RPCError.StorySendFloodWeekly) in error.seconds },
    ]

    @Test(arguments: attributes)
    func numberOfTheNameIsInItsProperty(attribute: Attribute) {
        for number in [1, 2, 42, 86_400, 1_785_000_000] {
            let name = attribute.testDescription.replacing("%d", with: "\(number)")
            let error = RPCError.make(code: attribute.code, name: name)
            #expect(attribute.read(error) == number)
            #expect(error.value == number)
            #expect(error.name == name)
            #expect(error.code == attribute.code)
        }
    }

    @Test func tableAboveHasAllNamesWithANumber() throws {
        let source = SchemaSource(path: "errors.json", bytes: try RepositoryFiles.bytes("Schema", "errors.json"))
        let catalog = try #require(ErrorCatalog.read(source).value)
        let expected = catalog.definitions.filter { !$0.parameters.isEmpty }.map(\.name)
        #expect(Self.attributes.map(\.testDescription).sorted() == expected.sorted())
    }

    /// The tables know this name by itself; whoever catches missing parts means the first one too.
    @Test func missingFirstPartIsAMissingPart() throws {
        let error = try #require(RPCError.make(code: 400, name: "FILE_PART_0_MISSING") as? RPCError.FilePartMissing)
        #expect(error.which == 0)
        #expect(error.value == 0)
    }

    @Test func waitsAreDurationsToo() throws {
        func make<Known: RPCError>(_ name: String, as type: Known.Type) throws -> Known {
            try #require(RPCError.make(code: 420, name: name) as? Known)
        }
        #expect(try make("FLOOD_WAIT_42", as: RPCError.FloodWait.self).duration == .seconds(42))
        #expect(try make("FLOOD_TEST_PHONE_WAIT_7", as: RPCError.FloodTestPhoneWait.self).duration == .seconds(7))
        #expect(try make("FLOOD_PREMIUM_WAIT_3", as: RPCError.FloodPremiumWait.self).duration == .seconds(3))
        #expect(try make("SLOWMODE_WAIT_30", as: RPCError.SlowModeWait.self).duration == .seconds(30))
        #expect(try make("TAKEOUT_INIT_DELAY_86400", as: RPCError.TakeoutInitDelay.self).duration == .seconds(86_400))
        #expect(try make("2FA_CONFIRM_WAIT_604800", as: RPCError.TwoFaConfirmWait.self).duration == .seconds(604_800))
        let minutes = "PREVIOUS_CHAT_IMPORT_ACTIVE_WAIT_5MIN"
        #expect(try make(minutes, as: RPCError.PreviousChatImportActiveWait.self).duration == .seconds(300))
    }

    @Test(arguments: ["999999999999999", "9999999999999999", "18446744073709551616", "0000000000000000000042"])
    func hugeNumbersDoNotTrap(number: String) {
        let wait = RPCError.make(code: 420, name: "FLOOD_WAIT_\(number)")
        #expect((wait as? RPCError.FloodWait)?.duration ?? .zero >= .zero)
        let minutes = RPCError.make(code: 406, name: "PREVIOUS_CHAT_IMPORT_ACTIVE_WAIT_\(number)MIN")
        #expect((minutes as? RPCError.PreviousChatImportActiveWait)?.duration ?? .zero >= .zero)
        #expect(wait.name.hasSuffix(number))
    }
}
