import MTProto
import MTProtoCrypto
import TelegramTesting
import Testing

@testable import Telegram

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Setting, changing, removing and recovering a password.
@Suite(.timeLimit(.minutes(10)))
struct TwoStepVerificationTests {
    private func run(
        password: String? = nil,
        recoveryEmail: String? = nil,
        _ body: (ClientFixture, TestAccount) async throws -> Void
    ) async throws {
        try await ClientFixture.run { fixture in
            let ann = try fixture.addAnn(password: password, recoveryEmail: recoveryEmail)
            try await fixture.signInAnn(password: password)
            try await body(fixture, ann)
        }
    }

    /// Whether somebody who knows the password gets in; without one when it is `nil`.
    private func signsIn(_ fixture: ClientFixture, _ password: String?) async throws -> Bool {
        var isIn = false
        try await fixture.withAnotherClient { other in
            do {
                try await other.start(.user(phone: ClientFixture.phone, password: password) { _ in fixture.code })
                isIn = true
            } catch is RPCError.PasswordHashInvalid {
            } catch let error as SignInError where error.code == .passwordRequired {}
        }
        return isIn
    }

    @Test func passwordIsSetChangedAndRemoved() async throws {
        try await run { fixture, _ in
            #expect(try await fixture.client.updateTwoStepVerification(newPassword: "first", hint: "1st"))
            let state = try await fixture.client.twoStepVerification()
            #expect(state.hasPassword && state.hint == "1st" && !state.hasRecoveryEmail)
            #expect(try await signsIn(fixture, "first"))
            #expect(try await !signsIn(fixture, nil))

            #expect(try await fixture.client.updateTwoStepVerification(currentPassword: "first", newPassword: "second"))
            #expect(try await signsIn(fixture, "second"))
            #expect(try await !signsIn(fixture, "first"))

            #expect(try await fixture.client.updateTwoStepVerification(currentPassword: "second"))
            #expect(try await !fixture.client.twoStepVerification().hasPassword)
            #expect(try await signsIn(fixture, nil))
        }
    }

    @Test func nothingGivenIsNothingDone() async throws {
        try await run { fixture, _ in
            let isChanged = try await fixture.client.updateTwoStepVerification()
            #expect(!isChanged)
            #expect(fixture.count(of: "account.getPassword") == 0)
            // There is no password to be removed.
            #expect(try await !fixture.client.updateTwoStepVerification(currentPassword: "x"))
            #expect(try await !fixture.client.updateTwoStepVerification(newPassword: ""))
            #expect(fixture.count(of: "account.updatePasswordSettings") == 0)
        }
    }

    @Test func currentPasswordIsIgnoredWhereThereIsNone() async throws {
        try await run { fixture, _ in
            let isChanged = try await fixture.client.updateTwoStepVerification(
                currentPassword: "x",
                newPassword: "first"
            )
            #expect(isChanged)
            #expect(try await signsIn(fixture, "first"))
        }
    }

    @Test func wrongOrMissingPasswordChangesNothing() async throws {
        try await run(password: "first") { fixture, _ in
            await #expect(throws: RPCError.PasswordHashInvalid.self) {
                try await fixture.client.updateTwoStepVerification(currentPassword: "x", newPassword: "second")
            }
            await #expect(throws: RPCError.PasswordHashInvalid.self) {
                try await fixture.client.updateTwoStepVerification(newPassword: "second")
            }
            let isIn = try await signsIn(fixture, "first")
            #expect(isIn)
        }
    }

    @Test func newPasswordIsSaltedHere() async throws {
        try await run { fixture, _ in
            let seen = Locked<[TL.account.UpdatePasswordSettings]>([])
            fixture.server.answer(TL.account.UpdatePasswordSettings.self) { request, _ in
                seen.withLock { $0.append(request) }
                return true
            }
            for _ in 0..<2 { try await fixture.client.updateTwoStepVerification(newPassword: "same") }
            let requests = seen.withLock { $0 }
            let hashes = requests.map { $0.newSettings.newPasswordHash ?? [] }
            #expect(hashes.allSatisfy { $0.count == 256 })
            #expect(Set(hashes).count == 2)
        }
    }

    @Test func questionThatTheServerHasForgottenIsAskedAgain() async throws {
        try await run(password: "first") { fixture, _ in
            fixture.server.failNext(
                TL.account.UpdatePasswordSettings.self,
                with: .test("SRP_ID_INVALID", code: 400)
            )
            let isChanged = try await fixture.client.updateTwoStepVerification(
                currentPassword: "first",
                newPassword: "second"
            )
            #expect(isChanged)
            #expect(try await signsIn(fixture, "second"))
        }
    }

    // MARK: - E-mail

    @Test func addressIsConfirmedWithTheCodeThatWasSentThere() async throws {
        try await run { fixture, ann in
            let lengths = Locked<[Int]>([])
            let isChanged = try await fixture.client.updateTwoStepVerification(
                newPassword: "first",
                recoveryEmail: "ann@example.org"
            ) { length in
                let count = lengths.withLock { lengths in
                    lengths.append(length)
                    return lengths.count
                }
                return count == 1 ? "wrong" : fixture.server.telegram.emailCode(for: ann) ?? ""
            }
            #expect(isChanged)
            #expect(lengths.withLock { $0 } == [6, 6])
            #expect(try await fixture.client.twoStepVerification().hasRecoveryEmail)
            #expect(try await signsIn(fixture, "first"))
        }
    }

    @Test func addressNeedsSomebodyToAskForItsCode() async throws {
        try await run { fixture, _ in
            let error = await #expect(throws: SignInError.self) {
                try await fixture.client.updateTwoStepVerification(newPassword: "x", recoveryEmail: "a@example.org")
            }
            #expect(error?.code == .emailCodeRequired)
            #expect(fixture.count(of: "account.getPassword") == 0)
        }
    }

    @Test func wrongCodesAreNotTakenForever() async throws {
        try await run { fixture, _ in
            let count = Locked(0)
            await #expect(throws: RPCError.CodeInvalid.self) {
                try await fixture.client.updateTwoStepVerification(
                    newPassword: "first",
                    recoveryEmail: "ann@example.org"
                ) { _ in
                    count.withLock { $0 += 1 }
                    return "wrong"
                }
            }
            #expect(count.withLock { $0 } == 3)
        }
    }

    @Test func addressIsAddedWithoutTouchingThePassword() async throws {
        try await run(password: "first") { fixture, ann in
            try await fixture.client.updateTwoStepVerification(
                currentPassword: "first",
                recoveryEmail: "ann@example.org"
            ) { _ in fixture.server.telegram.emailCode(for: ann) ?? "" }
            #expect(try await fixture.client.twoStepVerification().hasRecoveryEmail)
            #expect(try await signsIn(fixture, "first"))
        }
    }

    @Test func confirmationCanComeLater() async throws {
        try await run { fixture, ann in
            await #expect(throws: CancellationError.self) {
                try await fixture.client.updateTwoStepVerification(
                    newPassword: "first",
                    recoveryEmail: "ann@example.org"
                ) { _ in throw CancellationError() }
            }
            let state = try await fixture.client.twoStepVerification()
            #expect(state.unconfirmedEmailPattern == "a***@e***.org")
            let first = fixture.server.telegram.emailCode(for: ann) ?? ""
            try await fixture.client.resendRecoveryEmailCode()
            let second = fixture.server.telegram.emailCode(for: ann) ?? ""
            #expect(first != second)
            try await fixture.client.confirmRecoveryEmail(code: " \(second) ")
            #expect(try await fixture.client.twoStepVerification().hasRecoveryEmail)
        }
    }

    @Test func addressCanBeTakenBack() async throws {
        try await run { fixture, _ in
            _ = try? await fixture.client.updateTwoStepVerification(
                newPassword: "first",
                recoveryEmail: "ann@example.org"
            ) { _ in throw CancellationError() }
            try await fixture.client.cancelRecoveryEmail()
            let state = try await fixture.client.twoStepVerification()
            #expect(state.unconfirmedEmailPattern == nil && !state.hasPassword)
        }
    }

    // MARK: - Recovery

    @Test(arguments: ["second", nil] as [String?])
    func forgottenPasswordIsReplacedWhileSigningIn(new: String?) async throws {
        try await ClientFixture.run { fixture in
            let ann = try fixture.addAnn(password: "forgotten", recoveryEmail: "ann@example.org")
            try await fixture.client.requestLoginCode(phone: fixture.phone)
            await #expect(throws: RPCError.SessionPasswordNeeded.self) {
                try await fixture.client.signIn(code: fixture.code)
            }
            #expect(try await fixture.client.requestPasswordRecovery() == "a***@e***.org")
            await #expect(throws: RPCError.CodeInvalid.self) {
                try await fixture.client.recoverPassword(code: "wrong", newPassword: new)
            }
            let code = fixture.server.telegram.emailCode(for: ann) ?? ""
            let user = try await fixture.client.recoverPassword(code: code, newPassword: new)
            #expect(user.id == ann.id)
            #expect(fixture.client.account?.userID == ann.id)
            #expect(try await signsIn(fixture, new))
            #expect(try await !signsIn(fixture, "forgotten") || new == nil)
        }
    }

    @Test func resetTellsWhenItGoesOn() async throws {
        try await run(password: "first") { fixture, _ in
            let answers = Locked<[TL.account.ResetPasswordResult]>([
                .resetPasswordRequestedWait(untilDate: 100), .resetPasswordFailedWait(retryDate: 200), .resetPasswordOk,
            ])
            fixture.server.answer(TL.account.ResetPassword.self) { _, _ in answers.withLock { $0.removeFirst() } }
            var seconds: [Double] = []
            for _ in 0..<3 {
                switch try await fixture.client.resetPassword() {
                case .waiting(let until): seconds.append(until.timeIntervalSince1970)
                case .refused(let until): seconds.append(-until.timeIntervalSince1970)
                case .done: seconds.append(0)
                }
            }
            #expect(seconds == [100, -200, 0])
        }
    }
}
