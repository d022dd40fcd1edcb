import MTProto
import MTProtoCrypto
import TLRuntime
import TelegramAPI

@testable import TelegramTesting

/// A bare sender, and the updates that it was sent, one after the other.
actor SignedInSender {
    nonisolated let sender: Sender
    private var waiting: [TL.Updates] = []

    init(_ sender: Sender) { self.sender = sender }

    nonisolated func call<Function: TLFunction>(_ function: Function) async throws -> Function.Response {
        try await sender.call(function)
    }

    /// The next batch; waits for it.
    func next() async throws -> TL.Updates {
        while waiting.isEmpty {
            let batch = await sender.pushes.nextBatch()
            guard !batch.isEmpty else { throw CancellationError() }
            for case .update(let bytes) in batch { waiting.append(try TL.Updates(decoding: Array(bytes))) }
        }
        return waiting.removeFirst()
    }

    // MARK: - Signing in

    nonisolated func signIn(_ account: TestAccount, on server: TestServer, password: String? = nil) async throws {
        if let token = account.token {
            _ = try await call(TL.auth.ImportBotAuthorization(flags: 0, apiID: 17, apiHash: "x", botAuthToken: token))
            return
        }
        do {
            _ = try await enterCode(account.phone ?? "", on: server)
        } catch is RPCError.SessionPasswordNeeded {
            _ = try await call(TL.auth.CheckPassword(password: try await proof(of: password ?? "")))
        }
    }

    /// Asks for a code and enters it.
    nonisolated func enterCode(_ phone: String, on server: TestServer) async throws -> TL.auth.Authorization {
        let hash = try await sendCode(phone).phoneCodeHash
        return try await call(
            TL.auth.SignIn(phoneNumber: phone, phoneCodeHash: hash, phoneCode: server.telegram.code(for: phone))
        )
    }

    nonisolated func sendCode(_ phone: String) async throws -> TL.auth.SentCode.SentCode {
        let sent = try await call(
            TL.auth.SendCode(phoneNumber: phone, apiID: 17, apiHash: "x", settings: TL.CodeSettings())
        )
        guard case .sentCode(let code) = sent else { throw CancellationError() }
        return code
    }

    nonisolated func proof(of password: String) async throws -> TL.InputCheckPasswordSRP {
        try Self.proof(of: password, try await call(TL.account.GetPassword()))
    }

    static func proof(of password: String, _ parameters: TL.account.Password) throws -> TL.InputCheckPasswordSRP {
        guard
            case .passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow(let algorithm)? = parameters
                .currentAlgo, let id = parameters.srpID, let publicValue = parameters.srpB
        else { return .inputCheckPasswordEmpty }
        let proof = try PasswordProof(
            password: Array(password.utf8),
            parameters: PasswordParameters(
                salt1: algorithm.salt1,
                salt2: algorithm.salt2,
                generator: Int(algorithm.g),
                prime: algorithm.p
            ),
            serverPublic: publicValue,
            random: SystemRandom()
        )
        return .inputCheckPasswordSRP(srpID: id, a: proof.clientPublic, m1: proof.evidence)
    }

    /// What sets a new password.
    nonisolated func newSettings(
        _ password: String,
        email: String? = nil
    ) async throws -> TL.account.PasswordInputSettings {
        let current = try await call(TL.account.GetPassword())
        guard
            case .passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow(let algorithm) = current.newAlgo
        else { throw CancellationError() }
        let parameters = PasswordParameters(
            salt1: algorithm.salt1 + SystemRandom().bytes(32),
            salt2: algorithm.salt2,
            generator: Int(algorithm.g),
            prime: algorithm.p
        )
        return TL.account.PasswordInputSettings(
            newAlgo: .passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow(
                salt1: parameters.salt1,
                salt2: parameters.salt2,
                g: algorithm.g,
                p: algorithm.p
            ),
            newPasswordHash: try parameters.verifier(for: Array(password.utf8)),
            hint: "the usual",
            email: email
        )
    }
}

extension TestServer {
    /// Connects a sender that belongs to nobody yet.
    func withStranger<Result>(
        dataCenter: Int32 = 2,
        isolation: isolated (any Actor)? = #isolation,
        _ body: (SignedInSender) async throws -> Result
    ) async throws -> Result {
        try await withSender(dataCenter: dataCenter) { try await body(SignedInSender($0)) }
    }

    /// Connects a sender that is signed in.
    func with<Result>(
        _ account: TestAccount,
        password: String? = nil,
        isolation: isolated (any Actor)? = #isolation,
        _ body: (SignedInSender) async throws -> Result
    ) async throws -> Result {
        try await withStranger(dataCenter: account.dataCenter) { sender in
            try await sender.signIn(account, on: self, password: password)
            return try await body(sender)
        }
    }
}

/// The error that a request is refused with: its code and name.
func refusedWith(_ body: () async throws -> Void) async -> String? {
    do {
        try await body()
        return nil
    } catch let error as RPCError {
        return "\(error.code) \(error.name)"
    } catch {
        return "\(error)"
    }
}
