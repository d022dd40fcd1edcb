package import TelegramAPI

/// Who is signed in.
extension PeerResolver {
    /// The account as it is now; `nil` when nobody is signed in.
    package func me() async throws -> TL.User? {
        do {
            return try await call(TL.users.GetUsers(id: [.inputUserSelf])).first { User($0) != nil }
        } catch let error as RPCError where error.code == 401 {
            return nil
        }
    }

    /// Whether the server takes the key for somebody's.
    package func isAuthorized() async throws -> Bool {
        if let known = await directory.isAuthorized { return known }
        let epoch = await directory.accountEpoch
        var isAuthorized = true
        do {
            _ = try await call(TL.updates.GetState())
        } catch let error as RPCError where error.code == 401 {
            isAuthorized = false
        }
        await directory.setAuthorized(isAuthorized, epoch: epoch)
        return isAuthorized
    }

    /// The number and kind of somebody.
    package func peerID(of reference: PeerReference) async throws -> PeerID {
        switch reference.target {
        case .peer(let id): return id
        case .id(let id): return PeerID(marked: id)
        default: break
        }
        let peer = try await inputPeer(for: reference)
        if let id = PeerID(peer) { return id }
        guard case .inputPeerSelf = peer else {
            throw PeerError(.invalid, "an empty input peer is nobody; give somebody")
        }
        if let account = await directory.account { return .user(account.userID) }
        if let me = try await me() { return .user(me.id) }
        throw ClientError(.notSignedIn, "nobody is signed in, so nobody knows who that is; sign in first")
    }
}
