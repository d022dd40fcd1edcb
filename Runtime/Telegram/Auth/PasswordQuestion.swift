import MTProtoCrypto
import TelegramAPI

/// What the server wants to know of a password: how it is turned into a number, and a value to answer. Good for one
/// answer.
///
/// See <https://core.telegram.org/api/srp>.
struct PasswordQuestion: Sendable {
    private let password: TL.account.Password

    init(_ password: TL.account.Password) { self.password = password }

    var hasPassword: Bool { password.hasPassword }
    var hint: String? { password.hint }

    /// Proves that one knows the password.
    /// - Throws: ``SignInError`` with `noPassword` or `unsupportedPasswordCheck`.
    func proof(of text: String, _ random: any RandomSource) throws -> TL.InputCheckPasswordSRP {
        guard password.hasPassword, let algorithm = password.currentAlgo, let publicValue = password.srpB,
            let id = password.srpID
        else {
            throw SignInError(.noPassword, "the account has no password that could be checked; sign in without one")
        }
        let parameters = try parameters(algorithm)
        var secret = Array(text.utf8)
        defer { secret.wipe() }
        let proof = try checked { () throws(CryptoError) in
            try PasswordProof(password: secret, parameters: parameters, serverPublic: publicValue, random: random)
        }
        return .inputCheckPasswordSRP(srpID: id, a: proof.clientPublic, m1: proof.evidence)
    }

    /// What stands for a new password: the algorithm with salt of this side, and the value that the server keeps.
    func verifier(for text: String, _ random: any RandomSource) throws -> (TL.PasswordKdfAlgo, [UInt8]) {
        let offered = try parameters(password.newAlgo)
        // The server could choose its part so that the same password looks the same everywhere.
        let parameters = PasswordParameters(
            salt1: offered.salt1 + random.bytes(32),
            salt2: offered.salt2,
            generator: offered.generator,
            prime: offered.prime
        )
        var secret = Array(text.utf8)
        defer { secret.wipe() }
        let verifier = try checked { () throws(CryptoError) in try parameters.verifier(for: secret) }
        let algorithm = TL.PasswordKdfAlgo.passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow(
            salt1: parameters.salt1,
            salt2: parameters.salt2,
            g: Int32(clamping: parameters.generator),
            p: parameters.prime
        )
        return (algorithm, verifier)
    }

    /// What a password that is taken away has in place of a value.
    var newAlgorithm: TL.PasswordKdfAlgo { password.newAlgo }

    private func parameters(_ algorithm: TL.PasswordKdfAlgo) throws(SignInError) -> PasswordParameters {
        switch algorithm {
        case .passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow(let algorithm):
            return PasswordParameters(
                salt1: algorithm.salt1,
                salt2: algorithm.salt2,
                generator: Int(algorithm.g),
                prime: algorithm.p
            )
        case .passwordKdfAlgoUnknown:
            throw SignInError(
                .unsupportedPasswordCheck,
                "the server checks passwords in a way that this version of the library does not know; update it"
            )
        }
    }

    private func checked<Result>(_ body: () throws(CryptoError) -> Result) throws(SignInError) -> Result {
        do throws(CryptoError) {
            return try body()
        } catch {
            throw SignInError(.unsupportedPasswordCheck, error.message, underlying: error)
        }
    }
}

extension TelegramClient {
    /// How often a question may turn out to be old before it is answered.
    private static var maximumQuestions: Int { 3 }

    /// Answers the server's question about the password; asks for a new one when the server has forgotten it meanwhile.
    func provingPassword<Result>(
        _ body: (PasswordQuestion) async throws -> Result
    ) async throws -> Result {
        for _ in 1..<Self.maximumQuestions {
            let question = PasswordQuestion(try await self(TL.account.GetPassword()))
            do {
                return try await body(question)
            } catch let error as RPCError where error is RPCError.SrpIdInvalid || error is RPCError.SrpPasswordChanged {
                core.log.debug("the password is proved again: \(error.name)")
            }
        }
        return try await body(PasswordQuestion(try await self(TL.account.GetPassword())))
    }
}
