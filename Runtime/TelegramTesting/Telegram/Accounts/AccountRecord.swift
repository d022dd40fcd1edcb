/// A person or a bot.
struct AccountRecord: Sendable {
    let id: Int64
    let isBot: Bool
    /// The data centre that it lives at; others send it there.
    let dataCenter: Int32
    var firstName: String
    var lastName: String
    var about = ""
    var username: String?
    /// Digits only; bots have none.
    var phone: String?
    /// What a bot signs in with.
    var token: String?
    var password: TwoStepPassword?
    /// A recovery address that waits for its code, with the password that it brings along when it is the first one.
    var pendingEmail: PendingEmail?
    /// The code that was sent to the recovery address.
    var recoveryCode: String?
    /// When it was online last, or will be until; bots have none.
    var onlineUntil: Int32 = 0
    /// Given out when somebody signs out: who shows one need not enter a code again.
    var logoutTokens: Set<[UInt8]> = []
}

/// What a server knows of a two-step password: enough to check it, not to tell it.
struct TwoStepPassword: Sendable {
    var salt1: [UInt8]
    var salt2: [UInt8]
    var verifier: [UInt8]
    var hint: String
    var email: String?
}

struct PendingEmail: Sendable {
    let address: String
    let code: String
    /// The password that is set with the confirmation.
    let password: TwoStepPassword?
}
