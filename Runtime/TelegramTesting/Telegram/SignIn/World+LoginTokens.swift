import MTProtoCrypto
import TelegramAPI

/// Signing in by showing a code to somebody who is signed in; see <https://core.telegram.org/api/qr-login>.
extension World {
    mutating func exportLoginToken(_ request: TL.auth.ExportLoginToken, by caller: Caller) throws -> TL.auth.LoginToken
    {
        try checkApplication(request.apiID, request.apiHash)
        if let (bytes, token) = desk.tokens.first(where: {
            $0.value.keyID == caller.authKeyID && $0.value.acceptedBy != nil
        }),
            let id = token.acceptedBy, let account = accounts[id], token.expiresAt > caller.now
        {
            guard account.dataCenter == caller.dataCenterID else {
                return .loginTokenMigrateTo(dcID: account.dataCenter, token: bytes)
            }
            desk.tokens[bytes] = nil
            return .loginTokenSuccess(authorization: try enter(account, caller))
        }
        desk.tokens = desk.tokens.filter { $0.value.keyID != caller.authKeyID }
        let bytes = random.bytes(32)
        let expiresAt = caller.now + settings.loginTokenLifetime
        desk.tokens[bytes] = LoginDesk.Token(
            keyID: caller.authKeyID,
            clientInfo: caller.clientInfo,
            dataCenter: caller.dataCenterID,
            expiresAt: expiresAt,
            excepted: Set(request.exceptIDs)
        )
        return .loginToken(expires: expiresAt, token: bytes)
    }

    mutating func acceptLoginToken(_ request: TL.auth.AcceptLoginToken, by caller: Caller) throws -> TL.Authorization {
        guard let token = desk.tokens[request.token] else { throw refusal("AUTH_TOKEN_INVALIDX") }
        guard token.expiresAt > caller.now else { throw refusal("AUTH_TOKEN_EXPIRED") }
        guard token.acceptedBy == nil else { throw refusal("AUTH_TOKEN_ALREADY_ACCEPTED") }
        guard !token.excepted.contains(caller.accountID) else { throw refusal("AUTH_TOKEN_EXCEPTION") }
        desk.tokens[request.token]?.acceptedBy = caller.accountID
        outbox.append(Delivery(recipient: .key(token.keyID), updates: [.fleeting(.updateLoginToken)], except: nil))
        let authorization = KeyAuthorization(
            hash: randomHash(),
            accountID: caller.accountID,
            dataCenter: token.dataCenter,
            createdAt: caller.now,
            activeAt: caller.now,
            clientInfo: token.clientInfo,
            isPasswordPending: accounts[caller.accountID]?.password != nil
        )
        return describe(authorization)
    }

    mutating func importLoginToken(_ request: TL.auth.ImportLoginToken, by caller: Caller) throws -> TL.auth.LoginToken
    {
        guard let token = desk.tokens[request.token] else { throw refusal("AUTH_TOKEN_INVALID") }
        guard token.expiresAt > caller.now else { throw refusal("AUTH_TOKEN_EXPIRED") }
        guard let id = token.acceptedBy, let account = accounts[id] else { throw refusal("AUTH_TOKEN_INVALID") }
        guard account.dataCenter == caller.dataCenterID else {
            return .loginTokenMigrateTo(dcID: account.dataCenter, token: request.token)
        }
        desk.tokens[request.token] = nil
        return .loginTokenSuccess(authorization: try enter(account, caller))
    }
}
