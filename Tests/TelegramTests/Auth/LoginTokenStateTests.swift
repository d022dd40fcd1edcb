import Testing

@testable import Telegram

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

struct LoginTokenStateTests {
    private func answer(_ token: [UInt8] = [1], expires: Int32 = 1_030) -> TL.auth.LoginToken {
        .loginToken(expires: expires, token: token)
    }

    @Test func codeIsGoodUntilTheServersClockSaysSo() throws {
        var state = LoginTokenState()
        // This machine's clock is of no importance: only the server's, and how time passes here.
        _ = try state.received(answer(expires: 1_030), serverTime: .seconds(1_000), monotonic: .seconds(5))
        #expect(state.deadline == .seconds(35))
        #expect(state.code?.expiresAt == Date(timeIntervalSince1970: 1_030))
        _ = try state.received(answer(expires: 1_030), serverTime: .seconds(2_000), monotonic: .seconds(50))
        #expect(state.deadline == .seconds(50))
    }

    @Test(
        arguments: [
            ([0xfb, 0xff, 0xfe], "tg://login?token=-__-"), ([0], "tg://login?token=AA"),
            ([0, 0], "tg://login?token=AAA"),
            ([0x66, 0x6f, 0x6f], "tg://login?token=Zm9v"),
        ] as [([UInt8], String)]
    )
    func linkHasTheTokenInBase64ForLinks(token: [UInt8], link: String) throws {
        var state = LoginTokenState()
        _ = try state.received(answer(token), serverTime: .zero, monotonic: .zero)
        let code = try #require(state.code)
        #expect(code.url.absoluteString == link)
        #expect(Array(code.token) == token)
    }

    @Test func accountElsewhereIsImportedThere() throws {
        var state = LoginTokenState()
        let elsewhere = TL.auth.LoginToken.loginTokenMigrateTo(dcID: 4, token: [9])
        for _ in 0..<3 {
            guard case .import([9], 4) = try state.received(elsewhere, serverTime: .zero, monotonic: .zero) else {
                Issue.record("an import was expected")
                return
            }
        }
        let error = #expect(throws: SignInError.self) {
            try state.received(elsewhere, serverTime: .zero, monotonic: .zero)
        }
        #expect(error?.code == .unexpectedAnswer)
    }

    @Test func descriptionOfACodeHidesIt() throws {
        var state = LoginTokenState()
        _ = try state.received(answer([0x66, 0x6f, 0x6f]), serverTime: .zero, monotonic: .zero)
        let code = try #require(state.code)
        var dumped = ""
        dump(code, to: &dumped)
        for text in ["\(code)", String(reflecting: code), dumped] { #expect(!text.contains("Zm9v")) }
    }
}
