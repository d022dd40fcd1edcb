import MTProtoCrypto
import Telegram

/// Two-step verification; see <https://core.telegram.org/api/srp>.
extension World {
    mutating func password(for caller: Caller) throws -> TL.account.Password {
        let account = try record(of: caller)
        let salts = newSalts(for: account.id)
        var attempt: (id: Int64, publicValue: [UInt8])?
        if let password = account.password {
            let verifier = try PasswordVerifier(
                parameters: Self.passwordParameters(password.salt1, password.salt2),
                verifier: password.verifier,
                random: random
            )
            let id = randomHash()
            // One attempt at a time: a client that asks again has forgotten the last one.
            desk.attempts = desk.attempts.filter { $0.value.accountID != account.id }
            desk.attempts[id] = .init(accountID: account.id, verifier: verifier)
            attempt = (id, verifier.serverPublic)
        }
        return TL.account.Password(
            hasRecovery: account.password?.email != nil,
            hasPassword: account.password != nil,
            currentAlgo: account.password.map { Self.algorithm($0.salt1, $0.salt2) },
            srpB: attempt?.publicValue,
            srpID: attempt?.id,
            hint: account.password.flatMap { $0.hint.isEmpty ? nil : $0.hint },
            emailUnconfirmedPattern: account.pendingEmail.map { Self.pattern(of: $0.address) },
            newAlgo: Self.algorithm(salts.0, salts.1),
            newSecureAlgo: .securePasswordKdfAlgoUnknown,
            secureRandom: random.bytes(256)
        )
    }

    mutating func checkPassword(_ request: TL.auth.CheckPassword, by caller: Caller) throws -> TL.auth.Authorization {
        try prove(request.password, by: caller)
        return complete(caller.accountID, caller)
    }

    mutating func passwordSettings(
        _ request: TL.account.GetPasswordSettings,
        by caller: Caller
    ) throws -> TL.account.PasswordSettings {
        try prove(request.password, by: caller)
        return TL.account.PasswordSettings(email: accounts[caller.accountID]?.password?.email)
    }

    mutating func updatePasswordSettings(
        _ request: TL.account.UpdatePasswordSettings,
        by caller: Caller
    ) throws -> Bool {
        try prove(request.password, by: caller)
        try change(request.newSettings, by: caller)
        return true
    }

    /// Whether the caller knows the password; without one only the empty proof does.
    private mutating func prove(_ proof: TL.InputCheckPasswordSRP, by caller: Caller) throws(RPCError) {
        let hasPassword = try record(of: caller).password != nil
        switch proof {
        case .inputCheckPasswordEmpty:
            if hasPassword { throw refusal("PASSWORD_HASH_INVALID") }
        case .inputCheckPasswordSRP(let proof):
            guard hasPassword else { throw refusal("PASSWORD_HASH_INVALID") }
            guard let attempt = desk.attempts[proof.srpID], attempt.accountID == caller.accountID else {
                throw refusal("SRP_ID_INVALID")
            }
            desk.attempts[proof.srpID] = nil
            guard attempt.verifier.accepts(clientPublic: proof.a, evidence: proof.m1) else {
                throw refusal("PASSWORD_HASH_INVALID")
            }
        }
    }

    private mutating func change(_ new: TL.account.PasswordInputSettings, by caller: Caller) throws(RPCError) {
        let account = try record(of: caller)
        guard new.newAlgo != nil || new.email != nil else { throw refusal("NEW_SETTINGS_EMPTY") }
        var password = account.password
        let isFirst = password == nil
        if let algorithm = new.newAlgo {
            password = try newPassword(algorithm, new, for: account)
            guard password != nil else {
                accounts[account.id]?.password = nil
                accounts[account.id]?.pendingEmail = nil
                return
            }
        }
        guard password != nil else { throw refusal("NEW_SETTINGS_INVALID") }
        guard let email = new.email, !email.isEmpty else {
            if new.email != nil { password?.email = nil }
            accounts[account.id]?.password = password
            return
        }
        guard email.split(separator: "@").count == 2 else { throw refusal("EMAIL_INVALID") }
        if !isFirst { accounts[account.id]?.password = password }
        let code = randomDigits(6)
        accounts[account.id]?.pendingEmail = PendingEmail(
            address: email,
            code: code,
            password: isFirst ? password : nil
        )
        throw refusal("EMAIL_UNCONFIRMED_\(code.count)")
    }

    /// The password that is to be set; `nil` for none any more.
    private func newPassword(
        _ algorithm: TL.PasswordKdfAlgo,
        _ new: TL.account.PasswordInputSettings,
        for account: AccountRecord
    ) throws(RPCError) -> TwoStepPassword? {
        guard let hash = new.newPasswordHash else { throw refusal("NEW_SETTINGS_INVALID") }
        if hash.isEmpty { return nil }
        let salts = newSalts(for: account.id)
        guard
            case .passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow(let algorithm) = algorithm,
            algorithm.salt1.starts(with: salts.0), algorithm.salt1.count > salts.0.count, algorithm.salt2 == salts.1
        else { throw refusal("NEW_SALT_INVALID") }
        let parameters = Self.passwordParameters(algorithm.salt1, algorithm.salt2)
        guard hash.count == 256, (try? PasswordVerifier(parameters: parameters, verifier: hash, random: random)) != nil
        else { throw refusal("NEW_SETTINGS_INVALID") }
        return TwoStepPassword(
            salt1: algorithm.salt1,
            salt2: algorithm.salt2,
            verifier: hash,
            hint: new.hint ?? "",
            email: account.password?.email
        )
    }

    // MARK: - Recovery

    mutating func confirmPasswordEmail(_ code: String, by caller: Caller) throws -> Bool {
        let account = try record(of: caller)
        guard let pending = account.pendingEmail else { throw refusal("EMAIL_HASH_EXPIRED") }
        guard pending.code == code else { throw refusal("CODE_INVALID") }
        var password = pending.password ?? account.password
        password?.email = pending.address
        accounts[account.id]?.password = password
        accounts[account.id]?.pendingEmail = nil
        return true
    }

    mutating func resendPasswordEmail(by caller: Caller) throws -> Bool {
        guard let pending = try record(of: caller).pendingEmail else { throw refusal("EMAIL_HASH_EXPIRED") }
        let renewed = PendingEmail(address: pending.address, code: randomDigits(6), password: pending.password)
        accounts[caller.accountID]?.pendingEmail = renewed
        return true
    }

    mutating func cancelPasswordEmail(by caller: Caller) throws -> Bool {
        guard try record(of: caller).pendingEmail != nil else { throw refusal("EMAIL_HASH_EXPIRED") }
        accounts[caller.accountID]?.pendingEmail = nil
        return true
    }

    mutating func requestPasswordRecovery(by caller: Caller) throws -> TL.auth.PasswordRecovery {
        guard let password = try record(of: caller).password else { throw refusal("PASSWORD_EMPTY") }
        guard let email = password.email else { throw refusal("PASSWORD_RECOVERY_NA") }
        let code = randomDigits(6)
        accounts[caller.accountID]?.recoveryCode = code
        return TL.auth.PasswordRecovery(emailPattern: Self.pattern(of: email))
    }

    func checkRecovery(_ code: String, by caller: Caller) throws(RPCError) {
        guard !code.isEmpty else { throw refusal("CODE_EMPTY") }
        guard let expected = try record(of: caller).recoveryCode else { throw refusal("PASSWORD_RECOVERY_EXPIRED") }
        guard expected == code else { throw refusal("CODE_INVALID") }
    }

    mutating func recoverPassword(_ request: TL.auth.RecoverPassword, by caller: Caller) throws -> TL.auth.Authorization
    {
        try checkRecovery(request.code, by: caller)
        let account = try record(of: caller)
        var password: TwoStepPassword?
        if let new = request.newSettings {
            guard let algorithm = new.newAlgo else { throw refusal("NEW_SETTINGS_INVALID") }
            password = try newPassword(algorithm, new, for: account)
        }
        accounts[account.id]?.password = password
        accounts[account.id]?.recoveryCode = nil
        return complete(account.id, caller)
    }

    // MARK: - Parts

    func record(of caller: Caller) throws(RPCError) -> AccountRecord {
        guard let account = accounts[caller.accountID] else { throw refusal("AUTH_KEY_UNREGISTERED", 401) }
        return account
    }

    /// The server's part of the salts of an account's next password: always the same, so that it need not be kept.
    private func newSalts(for id: Int64) -> ([UInt8], [UInt8]) {
        let seed = withUnsafeBytes(of: accessHash(of: .user(id), for: -1).littleEndian) { Array($0) }
        return (seed, Array(Digest.sha256(seed).prefix(16)))
    }

    private static func algorithm(_ salt1: [UInt8], _ salt2: [UInt8]) -> TL.PasswordKdfAlgo {
        .passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow(
            salt1: salt1,
            salt2: salt2,
            g: 3,
            p: DiffieHellmanGroup.knownPrime
        )
    }

    /// As much of an address as its owner needs to recognise it: `a***@e***.org`.
    static func pattern(of address: String) -> String {
        let parts = address.split(separator: "@", maxSplits: 1)
        guard parts.count == 2 else { return "***" }
        let end = parts[1].lastIndex(of: ".").map { String(parts[1][$0...]) } ?? ""
        return "\(parts[0].prefix(1))***@\(parts[1].prefix(1))***\(end)"
    }
}
