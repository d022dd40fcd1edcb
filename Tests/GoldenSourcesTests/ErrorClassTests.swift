import GoldenSources
import TLRuntime
import Testing

@Suite struct ErrorClassTests {
    private func error(_ code: Int, _ name: String) -> RPCError { TL.errorCatalog.error(code: code, name: name) }

    @Test func numbersBecomeProperties() throws {
        let flood = try #require(error(420, "FLOOD_WAIT_42") as? RPCError.FloodWait)
        #expect(flood.seconds == 42)
        #expect(flood.duration == .seconds(42))
        #expect(error(420, "FLOOD_WAIT_42") is RPCError.Flood)
        let wait = try #require(error(406, "CHAT_WAIT_3MIN") as? RPCError.ChatWait)
        #expect(wait.minutes == 3)
        #expect(wait.duration == .seconds(180))
        #expect((error(303, "FILE_MIGRATE_4") as? RPCError.FileMigrate)?.newDC == 4)
        #expect((error(400, "DEFAULT_1") as? RPCError.Default)?.default == 1)
        #expect((error(420, "2FA_CONFIRM_WAIT_9") as? RPCError.TwoFaConfirmWait)?.seconds == 9)
    }

    @Test func hugeNumbersDoNotTrap() {
        for digits in 1...40 {
            let error = error(406, "CHAT_WAIT_\(String(repeating: "9", count: digits))MIN")
            #expect((error as? RPCError.ChatWait).map { $0.duration >= .zero } ?? true)
        }
    }

    @Test func classesStandBelowTheFamilyOfTheirCode() {
        #expect(error(400, "FIRSTNAME_INVALID") is RPCError.FirstNameInvalid)
        #expect(error(400, "FIRSTNAME_INVALID") is RPCError.BadRequest)
        #expect(error(500, "PING_FAILED") is RPCError.PingFailed)
        #expect(error(401, "TYPE") is RPCError.TypeValue)
        #expect(error(-503, "Timeout") is RPCError.Timeout)
        #expect(error(503, "TIMEOUT") is RPCError.TimedOut)
        #expect(error(599, "ODD_CODE") is RPCError.StrangeCode)
    }

    @Test func explanationIsTheTextOfTheTable() {
        #expect(
            error(400, "FIRSTNAME_INVALID").explanation
                == "The first name is \"invalid\": \\(no backslash)\nor line break helps. "
                + "This sentence is long enough to be spread over two lines of a comment."
        )
        #expect(error(401, "TYPE").explanation == nil)
    }
}
