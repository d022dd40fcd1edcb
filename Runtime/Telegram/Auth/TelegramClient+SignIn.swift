import MTProtoCrypto
import TelegramAPI

extension TelegramClient {
    // MARK: - Codes

    /// Has a login code sent to the owner of a phone number, or sent again in another way when one is on its way
    /// already.
    ///
    /// The client remembers what belongs to the code, so ``signIn(phone:code:codeHash:)`` needs nothing but the code.
    /// When the server has recognized the device, ``SentCode/user`` is set and the sign-in is complete.
    /// - Throws: ``SignInError`` with `paymentRequired`; `RPCError`, such as `PhoneNumberInvalid`, `PhoneNumberBanned`
    ///   and `SessionPasswordNeeded`: then no code is needed, and ``signIn(password:)`` goes on.
    ///
    /// See <https://core.telegram.org/method/auth.sendCode>.
    @discardableResult
    public func requestLoginCode(phone: PhoneNumber) async throws -> SentCode {
        var request = CodeRequest(hash: loginCodes.withLock { $0.hash(for: phone) })
        while true {
            do {
                return try await keep(send(request.action, phone), for: phone)
            } catch {
                if error is RPCError.PhoneCodeExpired { loginCodes.withLock { $0.forget(phone) } }
                guard request.canRecover(from: error) else { throw error }
                core.log.debug("the request for a code begins anew: \(error)")
            }
        }
    }

    /// Has the code that is on its way sent again, as ``SentCode/nextDelivery`` says. It is the same code, or another
    /// one.
    /// - Parameter phone: The number that it is for; `nil` means the last one that a code was requested for.
    /// - Throws: ``SignInError`` with `codeNotRequested`; `RPCError`: `SendCodeUnavailable` when there is no other way,
    ///   `PhoneCodeExpired` when it takes a new request.
    ///
    /// See <https://core.telegram.org/method/auth.resendCode>.
    @discardableResult
    public func resendLoginCode(phone: PhoneNumber? = nil) async throws -> SentCode {
        let pending = try loginCodes.withLock { codes throws(SignInError) in try codes.find(phone, hash: nil) }
        return try await forgettingExpired(pending.phone) {
            try await keep(send(.resend(hash: pending.hash), pending.phone), for: pending.phone)
        }
    }

    /// Makes the code that is on its way worthless.
    /// - Parameter phone: The number that it is for; `nil` means the last one that a code was requested for.
    /// - Throws: ``SignInError`` with `codeNotRequested`; `RPCError`.
    public func cancelLoginCode(phone: PhoneNumber? = nil) async throws {
        let pending = try loginCodes.withLock { codes throws(SignInError) in try codes.find(phone, hash: nil) }
        try await forgettingExpired(pending.phone) {
            _ = try await self(TL.auth.CancelCode(phoneNumber: pending.phone.digits, phoneCodeHash: pending.hash))
        }
        loginCodes.withLock { $0.forget(pending.phone) }
    }

    // MARK: - Signing in

    /// Signs a user in with the code that has been sent. When somebody is signed in already it changes nothing, and
    /// returns who that is.
    /// - Parameters:
    ///   - phone: `nil` means the last one that a code was requested for.
    ///   - code: As it was entered; spaces around it do not matter.
    ///   - codeHash: Of ``SentCode``; `nil` means the one that the client remembers for the number.
    /// - Throws: ``SignInError`` with `codeNotRequested`, or with `signUpRequired` when nobody has an account with this
    ///   number; `RPCError`: `PhoneCodeInvalid`, `PhoneCodeExpired`, and `SessionPasswordNeeded` when the account has a
    ///   password, which ``signIn(password:)`` takes.
    ///
    /// See <https://core.telegram.org/method/auth.signIn>.
    @discardableResult
    public func signIn(phone: PhoneNumber? = nil, code: String, codeHash: String? = nil) async throws -> User {
        if let user = try await currentUser() { return user }
        let pending = try loginCodes.withLock { codes throws(SignInError) in try codes.find(phone, hash: codeHash) }
        let code = code.trimmed
        return try await forgettingExpired(pending.phone) {
            try await finish(
                self(
                    TL.auth.SignIn(
                        phoneNumber: pending.phone.digits,
                        phoneCodeHash: pending.hash,
                        phoneCode: pending.isEmail ? nil : code,
                        emailVerification: pending.isEmail ? .emailVerificationCode(code: code) : nil
                    )
                )
            )
        }
    }

    /// Signs a user in with the password, when the code or the QR code was right and `SessionPasswordNeeded` was
    /// thrown.
    ///
    /// The password itself never leaves the program: what is sent proves that one knows it. The proof takes some tens
    /// of milliseconds of computing.
    /// - Throws: `RPCError.PasswordHashInvalid` when it is wrong; ``SignInError`` with `noPassword` or
    ///   `unsupportedPasswordCheck`.
    ///
    /// See <https://core.telegram.org/api/srp>.
    @discardableResult
    public func signIn(password: String) async throws -> User {
        if let user = try await currentUser() { return user }
        return try await finish(
            provingPassword { question in
                try await self(TL.auth.CheckPassword(password: question.proof(of: password, configuration.random)))
            }
        )
    }

    /// Signs a bot in.
    /// - Parameter botToken: From BotFather, `123456:ABC...`.
    /// - Throws: ``SignInError`` with `invalidBotToken` when it is not of that form; `RPCError`: `AccessTokenInvalid`,
    ///   `AccessTokenExpired`.
    ///
    /// See <https://core.telegram.org/method/auth.importBotAuthorization>.
    @discardableResult
    public func signIn(botToken: String) async throws -> User {
        let token = try BotToken(botToken)
        if let user = try await currentUser() { return user }
        return try await finish(
            self(
                TL.auth.ImportBotAuthorization(
                    flags: 0,
                    apiID: apiID,
                    apiHash: apiHash,
                    botAuthToken: token.text
                )
            )
        )
    }

    // MARK: - Parts

    private func send(_ action: CodeRequest.Action, _ phone: PhoneNumber) async throws -> TL.auth.SentCode {
        switch action {
        case .send:
            try await self(
                TL.auth.SendCode(
                    phoneNumber: phone.digits,
                    apiID: apiID,
                    apiHash: apiHash,
                    settings: TL.CodeSettings()
                )
            )
        case .resend(let hash):
            try await self(TL.auth.ResendCode(phoneNumber: phone.digits, phoneCodeHash: hash))
        }
    }

    private func keep(_ answer: TL.auth.SentCode, for phone: PhoneNumber) async throws -> SentCode {
        switch answer {
        case .sentCode(let sent):
            let sent = SentCode(phone: phone, sent)
            loginCodes.withLock { $0.remember(sent) }
            return sent
        case .sentCodeSuccess(let success):
            return SentCode(phone: phone, user: try await finish(success.authorization))
        case .sentCodePaymentRequired(let payment):
            throw SignInError(
                .paymentRequired,
                "the server wants to be paid before it sends a code to this \(phone); "
                    + "sign in with a QR code, or with an official app first",
                payment: payment
            )
        }
    }

    /// Forgets a code that the server does not know any more.
    private func forgettingExpired<Result>(
        _ phone: PhoneNumber,
        _ body: () async throws -> Result
    ) async throws -> Result {
        do {
            return try await body()
        } catch let error as RPCError.PhoneCodeExpired {
            loginCodes.withLock { $0.forget(phone) }
            throw error
        }
    }

    /// The last step of every way to sign in.
    func finish(_ authorization: TL.auth.Authorization) async throws -> User {
        switch authorization {
        case .authorization(let authorization):
            try await signedIn(authorization.user)
            loginCodes.withLock { $0.forgetAll() }
            if let user = User(authorization.user) { return user }
            throw SignInError(.unexpectedAnswer, "the server answered the sign-in with an empty user; try again")
        case .authorizationSignUpRequired(let required):
            throw SignInError(
                .signUpRequired,
                "nobody has an account with this phone number; create one with an official app, and sign in then",
                termsOfService: required.termsOfService
            )
        }
    }

    /// Who is signed in, as the server sees it; `nil` when it is nobody, or a password is still missing.
    ///
    /// A fresh key is nobody's, and connecting has found out about an older one, unless there was trouble: then the
    /// question is still open.
    /// - Throws: what a request throws. Trouble must not look like nobody, or a user would be asked for a phone number
    ///   again.
    func currentUser() async throws -> User? {
        guard core.status.withLock({ $0.account != nil || $0.isAccountOpen }) else { return nil }
        let user = try await me()
        if user == nil { core.status.withLock { $0.isAccountOpen = false } }
        return user
    }
}

extension String {
    /// Without white space around it.
    var trimmed: String {
        let start = drop { $0.isWhitespace }
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...end])
    }
}
