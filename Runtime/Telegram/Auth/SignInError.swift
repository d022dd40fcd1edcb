public import TelegramAPI

/// What stands between a program and being signed in, apart from what the server refuses: that is an `RPCError`.
///
/// No description of it names a phone number, a code, a password or a token.
public struct SignInError: Error, Sendable {
    /// The cause, to decide by.
    public let code: Code
    /// One sentence: what happened, and what helps.
    public let message: String
    /// What a new user has to agree to, with ``Code/signUpRequired``, if the server has sent it.
    public let termsOfService: TL.help.TermsOfService?
    /// What is to be paid, with ``Code/paymentRequired``.
    public let payment: TL.auth.SentCode.SentCodePaymentRequired?
    /// The error that led to it, if there is one: the last `RPCError` of ``Code/tooManyAttempts``, for example.
    public let underlying: (any Error)?

    package init(
        _ code: Code,
        _ message: String,
        termsOfService: TL.help.TermsOfService? = nil,
        payment: TL.auth.SentCode.SentCodePaymentRequired? = nil,
        underlying: (any Error)? = nil
    ) {
        self.code = code
        self.message = message
        self.termsOfService = termsOfService
        self.payment = payment
        self.underlying = underlying
    }
}

extension SignInError {
    /// Causes. More may come, so keep a `default` when you switch over them.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name of the cause.
        public let description: String

        /// A phone number has other characters than digits, or none.
        public static let invalidPhoneNumber = Code(description: "invalidPhoneNumber")
        /// A bot token is not of the form `123456:ABC...`.
        public static let invalidBotToken = Code(description: "invalidBotToken")
        /// No code has been requested for the phone number, or it has expired.
        public static let codeNotRequested = Code(description: "codeNotRequested")
        /// Nobody has an account with this phone number. Programs of third parties cannot create one: use an official
        /// app.
        public static let signUpRequired = Code(description: "signUpRequired")
        /// The server wants money before it sends a code to this phone number. See
        /// <https://core.telegram.org/api/auth#code-types>.
        public static let paymentRequired = Code(description: "paymentRequired")
        /// The server sends codes only after an e-mail address has been set up for them. See
        /// <https://core.telegram.org/api/auth#email-verification>.
        public static let emailSetupRequired = Code(description: "emailSetupRequired")
        /// The account has a password, and the login method has none.
        public static let passwordRequired = Code(description: "passwordRequired")
        /// An e-mail address was given, and nothing that asks for the code that is sent to it.
        public static let emailCodeRequired = Code(description: "emailCodeRequired")
        /// The account has no password that could be checked.
        public static let noPassword = Code(description: "noPassword")
        /// The password is to be proved in a way that this library does not know, or that would give it away.
        public static let unsupportedPasswordCheck = Code(description: "unsupportedPasswordCheck")
        /// All attempts at a phone number, a code or a password are used up; the last error is underlying.
        public static let tooManyAttempts = Code(description: "tooManyAttempts")
        /// Nobody has scanned the QR code in time.
        public static let timedOut = Code(description: "timedOut")
        /// The terminal, or what stands in for it, has ended before there was an answer.
        public static let inputEnded = Code(description: "inputEnded")
        /// The server has answered something that is not foreseen at this point.
        public static let unexpectedAnswer = Code(description: "unexpectedAnswer")
    }
}

extension SignInError: CustomStringConvertible {
    /// The message.
    public var description: String { message }
}
