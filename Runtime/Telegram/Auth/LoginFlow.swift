import TelegramAPI

/// A user's way from nothing to being signed in: what was entered and what the server says in, what to ask and to send
/// next out. It knows no network and no clock.
struct LoginFlow: Sendable {
    enum Step: Sendable {
        case askPhone
        case requestCode(PhoneNumber)
        case askCode(SentCode)
        /// Send the code, with what is remembered of the phone number.
        case sendCode(String, PhoneNumber)
        /// Find out the hint of the password, before asking for it.
        case fetchHint
        case askPassword(hint: String?)
        case checkPassword(String)
        case finish(User)
        case fail(any Error)
    }

    enum Event: Sendable {
        /// Somebody has entered what was asked for.
        case entered(String)
        /// A code is on its way.
        case sent(SentCode)
        case hint(String?)
        case signedIn(User)
        /// The last step has failed.
        case failed(any Error)
    }

    /// Where the password comes from.
    enum PasswordSource: Sendable {
        case none
        case fixed(String)
        case asked
    }

    private enum State: Sendable {
        case phone
        case requestingCode(PhoneNumber)
        case code(SentCode)
        case sendingCode(SentCode)
        case fetchingHint
        case password(hint: String?)
        case checkingPassword(hint: String?)
        case ended
    }

    private let maxAttempts: Int
    private let isPhoneAsked: Bool
    private let passwordSource: PasswordSource
    private var state = State.phone
    private var phoneAttempts = 0
    private var codeAttempts = 0
    private var passwordAttempts = 0

    /// - Parameters:
    ///   - isPhoneAsked: Whether another phone number can be had when one is wrong.
    ///   - maxAttempts: How often each thing is asked for; at least once.
    init(isPhoneAsked: Bool, passwordSource: PasswordSource, maxAttempts: Int) {
        self.isPhoneAsked = isPhoneAsked
        self.passwordSource = passwordSource
        self.maxAttempts = max(maxAttempts, 1)
    }

    /// Begins with the phone number.
    mutating func begin() -> Step {
        state = .phone
        return .askPhone
    }

    /// Begins with the password: everything else has been proved in another way.
    mutating func beginWithPassword() -> Step { passwordNeeded() }

    /// What to do next.
    mutating func next(after event: Event) -> Step {
        switch (state, event) {
        case (_, .signedIn(let user)): return finish(user)
        case (.phone, .entered(let text)): return phoneEntered(text)
        case (.requestingCode, .sent(let sent)): return codeSent(sent)
        case (.requestingCode, .failed(let error)): return codeRefused(error)
        case (.code(let sent), .entered(let code)): return codeEntered(code, sent)
        case (.sendingCode(let sent), .failed(let error)): return codeRejected(error, sent)
        case (.fetchingHint, .hint(let hint)): return ask(hint)
        case (.password(let hint), .entered(let password)):
            state = .checkingPassword(hint: hint)
            return .checkPassword(password)
        case (.checkingPassword(let hint), .failed(let error)): return passwordRejected(error, hint)
        case (_, .failed(let error)): return fail(error)
        default: return fail(SignInError(.unexpectedAnswer, "the sign-in has come to a point that it does not know"))
        }
    }

    private mutating func finish(_ user: User) -> Step {
        state = .ended
        return .finish(user)
    }

    private mutating func fail(_ error: any Error) -> Step {
        state = .ended
        return .fail(error)
    }

    // MARK: - Phone number

    private mutating func phoneEntered(_ text: String) -> Step {
        guard let phone = PhoneNumber(text) else {
            let error = SignInError(
                .invalidPhoneNumber,
                "what was entered is no phone number; write it with the country's code, as in '+39 600 000 000'"
            )
            return phoneRejected(error)
        }
        state = .requestingCode(phone)
        return .requestCode(phone)
    }

    private mutating func phoneRejected(_ error: any Error) -> Step {
        guard isPhoneAsked else { return fail(error) }
        phoneAttempts += 1
        guard phoneAttempts < maxAttempts else { return fail(exhausted("phone numbers", error)) }
        state = .phone
        return .askPhone
    }

    // MARK: - Code

    private mutating func codeSent(_ sent: SentCode) -> Step {
        if let user = sent.user { return finish(user) }
        guard sent.delivery.kind != .emailSetupRequired else {
            return fail(
                SignInError(
                    .emailSetupRequired,
                    "the server sends no code before an e-mail address for codes is set up; "
                        + "do it with an official app, or with 'account.sendVerifyEmailCode'"
                )
            )
        }
        state = .code(sent)
        return .askCode(sent)
    }

    private mutating func codeRefused(_ error: any Error) -> Step {
        switch error {
        // The device has signed in with this account before, and needs no code.
        case is RPCError.SessionPasswordNeeded: return passwordNeeded()
        case is RPCError.PhoneNumberInvalid: return phoneRejected(error)
        default: return fail(error)
        }
    }

    private mutating func codeEntered(_ code: String, _ sent: SentCode) -> Step {
        state = .sendingCode(sent)
        return .sendCode(code, sent.phone)
    }

    private mutating func codeRejected(_ error: any Error, _ sent: SentCode) -> Step {
        switch error {
        case is RPCError.SessionPasswordNeeded: return passwordNeeded()
        case is RPCError.PhoneCodeInvalid, is RPCError.PhoneCodeEmpty, is RPCError.PhoneCodeHashEmpty,
            is RPCError.PhoneCodeExpired, is RPCError.CodeInvalid, is RPCError.CodeEmpty:
            break
        default: return fail(error)
        }
        codeAttempts += 1
        guard codeAttempts < maxAttempts else { return fail(exhausted("codes", error)) }
        if error is RPCError.PhoneCodeExpired || error is RPCError.PhoneCodeHashEmpty {
            // No answer to the old question can be right any more.
            state = .requestingCode(sent.phone)
            return .requestCode(sent.phone)
        }
        state = .code(sent)
        return .askCode(sent)
    }

    // MARK: - Password

    private mutating func passwordNeeded() -> Step {
        switch passwordSource {
        case .none:
            return fail(
                SignInError(
                    .passwordRequired,
                    "the account has a password, and the login method has none; give it one, "
                        + "or call 'signIn(password:)'"
                )
            )
        case .fixed(let password):
            state = .checkingPassword(hint: nil)
            return .checkPassword(password)
        case .asked:
            state = .fetchingHint
            return .fetchHint
        }
    }

    private mutating func ask(_ hint: String?) -> Step {
        state = .password(hint: hint)
        return .askPassword(hint: hint)
    }

    private mutating func passwordRejected(_ error: any Error, _ hint: String?) -> Step {
        passwordAttempts += 1
        guard error is RPCError.PasswordHashInvalid, case .asked = passwordSource, passwordAttempts < maxAttempts else {
            return fail(error)
        }
        return ask(hint)
    }

    private func exhausted(_ what: String, _ error: any Error) -> SignInError {
        SignInError(
            .tooManyAttempts,
            "\(maxAttempts) \(what) were wrong; begin anew, or allow more with 'maxAttempts'",
            underlying: error
        )
    }
}
