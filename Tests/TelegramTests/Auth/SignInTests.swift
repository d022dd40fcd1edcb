import MTProto
import MTProtoCrypto
import TelegramTesting
import Testing

@testable import Telegram

/// Step by step, against the small Telegram.
@Suite(.timeLimit(.minutes(10)))
struct SignInTests {
    // MARK: - Codes

    @Test func codeSignsIn() async throws {
        try await ClientFixture.run { fixture in
            let ann = try fixture.addAnn()
            let sent = try await fixture.client.requestLoginCode(phone: fixture.phone)
            #expect(sent.delivery.kind == .sms)
            #expect(sent.length == 5)
            #expect(sent.nextDelivery?.kind == .call)
            #expect(sent.timeout == .seconds(60))
            let user = try await fixture.client.signIn(code: " \(fixture.code)\n")
            #expect(user.id == ann.id)
            #expect(fixture.client.account?.userID == ann.id)
            let content = try await fixture.savedContent()
            #expect(content.account?.userID == ann.id)
            #expect(content.updateState != nil)
        }
    }

    @Test func secondRequestSendsTheCodeInTheNextWay() async throws {
        try await ClientFixture.run { fixture in
            try fixture.addAnn()
            let first = try await fixture.client.requestLoginCode(phone: fixture.phone)
            let second = try await fixture.client.requestLoginCode(phone: fixture.phone)
            #expect(second.delivery.kind == .call)
            #expect(second.nextDelivery == nil)
            #expect(second.codeHash == first.codeHash)
            // All ways are used up: it begins anew.
            let third = try await fixture.client.requestLoginCode(phone: fixture.phone)
            #expect(third.delivery.kind == .sms)
            #expect(third.codeHash != first.codeHash)
            #expect(fixture.count(of: "auth.sendCode") == 2)
            try await fixture.client.signIn(phone: fixture.phone, code: fixture.code)
        }
    }

    @Test func resendingSaysWhenThereIsNoOtherWay() async throws {
        try await ClientFixture.run { fixture in
            try fixture.addAnn()
            let error = await #expect(throws: SignInError.self) { try await fixture.client.resendLoginCode() }
            #expect(error?.code == .codeNotRequested)
            try await fixture.client.requestLoginCode(phone: fixture.phone)
            #expect(try await fixture.client.resendLoginCode().delivery.kind == .call)
            await #expect(throws: RPCError.SendCodeUnavailable.self) { try await fixture.client.resendLoginCode() }
            try await fixture.client.signIn(code: fixture.code)
        }
    }

    @Test func expiredCodeIsForgottenAndRequestedAnew() async throws {
        try await ClientFixture.run { fixture in
            try fixture.addAnn()
            let first = try await fixture.client.requestLoginCode(phone: fixture.phone)
            let code = fixture.code
            fixture.clock.advance(by: .seconds(301))
            await #expect(throws: RPCError.PhoneCodeExpired.self) { try await fixture.client.signIn(code: code) }
            let forgotten = await #expect(throws: SignInError.self) { try await fixture.client.signIn(code: code) }
            #expect(forgotten?.code == .codeNotRequested)
            let second = try await fixture.client.requestLoginCode(phone: fixture.phone)
            #expect(second.codeHash != first.codeHash)
            fixture.clock.advance(by: .seconds(301))
            // It is asked to send the second one again, which has expired, too.
            let third = try await fixture.client.requestLoginCode(phone: fixture.phone)
            #expect(third.codeHash != second.codeHash)
            try await fixture.client.signIn(code: fixture.code)
        }
    }

    @Test func restartOfTheServerIsHeeded() async throws {
        try await ClientFixture.run { fixture in
            try fixture.addAnn()
            let restart = RPCError.test("AUTH_RESTART", code: 500)
            fixture.server.failNext(TL.auth.SendCode.self, times: 3, with: restart)
            try await fixture.client.requestLoginCode(phone: fixture.phone)
            try await fixture.client.cancelLoginCode()
            fixture.server.failNext(TL.auth.SendCode.self, times: 4, with: restart)
            await #expect(throws: RPCError.AuthRestart.self) {
                try await fixture.client.requestLoginCode(phone: fixture.phone)
            }
        }
    }

    @Test func cancelledCodeIsWorthless() async throws {
        try await ClientFixture.run { fixture in
            try fixture.addAnn()
            let sent = try await fixture.client.requestLoginCode(phone: fixture.phone)
            let code = fixture.code
            try await fixture.client.cancelLoginCode()
            await #expect(throws: RPCError.PhoneCodeExpired.self) {
                try await fixture.client.signIn(phone: fixture.phone, code: code, codeHash: sent.codeHash)
            }
        }
    }

    @Test func wrongCodeCanBeCorrected() async throws {
        try await ClientFixture.run { fixture in
            try fixture.addAnn()
            try await fixture.client.requestLoginCode(phone: fixture.phone)
            await #expect(throws: RPCError.PhoneCodeInvalid.self) {
                try await fixture.client.signIn(code: fixture.wrongCode)
            }
            #expect(fixture.client.account == nil)
            try await fixture.client.signIn(code: fixture.code)
        }
    }

    @Test func hashCanComeFromElsewhere() async throws {
        try await ClientFixture.run { fixture in
            let ann = try fixture.addAnn()
            let sent = try await fixture.client.requestLoginCode(phone: fixture.phone)
            await fixture.client.disconnect()
            // Another run of the program, with the same session.
            try await fixture.withAnotherClient(session: fixture.session) { other in
                let user = try await other.signIn(phone: fixture.phone, code: fixture.code, codeHash: sent.codeHash)
                #expect(user.id == ann.id)
            }
        }
    }

    @Test func accountElsewhereMovesTheClient() async throws {
        try await ClientFixture.run { fixture in
            try fixture.addAnn(dataCenter: 4)
            try await fixture.client.requestLoginCode(phone: fixture.phone)
            #expect(fixture.client.homeDataCenter == 4)
            try await fixture.client.signIn(code: fixture.code)
            #expect(try await fixture.client(TL.help.GetNearestDc()).thisDC == 4)
        }
    }

    @Test func codeForAnAddressIsSentAsSuch() async throws {
        try await ClientFixture.run { fixture in
            let seen = Locked<[TL.auth.SignIn]>([])
            fixture.server.answer(TL.auth.SendCode.self) { _, _ in
                .sentCode(type: .sentCodeTypeEmailCode(emailPattern: "a***@e***.org", length: 6), phoneCodeHash: "h")
            }
            fixture.server.answer(TL.auth.SignIn.self) { request, _ in
                seen.withLock { $0.append(request) }
                throw RPCError.test("CODE_INVALID", code: 400)
            }
            let sent = try await fixture.client.requestLoginCode(phone: fixture.phone)
            #expect(sent.delivery.kind == .email)
            #expect(sent.delivery.hint == "a***@e***.org")
            await #expect(throws: RPCError.CodeInvalid.self) { try await fixture.client.signIn(code: "123456") }
            let request = try #require(seen.withLock { $0.first })
            #expect(request.phoneCode == nil)
            guard case .emailVerificationCode(let verification) = request.emailVerification else {
                Issue.record("the code was not sent as that of an address")
                return
            }
            #expect(verification.code == "123456")
        }
    }

    @Test func recognizedDeviceIsSignedInAtOnce() async throws {
        try await ClientFixture.run { fixture in
            fixture.server.answerUpdateState()
            fixture.server.answer(TL.auth.SendCode.self) { _, _ in
                .sentCodeSuccess(authorization: .authorization(user: .test(id: 5)))
            }
            let sent = try await fixture.client.requestLoginCode(phone: fixture.phone)
            #expect(sent.user?.id == 5)
            #expect(fixture.client.account?.userID == 5)
        }
    }

    @Test func paymentIsAnErrorOfItsOwn() async throws {
        try await ClientFixture.run { fixture in
            fixture.server.answer(TL.auth.SendCode.self) { _, _ in
                .sentCodePaymentRequired(
                    storeProduct: "premium",
                    phoneCodeHash: "h",
                    supportEmailAddress: "a@example.org",
                    supportEmailSubject: "s",
                    premiumDays: 7,
                    currency: "EUR",
                    amount: 99
                )
            }
            let error = await #expect(throws: SignInError.self) {
                try await fixture.client.requestLoginCode(phone: fixture.phone)
            }
            #expect(error?.code == .paymentRequired)
            #expect(error?.payment?.amount == 99)
        }
    }

    @Test func unknownNumberNeedsAnOfficialAppFirst() async throws {
        try await ClientFixture.run { fixture in
            try await fixture.client.requestLoginCode(phone: fixture.phone)
            let error = await #expect(throws: SignInError.self) {
                try await fixture.client.signIn(code: fixture.code)
            }
            #expect(error?.code == .signUpRequired)
            #expect(error?.termsOfService?.text.isEmpty == false)
            #expect(fixture.client.account == nil)
        }
    }

    // MARK: - Passwords

    @Test func passwordIsProved() async throws {
        try await ClientFixture.run { fixture in
            let ann = try fixture.addAnn(password: "correct horse")
            try await fixture.client.requestLoginCode(phone: fixture.phone)
            await #expect(throws: RPCError.SessionPasswordNeeded.self) {
                try await fixture.client.signIn(code: fixture.code)
            }
            #expect(fixture.client.account == nil)
            await #expect(throws: RPCError.PasswordHashInvalid.self) {
                try await fixture.client.signIn(password: "wrong horse")
            }
            let user = try await fixture.client.signIn(password: "correct horse")
            #expect(user.id == ann.id)
        }
    }

    @Test func questionThatTheServerHasForgottenIsAskedAgain() async throws {
        try await ClientFixture.run { fixture in
            try fixture.addAnn(password: "correct horse")
            try await fixture.client.requestLoginCode(phone: fixture.phone)
            _ = try? await fixture.client.signIn(code: fixture.code)
            fixture.server.failNext(TL.auth.CheckPassword.self, times: 2, with: .test("SRP_ID_INVALID", code: 400))
            try await fixture.client.signIn(password: "correct horse")
            #expect(fixture.count(of: "account.getPassword") == 3)
        }
    }

    @Test func questionIsNotAskedForever() async throws {
        try await ClientFixture.run { fixture in
            try fixture.addAnn(password: "correct horse")
            try await fixture.client.requestLoginCode(phone: fixture.phone)
            _ = try? await fixture.client.signIn(code: fixture.code)
            fixture.server.failNext(TL.auth.CheckPassword.self, times: 9, with: .test("SRP_ID_INVALID", code: 400))
            await #expect(throws: RPCError.SrpIdInvalid.self) {
                try await fixture.client.signIn(password: "correct horse")
            }
            #expect(fixture.count(of: "account.getPassword") == 3)
        }
    }

    @Test func groupThatGivesThePasswordAwayIsRefused() async throws {
        try await ClientFixture.run { fixture in
            fixture.server.answer(TL.account.GetPassword.self) { _, _ in
                .test(prime: [UInt8](repeating: 0xff, count: 256))
            }
            let error = await #expect(throws: SignInError.self) {
                try await fixture.client.signIn(password: "correct horse")
            }
            #expect(error?.code == .unsupportedPasswordCheck)
            #expect(fixture.count(of: "auth.checkPassword") == 0)
        }
    }

    @Test func accountWithoutPasswordIsAnErrorOfItsOwn() async throws {
        try await ClientFixture.run { fixture in
            fixture.server.answer(TL.account.GetPassword.self) { _, _ in .test(prime: nil) }
            let error = await #expect(throws: SignInError.self) { try await fixture.client.signIn(password: "x") }
            #expect(error?.code == .noPassword)
        }
    }

    // MARK: - Bots

    @Test func tokenSignsABotIn() async throws {
        try await ClientFixture.run { fixture in
            let bot = try fixture.server.telegram.addBot(name: "Echo", username: "echo_test_bot", dataCenter: 1)
            let user = try await fixture.client.signIn(botToken: bot.token ?? "")
            #expect(user.id == bot.id)
            #expect(fixture.client.account?.isBot == true)
            #expect(fixture.client.homeDataCenter == 1)
        }
    }

    @Test func wrongTokensAreRefusedHereOrThere() async throws {
        try await ClientFixture.run { fixture in
            let error = await #expect(throws: SignInError.self) { try await fixture.client.signIn(botToken: "abc") }
            #expect(error?.code == .invalidBotToken)
            #expect(fixture.count(of: "auth.importBotAuthorization") == 0)
            await #expect(throws: RPCError.AccessTokenInvalid.self) {
                try await fixture.client.signIn(botToken: "1:abc")
            }
        }
    }

    // MARK: - Somebody is signed in

    @Test func whoIsSignedInIsReturnedWithoutAnotherSignIn() async throws {
        try await ClientFixture.run { fixture in
            let ann = try fixture.addAnn()
            try await fixture.signInAnn()
            #expect(try await fixture.client.signIn(code: "1").id == ann.id)
            #expect(try await fixture.client.signIn(password: "x").id == ann.id)
            #expect(try await fixture.client.signIn(botToken: "1:abc").id == ann.id)
            #expect(fixture.count(of: "auth.signIn") == 1)
            #expect(fixture.count(of: "account.getPassword") == 0)
            #expect(fixture.count(of: "auth.importBotAuthorization") == 0)
        }
    }

    @Test func revokedSessionSignsInAgain() async throws {
        try await ClientFixture.run { fixture in
            let ann = try fixture.addAnn()
            try await fixture.signInAnn()
            fixture.server.telegram.revokeSessions(of: ann)
            try await fixture.signInAnn()
            #expect(fixture.count(of: "auth.signIn") == 2)
        }
    }
}

extension TL.account.Password {
    /// A question about a password with some prime; `nil` for an account that has none.
    fileprivate static func test(prime: [UInt8]?) -> TL.account.Password {
        let algorithm = TL.PasswordKdfAlgo.passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow(
            salt1: [1],
            salt2: [2],
            g: 3,
            p: prime ?? DiffieHellmanGroup.knownPrime
        )
        return TL.account.Password(
            hasPassword: prime != nil,
            currentAlgo: prime.map { _ in algorithm },
            srpB: prime.map { _ in [UInt8](repeating: 1, count: 256) },
            srpID: prime.map { _ in 1 },
            newAlgo: algorithm,
            newSecureAlgo: .securePasswordKdfAlgoUnknown,
            secureRandom: []
        )
    }
}
