import MTProtoCrypto
import TelegramAPI

/// Who is signed in where.
extension World {
    /// Lets somebody in, or asks for the password first.
    mutating func enter(_ account: AccountRecord, _ caller: Caller) throws(RPCError) -> TL.auth.Authorization {
        guard account.password == nil else {
            authorize(account.id, caller, isPasswordPending: true)
            throw refusal("SESSION_PASSWORD_NEEDED", 401)
        }
        return complete(account.id, caller)
    }

    /// Everything is proved: the key belongs to the account from now on.
    mutating func complete(_ accountID: Int64, _ caller: Caller) -> TL.auth.Authorization {
        let hash = authorize(accountID, caller)
        let update = TL.Update.updateNewAuthorization(
            unconfirmed: true,
            hash: hash,
            date: caller.now,
            device: caller.clientInfo?.deviceModel ?? "",
            location: settings.country
        )
        if accounts[accountID]?.isBot == false { tell(accountID, [.fleeting(update)], except: caller.session) }
        return .authorization(user: user(accountID, for: accountID))
    }

    @discardableResult
    mutating func authorize(_ accountID: Int64, _ caller: Caller, isPasswordPending: Bool = false) -> Int64 {
        let hash = randomHash()
        authorizations[caller.authKeyID] = KeyAuthorization(
            hash: hash,
            accountID: accountID,
            dataCenter: caller.dataCenterID,
            createdAt: caller.now,
            activeAt: caller.now,
            clientInfo: caller.clientInfo,
            isPasswordPending: isPasswordPending
        )
        revokedKeys.remove(caller.authKeyID)
        return hash
    }

    /// Everything that a request needs before it is looked at.
    mutating func admit(
        _ caller: inout Caller,
        to access: Access,
        usableBy: TLAvailability
    ) throws(RPCError) {
        authorizations[caller.authKeyID]?.activeAt = caller.now
        guard let authorization = authorizations[caller.authKeyID], let account = accounts[authorization.accountID]
        else {
            if access == .anybody { return }
            throw refusal(revokedKeys.contains(caller.authKeyID) ? "SESSION_REVOKED" : "AUTH_KEY_UNREGISTERED", 401)
        }
        caller.accountID = account.id
        if access == .anybody { return }
        if authorization.isPasswordPending, access != .halfSignedIn { throw refusal("SESSION_PASSWORD_NEEDED", 401) }
        switch usableBy {
        case .user where account.isBot: throw refusal("BOT_METHOD_INVALID")
        case .bot where !account.isBot: throw refusal("USER_BOT_REQUIRED")
        default: break
        }
        if authorization.isImported, access == .signedIn {
            throw refusal("USER_MIGRATE_\(account.dataCenter)", 303)
        }
        if caller.takeoutID != nil, caller.takeoutID != inboxes[account.id]?.takeoutID {
            throw refusal("TAKEOUT_INVALID")
        }
    }

    mutating func importBotAuthorization(
        _ request: TL.auth.ImportBotAuthorization,
        by caller: Caller
    ) throws -> TL.auth.Authorization {
        try checkApplication(request.apiID, request.apiHash)
        let token = request.botAuthToken
        guard let account = accounts.values.first(where: { $0.token == token }) else {
            throw refusal(revokedTokens.contains(token) ? "ACCESS_TOKEN_EXPIRED" : "ACCESS_TOKEN_INVALID")
        }
        try requireHome(account, at: caller, kind: "USER")
        return complete(account.id, caller)
    }

    mutating func logOut(by caller: Caller) -> TL.auth.LoggedOut {
        let authorization = authorizations.removeValue(forKey: caller.authKeyID)
        guard let id = authorization?.accountID, accounts[id]?.password != nil else { return TL.auth.LoggedOut() }
        let token = random.bytes(20)
        accounts[id]?.logoutTokens.insert(token)
        return TL.auth.LoggedOut(futureAuthToken: token)
    }

    // MARK: - Other sessions

    func authorizationList(for caller: Caller) -> TL.account.Authorizations {
        let own = authorizations.filter { $0.value.accountID == caller.accountID && !$0.value.isImported }
        let list = own.sorted { left, right in
            if (left.key == caller.authKeyID) != (right.key == caller.authKeyID) { return left.key == caller.authKeyID }
            return (left.value.activeAt, left.key) > (right.value.activeAt, right.key)
        }
        return TL.account.Authorizations(
            authorizationTtlDays: 180,
            authorizations: list.map { describe($0.value, isCurrent: $0.key == caller.authKeyID) }
        )
    }

    func describe(_ authorization: KeyAuthorization, isCurrent: Bool = false) -> TL.Authorization {
        let info = authorization.clientInfo
        return TL.Authorization(
            current: isCurrent,
            passwordPending: authorization.isPasswordPending,
            hash: isCurrent ? 0 : authorization.hash,
            deviceModel: info?.deviceModel ?? "",
            platform: "",
            systemVersion: info?.systemVersion ?? "",
            apiID: info?.apiID ?? 0,
            appName: "",
            appVersion: info?.appVersion ?? "",
            dateCreated: authorization.createdAt,
            dateActive: authorization.activeAt,
            ip: "127.0.0.1",
            country: settings.country,
            region: ""
        )
    }

    mutating func resetAuthorization(_ hash: Int64, by caller: Caller) throws -> Bool {
        guard
            let key = authorizations.first(where: { $0.value.hash == hash && $0.value.accountID == caller.accountID })?
                .key, key != caller.authKeyID
        else { throw refusal("HASH_INVALID") }
        revoke([key])
        return true
    }

    mutating func resetAuthorizations(by caller: Caller) -> Bool {
        revoke(
            authorizations.filter { $0.value.accountID == caller.accountID && $0.key != caller.authKeyID }.map(\.key)
        )
        return true
    }

    /// Ends authorisations; whose they were finds out with the next request.
    mutating func revoke(_ keys: [Int64]) {
        for key in keys {
            authorizations[key] = nil
            revokedKeys.insert(key)
        }
    }

    // MARK: - Other data centres

    mutating func exportAuthorization(
        _ request: TL.auth.ExportAuthorization,
        by caller: Caller
    ) throws -> TL.auth.ExportedAuthorization {
        guard request.dcID != caller.dataCenterID, dataCenters.contains(request.dcID) else {
            throw refusal("DC_ID_INVALID")
        }
        let bytes = random.bytes(128)
        desk.exports.append(.init(accountID: caller.accountID, dataCenter: request.dcID, bytes: bytes))
        return TL.auth.ExportedAuthorization(id: caller.accountID, bytes: bytes)
    }

    mutating func importAuthorization(
        _ request: TL.auth.ImportAuthorization,
        by caller: Caller
    ) throws -> TL.auth.Authorization {
        guard accounts[request.id] != nil else { throw refusal("USER_ID_INVALID") }
        let index = desk.exports.firstIndex { export in
            export.accountID == request.id && export.bytes == request.bytes
                && export.dataCenter == caller.dataCenterID
        }
        guard let index else { throw refusal("AUTH_BYTES_INVALID") }
        desk.exports.remove(at: index)
        authorize(request.id, caller)
        authorizations[caller.authKeyID]?.isImported = accounts[request.id]?.dataCenter != caller.dataCenterID
        return .authorization(user: user(request.id, for: request.id))
    }
}
