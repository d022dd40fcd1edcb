import TelegramAPI

/// What the server's answers about a login token mean: answers in, what to do out.
struct LoginTokenState: Sendable {
    enum Step: Sendable {
        /// Show this, and wait for somebody to scan it.
        case show(QRCode)
        /// The account lives in this data centre: go there, and import the token.
        case `import`(token: [UInt8], dataCenter: Int32)
        case finish(TL.auth.Authorization)
    }

    /// How often one may be sent elsewhere. Once is usual.
    static let maximumMoves = 3

    /// What to show; `nil` before the first answer, and when nothing had to be shown.
    private(set) var code: QRCode?
    /// Until when the code is good, on the monotonic clock of this machine.
    private(set) var deadline: Duration = .zero
    private var moves = 0

    /// - Parameters:
    ///   - serverTime: Time since 1970 by the server's clock, which is the one that tokens expire by.
    ///   - monotonic: The monotonic time at the same moment.
    mutating func received(
        _ answer: TL.auth.LoginToken,
        serverTime: Duration,
        monotonic: Duration
    ) throws(SignInError) -> Step {
        switch answer {
        case .loginToken(let token):
            let code = try QRCode(token)
            self.code = code
            moves = 0
            deadline = monotonic + max(.seconds(token.expires) - serverTime, .zero)
            return .show(code)
        case .loginTokenMigrateTo(let elsewhere):
            moves += 1
            guard moves <= Self.maximumMoves else {
                throw SignInError(
                    .unexpectedAnswer,
                    "the server has sent the sign-in on to another data centre \(moves) times; try again"
                )
            }
            return .import(token: elsewhere.token, dataCenter: elsewhere.dcID)
        case .loginTokenSuccess(let success):
            return .finish(success.authorization)
        }
    }
}
