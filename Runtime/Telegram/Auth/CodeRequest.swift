import TelegramAPI

/// How a code is asked for: errors in, the next request out.
struct CodeRequest: Sendable {
    enum Action: Sendable, Hashable {
        /// Ask for a new code.
        case send
        /// Ask for the code that is on its way to be sent in another way.
        case resend(hash: String)
    }

    /// How often the server may make the request begin anew.
    static let maximumRestarts = 3

    /// What to send.
    private(set) var action: Action
    private var restarts = 0

    /// - Parameter hash: Of the code that is on its way, if there is one.
    init(hash: String?) { action = hash.map { .resend(hash: $0) } ?? .send }

    /// The request has failed. Whether there is another one to send: ``action`` says which.
    mutating func canRecover(from error: any Error) -> Bool {
        switch (error, action) {
        case (is RPCError.AuthRestart, _), (is RPCError.AuthRestartNumbered, _): break
        // The code that was to be sent again has expired, so it takes a new one.
        case (is RPCError.PhoneCodeExpired, .resend): break
        // All ways have been tried. A new request begins with the first one again.
        case (is RPCError.SendCodeUnavailable, .resend): break
        default: return false
        }
        action = .send
        restarts += 1
        return restarts <= Self.maximumRestarts
    }
}
