import TelegramAPI
import Testing

/// How callers meet errors: by class, by family, or by name.
@Suite struct ErrorMatchingTests {
    /// Which branch of a `catch` chain takes an error.
    private func branch(for thrown: RPCError) -> String {
        do {
            throw thrown as any Error
        } catch let error as RPCError.FloodWait {
            return "wait for \(error.duration)"
        } catch is RPCError.SessionPasswordNeeded {
            return "password"
        } catch let error as RPCError.InvalidDC {
            return "data centre \(error.value ?? 0)"
        } catch let error as RPCError.BadRequest where error.name == "A_BRAND_NEW_NAME" {
            return "new"
        } catch is RPCError.BadRequest {
            return "bad request"
        } catch let error as RPCError {
            return "code \(error.code)"
        } catch {
            return "something else"
        }
    }

    @Test(arguments: [
        (420, "FLOOD_WAIT_5", "wait for 5.0 seconds"), (401, "SESSION_PASSWORD_NEEDED", "password"),
        (303, "PHONE_MIGRATE_4", "data centre 4"), (303, "NEW_KIND_OF_MIGRATE_5", "data centre 5"),
        (400, "A_BRAND_NEW_NAME", "new"), (400, "USERNAME_OCCUPIED", "bad request"),
        (400, "ANOTHER_NEW_NAME", "bad request"), (403, "CHAT_WRITE_FORBIDDEN", "code 403"), (777, "NAME", "code 777"),
    ])
    func catchClausesMatch(code: Int, name: String, expected: String) {
        #expect(branch(for: RPCError.make(code: code, name: name)) == expected)
    }

    @Test(arguments: [303, 400, 401, 403, 404, 406, 420, 500, 503])
    func unknownNameGivesItsFamily(code: Int) {
        for sign in [1, -1] {
            let error = RPCError.make(code: sign * code, name: "NO_SUCH_NAME_12_OF_34")
            #expect(type(of: error) == RPCError.family(ofCode: code))
            #expect(type(of: error) != RPCError.self)
            #expect(error.code == code)
            #expect(error.value == 12)
            #expect(error.explanation == nil)
        }
    }

    @Test func descriptionTellsTheNumber() {
        let error = RPCError.make(code: 420, name: "FLOOD_WAIT_42")
        #expect(error.description.hasPrefix("FLOOD_WAIT_42 (420): "))
        #expect(error.description.contains("Wait 42 seconds"))
    }

    @Test(arguments: [0, 1, 304, 502, -404_000, Int.max, .min])
    func unknownCodeGivesTheBaseClass(code: Int) {
        let error = RPCError.make(code: code, name: "NO_SUCH_NAME")
        #expect(type(of: error) == RPCError.self)
        #expect(error.code == Int(clamping: code.magnitude))
        #expect(error.value == nil)
    }

    @Test(arguments: ["", " ", "%d", "%D", "FLOOD_WAIT_", "FLOOD_WAIT_X", "FLOOD_WAIT_\u{0663}", "\u{1F642}"])
    func namesThatOnlyLookKnownAreUnknown(name: String) {
        let error = RPCError.make(code: 420, name: name)
        #expect(type(of: error) == RPCError.Flood.self)
        #expect(error.name == name)
        #expect(error.value == nil)
    }
}
