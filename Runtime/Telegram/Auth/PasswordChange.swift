import MTProtoCrypto
import TelegramAPI

/// What is to become of an account's password.
struct PasswordChange: Sendable {
    let current: String?
    let new: String?
    let hint: String
    let email: String?

    /// The request that does it; `nil` when there is nothing to do.
    func request(
        _ question: PasswordQuestion,
        _ random: any RandomSource
    ) throws -> TL.account.UpdatePasswordSettings? {
        // A current password that there is not is none.
        guard new != nil || question.hasPassword else { return nil }
        let proof: TL.InputCheckPasswordSRP =
            if question.hasPassword, let current {
                try question.proof(of: current, random)
            } else {
                .inputCheckPasswordEmpty
            }
        return TL.account.UpdatePasswordSettings(password: proof, newSettings: try settings(question, random))
    }

    /// What the account has afterwards.
    func settings(
        _ question: PasswordQuestion,
        _ random: any RandomSource
    ) throws -> TL.account.PasswordInputSettings {
        if let new {
            let (algorithm, verifier) = try question.verifier(for: new, random)
            return TL.account.PasswordInputSettings(
                newAlgo: algorithm,
                newPasswordHash: verifier,
                hint: hint,
                email: email
            )
        }
        // Nobody gives an account without a password an address to recover it.
        if let email { return TL.account.PasswordInputSettings(email: email) }
        return TL.account.PasswordInputSettings(newAlgo: question.newAlgorithm, newPasswordHash: [], hint: "")
    }
}
