import MTProtoCrypto
import TelegramAPI

extension TelegramClient {
    /// Asks for the code that has been sent to a new recovery address; `length` is the number of its characters.
    public typealias EmailCodeProvider = @Sendable (_ length: Int) async throws -> String

    /// How often a code from an e-mail is asked for.
    private static var maximumEmailCodes: Int { 3 }

    /// Whether the account has a password, and what helps when it is forgotten. Also to be asked while the password is
    /// the last thing that is missing to be signed in.
    public func twoStepVerification() async throws -> TwoStepVerification {
        TwoStepVerification(try await self(TL.account.GetPassword()))
    }

    /// Sets, changes or removes the password that is asked for besides the login code, and the address for recovering
    /// it.
    ///
    /// | `currentPassword` | `newPassword` | effect |
    /// | --- | --- | --- |
    /// | none | given | sets a password, if the account has none |
    /// | given | given | changes it |
    /// | given | none | removes it; with a `recoveryEmail` it stays, and gets that address |
    /// | none | none | nothing; returns `false` |
    ///
    /// - Parameters:
    ///   - currentPassword: Ignored when the account has none.
    ///   - newPassword: An empty one is none.
    ///   - hint: Everybody who tries to sign in sees it.
    ///   - recoveryEmail: Where a code can be sent when the password is forgotten. The server sends one at once, to see
    ///     that the address is right.
    ///   - emailCode: Asks for that code, again when it is wrong, three times at most.
    /// - Returns: Whether something has been changed.
    /// - Throws: `RPCError`: `PasswordHashInvalid` when the current password is wrong or missing, `EmailInvalid`;
    ///   ``SignInError`` with `emailCodeRequired` when there is an address and no `emailCode`,
    ///   `unsupportedPasswordCheck`.
    ///
    /// See <https://core.telegram.org/api/srp#setting-a-new-2fa-password>.
    @discardableResult
    public func updateTwoStepVerification(
        currentPassword: String? = nil,
        newPassword: String? = nil,
        hint: String = "",
        recoveryEmail: String? = nil,
        emailCode: EmailCodeProvider? = nil
    ) async throws -> Bool {
        let newPassword = newPassword?.isEmpty == true ? nil : newPassword
        guard currentPassword != nil || newPassword != nil else { return false }
        guard recoveryEmail == nil || emailCode != nil else {
            throw SignInError(
                .emailCodeRequired,
                "an address was given, and nothing that asks for the code that is sent to it; give 'emailCode', too"
            )
        }
        let change = PasswordChange(current: currentPassword, new: newPassword, hint: hint, email: recoveryEmail)
        do {
            return try await provingPassword { question in
                guard let request = try change.request(question, configuration.random) else { return false }
                return try await self(request)
            }
        } catch let error as RPCError.EmailUnconfirmed {
            guard let emailCode else { throw error }
            try await confirmEmail(codeLength: error.codeLength, emailCode)
            return true
        }
    }

    private func confirmEmail(codeLength: Int, _ emailCode: EmailCodeProvider) async throws {
        for _ in 1..<Self.maximumEmailCodes {
            let code = try await emailCode(codeLength).trimmed
            do {
                _ = try await self(TL.account.ConfirmPasswordEmail(code: code))
                return
            } catch let error as RPCError where error is RPCError.CodeInvalid || error is RPCError.CodeEmpty {
                core.log.debug("the code from the e-mail is asked for again: \(error.name)")
            }
        }
        _ = try await self(TL.account.ConfirmPasswordEmail(code: emailCode(codeLength).trimmed))
    }

    // MARK: - The address

    /// Confirms the recovery address later, when
    /// ``updateTwoStepVerification(currentPassword:newPassword:hint:recoveryEmail:emailCode:)`` did not come to its
    /// end.
    /// - Throws: `RPCError`: `CodeInvalid`, `EmailHashExpired`.
    public func confirmRecoveryEmail(code: String) async throws {
        _ = try await self(TL.account.ConfirmPasswordEmail(code: code.trimmed))
    }

    /// Has another code sent to the recovery address that waits for its confirmation.
    public func resendRecoveryEmailCode() async throws { _ = try await self(TL.account.ResendPasswordEmail()) }

    /// Takes back the recovery address that waits for its confirmation; if it came with a first password, that, too.
    public func cancelRecoveryEmail() async throws { _ = try await self(TL.account.CancelPasswordEmail()) }

    // MARK: - A forgotten password

    /// Has a code sent to the recovery address, for ``recoverPassword(code:newPassword:hint:)``.
    /// - Returns: The address, with most of it left out.
    /// - Throws: `RPCError`: `PasswordRecoveryNa` when there is no address, `PasswordEmpty` when there is no password.
    ///
    /// See <https://core.telegram.org/api/srp#email-recovery>.
    public func requestPasswordRecovery() async throws -> String {
        try await self(TL.auth.RequestPasswordRecovery()).emailPattern
    }

    /// Replaces a forgotten password, or removes it, and signs in if that is what it was needed for.
    /// - Parameters:
    ///   - code: From the e-mail.
    ///   - newPassword: `nil` leaves the account without one.
    ///   - hint: Everybody who tries to sign in sees it.
    /// - Throws: `RPCError`: `CodeInvalid`, `PasswordRecoveryExpired`.
    @discardableResult
    public func recoverPassword(code: String, newPassword: String? = nil, hint: String = "") async throws -> User {
        let settings: TL.account.PasswordInputSettings?
        if let newPassword, !newPassword.isEmpty {
            let question = PasswordQuestion(try await self(TL.account.GetPassword()))
            let change = PasswordChange(current: nil, new: newPassword, hint: hint, email: nil)
            settings = try change.settings(question, configuration.random)
        } else {
            settings = nil
        }
        return try await finish(self(TL.auth.RecoverPassword(code: code.trimmed, newSettings: settings)))
    }

    /// Has a forgotten password taken away without a recovery address: the first call starts a wait of a week, in which
    /// any session of the account can call it off; another one after that does it. Somebody has to be signed in.
    ///
    /// See <https://core.telegram.org/api/srp#password-reset>.
    public func resetPassword() async throws -> PasswordReset {
        PasswordReset(try await self(TL.account.ResetPassword()))
    }

    /// Calls off what ``resetPassword()`` has begun.
    public func cancelPasswordReset() async throws { _ = try await self(TL.account.DeclinePasswordReset()) }
}
