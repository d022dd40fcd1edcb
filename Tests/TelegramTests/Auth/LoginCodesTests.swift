import Testing

@testable import Telegram

struct LoginCodesTests {
    @Test func lastNumberIsMeantWhenNoneIsGiven() throws {
        var codes = LoginCodes()
        codes.remember(try .test(phone: "1", hash: "a"))
        codes.remember(try .test(phone: "2", hash: "b"))
        #expect(try codes.find(nil, hash: nil).hash == "b")
        #expect(try codes.find(PhoneNumber("1"), hash: nil).hash == "a")
    }

    @Test func withoutARequestThereIsNothingToSignInWith() throws {
        var codes = LoginCodes()
        let first = #expect(throws: SignInError.self) { try codes.find(nil, hash: nil) }
        #expect(first?.code == .codeNotRequested)
        codes.remember(try .test(phone: "1", hash: "a"))
        let second = #expect(throws: SignInError.self) { try codes.find(PhoneNumber("2"), hash: nil) }
        #expect(second?.code == .codeNotRequested)
        codes.forget(try SentCode.test(phone: "1").phone)
        #expect(throws: SignInError.self) { try codes.find(nil, hash: nil) }
    }

    @Test func hashThatIsGivenIsUsed() throws {
        var codes = LoginCodes()
        codes.remember(try .test(phone: "1", hash: "a", type: .sentCodeTypeEmailCode(emailPattern: "a*", length: 6)))
        #expect(try codes.find(nil, hash: "z") == LoginCodes.Pending(phone: try .test("1"), hash: "z"))
        // The remembered one is known to have gone to an address.
        #expect(try codes.find(nil, hash: "a").isEmail)
        #expect(try codes.find(PhoneNumber("2"), hash: "q").hash == "q")
    }

    @Test func emptyHashIsNoHash() throws {
        var codes = LoginCodes()
        codes.remember(try .test(phone: "1", hash: "a"))
        codes.remember(try .test(phone: "1", hash: ""))
        #expect(throws: SignInError.self) { try codes.find(nil, hash: nil) }
    }

    @Test(
        arguments: [
            ("123:abc", 123), (" 5000000001:x:y\n", 5_000_000_001), ("123", nil), ("123:", nil), (":abc", nil),
            ("-1:abc", nil), ("a:b", nil), ("", nil),
        ] as [(String, Int64?)]
    )
    func tokensOfBotsAreANumberAndASecret(text: String, id: Int64?) {
        #expect((try? BotToken(text))?.botID == id)
    }

    @Test(arguments: [("", ""), ("  ", ""), (" a b ", "a b"), ("\n12345\r\n", "12345"), ("x", "x")])
    func spaceAroundIsLeftOut(text: String, expected: String) {
        #expect(text.trimmed == expected)
    }
}

extension PhoneNumber {
    fileprivate static func test(_ digits: String) throws -> PhoneNumber { try SentCode.test(phone: digits).phone }
}
