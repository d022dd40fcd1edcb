/// How to sign in, for ``TelegramClient/start(_:maxAttempts:)``.
///
/// ```swift
/// try await client.start(.bot(token: "123456:ABC"))
/// try await client.start(.user(phone: "+39 600 000 000") { sent in await ask("The code came by \(sent.delivery)") })
/// try await client.start(.console())
/// ```
public struct LoginMethod: Sendable {
    /// Asks for a phone number, with or without `+`.
    public typealias PhoneProvider = @Sendable () async throws -> String
    /// Asks for a code that has been sent; ``SentCode/delivery`` says where to look for it.
    public typealias CodeProvider = @Sendable (_ sent: SentCode) async throws -> String
    /// Asks for the password; the hint is the one that its owner has left.
    public typealias PasswordProvider = @Sendable (_ hint: String?) async throws -> String
    /// Shows a QR code with an address in it, and takes the place of the one before; it should not wait.
    public typealias CodeDisplay = @Sendable (_ code: QRCode) async throws -> Void

    enum Kind: Sendable {
        case existing
        case bot(token: String)
        case user(phone: Phone, code: CodeProvider, password: Password)
        case qrCode(show: CodeDisplay, password: Password)
    }

    enum Phone: Sendable {
        case fixed(String)
        case asked(PhoneProvider)
    }

    enum Password: Sendable {
        case none
        case fixed(String)
        case asked(PasswordProvider)

        init(_ provider: PasswordProvider?) { self = provider.map { .asked($0) } ?? .none }
        init(_ password: String?) { self = password.map { .fixed($0) } ?? .none }
    }

    let kind: Kind

    /// Uses the session as it is, and fails when nobody is signed in.
    public static let existing = LoginMethod(kind: .existing)

    /// Signs a bot in, with the token that BotFather gave. See <https://core.telegram.org/api/bots>.
    public static func bot(token: String) -> LoginMethod { LoginMethod(kind: .bot(token: token)) }

    /// Signs a user in, and asks for everything. A number that nobody can have and a wrong code are asked for again.
    /// - Parameter password: Is asked when the account has a password, and again when it is wrong.
    public static func user(
        phone: @escaping PhoneProvider,
        code: @escaping CodeProvider,
        password: PasswordProvider? = nil
    ) -> LoginMethod {
        LoginMethod(kind: .user(phone: .asked(phone), code: code, password: Password(password)))
    }

    /// Signs a user in whose phone number is known.
    /// - Parameter password: Is tried once, if the account has a password.
    public static func user(
        phone: String,
        password: String? = nil,
        code: @escaping CodeProvider
    ) -> LoginMethod {
        LoginMethod(kind: .user(phone: .fixed(phone), code: code, password: Password(password)))
    }

    /// Signs a user in whose phone number is known, and asks for the password if there is one.
    public static func user(
        phone: String,
        code: @escaping CodeProvider,
        password: @escaping PasswordProvider
    ) -> LoginMethod {
        LoginMethod(kind: .user(phone: .fixed(phone), code: code, password: .asked(password)))
    }

    /// Signs a user in who scans a QR code with an app that is signed in, under Settings > Devices.
    ///
    /// A code is good for half a minute, so `show` is called again and again until somebody has scanned one.
    /// - Parameter password: Is asked when the account has a password, and again when it is wrong.
    public static func qrCode(
        password: PasswordProvider? = nil,
        show: @escaping CodeDisplay
    ) -> LoginMethod {
        LoginMethod(kind: .qrCode(show: show, password: Password(password)))
    }

    /// Signs a user in who sits at the terminal of the program.
    public static func console(_ prompts: ConsolePrompts = ConsolePrompts()) -> LoginMethod {
        .user(
            phone: { try await prompts.phone() },
            code: { try await prompts.code($0) },
            password: { try await prompts.password(hint: $0) }
        )
    }
}

extension LoginMethod: CustomStringConvertible, CustomReflectable {
    /// The kind alone.
    public var description: String {
        switch kind {
        case .existing: "existing session"
        case .bot: "bot"
        case .user: "user"
        case .qrCode: "QR code"
        }
    }

    /// Shows nothing of tokens, numbers and passwords.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
