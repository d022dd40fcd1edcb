import MTProtoCrypto
import TelegramAPI

extension TelegramClient {
    /// Connects if need be, and signs somebody in unless somebody is.
    ///
    /// When the session is signed in already nothing is asked, whoever it belongs to; if that is somebody else than the
    /// login method says, the log tells. The program has to ask for everything by itself; ``LoginMethod/console(_:)``
    /// asks at the terminal.
    /// - Parameters:
    ///   - login: How to sign in.
    ///   - maxAttempts: How often each of phone number, code and password is asked for while it is wrong.
    /// - Returns: Who is signed in.
    /// - Throws: ``SignInError``; ``ClientError`` with `notSignedIn` for ``LoginMethod/existing``; what the providers
    ///   of the method throw, which ends the sign-in; `RPCError`; what ``connect()`` throws.
    @discardableResult
    public func start(_ login: LoginMethod = .existing, maxAttempts: Int = 3) async throws -> User {
        try await connect()
        if let user = try await currentUser() {
            warn(of: login, user)
            return user
        }
        switch login.kind {
        case .existing:
            throw ClientError(
                .notSignedIn,
                "nobody is signed in with this session; call 'start' with another login method"
            )
        case .bot(let token): return try await signIn(botToken: token)
        case .user(let phone, let code, let password):
            return try await run(LoginPrompts(phone: phone, code: code, password: password, maxAttempts: maxAttempts))
        case .qrCode(let show, let password):
            do {
                return try await scan(show)
            } catch is RPCError.SessionPasswordNeeded {
                let prompts = LoginPrompts(phone: .fixed(""), code: nil, password: password, maxAttempts: maxAttempts)
                return try await run(prompts, beginsWithPassword: true)
            }
        }
    }

    /// Tells when the session belongs to somebody else. It is no error: the session is what the program has asked for,
    /// too.
    private func warn(of login: LoginMethod, _ user: User) {
        let isOther =
            switch login.kind {
            case .bot(let token): (try? BotToken(token)).map { $0.botID != user.id } ?? true
            case .user(.fixed(let phone), _, _): user.isBot || isOther(phone, than: user.phone)
            case .user, .qrCode: user.isBot
            case .existing: false
            }
        guard isOther else { return }
        core.log.debug(
            "the session is signed in as somebody else than the login method says; use another session for it"
        )
    }

    private func isOther(_ text: String, than phone: String?) -> Bool {
        guard let phone, let given = PhoneNumber(text) else { return false }
        return given.digits != phone
    }

    /// Does what the flow says until it has ended.
    private func run(_ prompts: LoginPrompts, beginsWithPassword: Bool = false) async throws -> User {
        var flow = prompts.flow
        var step = beginsWithPassword ? flow.beginWithPassword() : flow.begin()
        while true {
            switch step {
            case .finish(let user): return user
            case .fail(let error): throw error
            // What the program's own closures throw ends everything.
            case .askPhone: step = flow.next(after: .entered(try await prompts.askPhone()))
            case .askCode(let sent): step = flow.next(after: .entered(try await prompts.askCode(sent)))
            case .askPassword(let hint): step = flow.next(after: .entered(try await prompts.askPassword(hint)))
            default:
                do {
                    step = flow.next(after: try await perform(step))
                } catch {
                    step = flow.next(after: .failed(error))
                }
            }
        }
    }

    private func perform(_ step: LoginFlow.Step) async throws -> LoginFlow.Event {
        switch step {
        case .requestCode(let phone): .sent(try await requestLoginCode(phone: phone))
        case .sendCode(let code, let phone): .signedIn(try await signIn(phone: phone, code: code))
        case .fetchHint: .hint(try await self(TL.account.GetPassword()).hint)
        case .checkPassword(let password): .signedIn(try await signIn(password: password))
        case .askPhone, .askCode, .askPassword, .finish, .fail:
            throw SignInError(.unexpectedAnswer, "the sign-in wants to be asked instead of answered")
        }
    }

    private func scan(_ show: LoginMethod.CodeDisplay) async throws -> User {
        for try await event in qrLoginEvents() {
            switch event {
            case .show(let code): try await show(code)
            case .signedIn(let user): return user
            }
        }
        throw SignInError(.unexpectedAnswer, "the sign-in with a QR code has ended without a user")
    }
}

/// Where the answers of a user come from.
private struct LoginPrompts {
    let phone: LoginMethod.Phone
    let code: LoginMethod.CodeProvider?
    let password: LoginMethod.Password
    let maxAttempts: Int

    var flow: LoginFlow {
        let isPhoneAsked = if case .asked = phone { true } else { false }
        let source: LoginFlow.PasswordSource =
            switch password {
            case .none: .none
            case .fixed(let password): .fixed(password)
            case .asked: .asked
            }
        return LoginFlow(isPhoneAsked: isPhoneAsked, passwordSource: source, maxAttempts: maxAttempts)
    }

    func askPhone() async throws -> String {
        switch phone {
        case .fixed(let phone): phone
        case .asked(let provider): try await provider()
        }
    }

    func askCode(_ sent: SentCode) async throws -> String { try await code?(sent) ?? "" }

    func askPassword(_ hint: String?) async throws -> String {
        switch password {
        case .none: ""
        case .fixed(let password): password
        case .asked(let provider): try await provider(hint)
        }
    }
}
