import TelegramAPI

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Whether an account has a password, and what can be done when it is forgotten. See
/// <https://core.telegram.org/api/srp>.
public struct TwoStepVerification: Sendable, Hashable {
    /// Whether the account has a password.
    public let hasPassword: Bool
    /// What its owner has left as a reminder.
    public let hint: String?
    /// Whether an e-mail address is set up, to which a code can be sent when the password is forgotten.
    public let hasRecoveryEmail: Bool
    /// The address that waits for its confirmation, with most of it left out: `a***@e***.org`.
    public let unconfirmedEmailPattern: String?
    /// The address to which login codes go, with most of it left out.
    public let loginEmailPattern: String?
    /// When the password is taken away, as somebody has asked for with ``TelegramClient/resetPassword()``.
    public let resetDate: Date?

    init(_ password: TL.account.Password) {
        hasPassword = password.hasPassword
        hint = password.hint
        hasRecoveryEmail = password.hasRecovery
        unconfirmedEmailPattern = password.emailUnconfirmedPattern
        loginEmailPattern = password.loginEmailPattern
        resetDate = password.pendingResetDate.map { Date(timeIntervalSince1970: Double($0)) }
    }
}

/// What became of the request to take a forgotten password away.
public enum PasswordReset: Sendable, Hashable {
    /// There is no password any more.
    case done
    /// It goes on at this time, when ``TelegramClient/resetPassword()`` is called again.
    case waiting(until: Date)
    /// An earlier request was called off, and no other one is taken before this time.
    case refused(until: Date)

    init(_ result: TL.account.ResetPasswordResult) {
        self =
            switch result {
            case .resetPasswordOk: .done
            case .resetPasswordRequestedWait(let wait):
                .waiting(until: Date(timeIntervalSince1970: Double(wait.untilDate)))
            case .resetPasswordFailedWait(let wait):
                .refused(until: Date(timeIntervalSince1970: Double(wait.retryDate)))
            }
    }
}
