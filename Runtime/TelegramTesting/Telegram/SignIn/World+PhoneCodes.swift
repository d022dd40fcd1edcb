import TelegramAPI

/// Signing in with a code; see <https://core.telegram.org/api/auth>.
extension World {
    mutating func sendCode(_ request: TL.auth.SendCode, by caller: Caller) throws -> TL.auth.SentCode {
        try checkApplication(request.apiID, request.apiHash)
        let phone = try digits(request.phoneNumber)
        let account = account(phone: phone)
        if let account {
            try requireHome(account, at: caller, kind: "PHONE")
            // Who signed out here before need not enter a code, if there is a password to prove.
            if account.password != nil,
                request.settings.logoutTokens?.contains(where: account.logoutTokens.contains) == true
            {
                authorize(account.id, caller, isPasswordPending: true)
                throw refusal("SESSION_PASSWORD_NEEDED", 401)
            }
        }
        desk.phoneCodes = desk.phoneCodes.filter { $0.value.phone != phone || $0.value.keyID != caller.authKeyID }
        let hash = randomText(18)
        desk.lastCodeNumber += 1
        let code = LoginDesk.PhoneCode(
            phone: phone,
            code: randomDigits(settings.codeLength),
            keyID: caller.authKeyID,
            number: desk.lastCodeNumber,
            sentAt: caller.now,
            expiresAt: caller.now + settings.codeLifetime,
            delivery: 0
        )
        desk.phoneCodes[hash] = code
        return sentCode(code, hash)
    }

    mutating func resendCode(_ request: TL.auth.ResendCode, by caller: Caller) throws -> TL.auth.SentCode {
        guard !request.phoneCodeHash.isEmpty else { throw refusal("PHONE_CODE_HASH_EMPTY") }
        var code = try phoneCode(request.phoneNumber, request.phoneCodeHash, by: caller)
        guard deliveries(for: code.phone).count > code.delivery + 1 else { throw refusal("SEND_CODE_UNAVAILABLE") }
        desk.lastCodeNumber += 1
        code.number = desk.lastCodeNumber
        code.delivery += 1
        code.sentAt = caller.now
        code.expiresAt = caller.now + settings.codeLifetime
        desk.phoneCodes[request.phoneCodeHash] = code
        return sentCode(code, request.phoneCodeHash)
    }

    mutating func cancelCode(_ request: TL.auth.CancelCode, by caller: Caller) throws -> Bool {
        _ = try phoneCode(request.phoneNumber, request.phoneCodeHash, by: caller)
        desk.phoneCodes[request.phoneCodeHash] = nil
        return true
    }

    mutating func signIn(_ request: TL.auth.SignIn, by caller: Caller) throws -> TL.auth.Authorization {
        let phone = try digits(request.phoneNumber)
        guard let given = request.phoneCode, !given.isEmpty else { throw refusal("PHONE_CODE_EMPTY") }
        var code = try phoneCode(request.phoneNumber, request.phoneCodeHash, by: caller)
        guard code.code == given else {
            code.wrongAttempts += 1
            // Guessing is no way in.
            desk.phoneCodes[request.phoneCodeHash] = code.wrongAttempts < 5 ? code : nil
            throw refusal("PHONE_CODE_INVALID")
        }
        guard let account = account(phone: phone) else {
            code.isConfirmed = true
            desk.phoneCodes[request.phoneCodeHash] = code
            return .authorizationSignUpRequired(
                termsOfService: TL.help.TermsOfService(
                    id: TL.DataJSON(data: "{}"),
                    text: "Be kind to each other.",
                    entities: []
                )
            )
        }
        desk.phoneCodes[request.phoneCodeHash] = nil
        return try enter(account, caller)
    }

    mutating func signUp(_ request: TL.auth.SignUp, by caller: Caller) throws -> TL.auth.Authorization {
        let code = try phoneCode(request.phoneNumber, request.phoneCodeHash, by: caller)
        // Who has not given the right code yet has no business here.
        guard code.isConfirmed else { throw refusal("PHONE_CODE_INVALID") }
        guard isName(request.firstName) else { throw refusal("FIRSTNAME_INVALID") }
        guard request.lastName.count <= 64 else { throw refusal("LASTNAME_INVALID") }
        let account = try addUser(
            phone: code.phone,
            firstName: request.firstName,
            lastName: request.lastName,
            username: nil,
            dataCenter: caller.dataCenterID
        )
        desk.phoneCodes[request.phoneCodeHash] = nil
        return try enter(account, caller)
    }

    // MARK: - Parts

    func checkApplication(_ id: Int32, _ hash: String) throws(RPCError) {
        guard id > 0, !hash.isEmpty else { throw refusal("API_ID_INVALID") }
    }

    private func digits(_ phone: String) throws(RPCError) -> String {
        guard let digits = phoneDigits(phone) else { throw refusal("PHONE_NUMBER_INVALID") }
        return digits
    }

    /// Sends those who come to the wrong data centre to the right one.
    func requireHome(_ account: AccountRecord, at caller: Caller, kind: String) throws(RPCError) {
        guard account.dataCenter == caller.dataCenterID else {
            throw refusal("\(kind)_MIGRATE_\(account.dataCenter)", 303)
        }
    }

    private func phoneCode(
        _ phone: String,
        _ hash: String,
        by caller: Caller
    ) throws(RPCError) -> LoginDesk.PhoneCode {
        let phone = try digits(phone)
        guard let code = desk.phoneCodes[hash], code.phone == phone, code.keyID == caller.authKeyID,
            code.expiresAt > caller.now
        else { throw refusal("PHONE_CODE_EXPIRED") }
        return code
    }

    private func deliveries(for phone: String) -> [CodeDelivery] {
        let isSignedIn = account(phone: phone).map { account in
            authorizations.values.contains { $0.accountID == account.id && !$0.isPasswordPending }
        }
        let possible = settings.codeDeliveries.filter { $0 != .app || isSignedIn == true }
        return possible.isEmpty ? [.sms] : possible
    }

    private func sentCode(_ code: LoginDesk.PhoneCode, _ hash: String) -> TL.auth.SentCode {
        let ways = deliveries(for: code.phone)
        let next = code.delivery + 1 < ways.count ? ways[code.delivery + 1].next : nil
        return .sentCode(
            type: ways[min(code.delivery, ways.count - 1)].type(length: code.code.count),
            phoneCodeHash: hash,
            nextType: next,
            timeout: next.map { _ in settings.codeTimeout }
        )
    }
}
