public import TelegramAPI

extension TelegramClient: APICaller {}

extension TelegramClient {
    private var resolver: PeerResolver<TelegramClient> { PeerResolver(directory: peers, caller: self) }

    // MARK: - The account

    /// The account that is signed in, as it is now; `nil` when nobody is.
    /// - Throws: what a request throws, but for errors of code 401, which say that nobody is signed in.
    public func me() async throws -> User? {
        guard let raw = try await resolver.me(), let user = User(raw) else { return nil }
        if account?.userID != user.id { try await signedIn(raw) }
        return user
    }

    /// The account as requests name it, from memory if possible; `nil` when nobody is signed in.
    public func meInput() async throws -> TL.InputPeer? {
        if let account, account.accessHash != 0 {
            return .inputPeerUser(userID: account.userID, accessHash: account.accessHash)
        }
        if account != nil { return .inputPeerSelf }
        guard let user = try await me() else { return nil }
        return user.accessHash.map { .inputPeerUser(userID: user.id, accessHash: $0) } ?? .inputPeerSelf
    }

    /// Whether the account is a bot; asks the server only when the session does not know. `false` when nobody is signed
    /// in.
    public func isBot() async throws -> Bool {
        if let account { return account.isBot }
        return try await me()?.isBot ?? false
    }

    /// Whether somebody is signed in. The server is asked (`updates.getState`) once, and again after signing in or out.
    /// - Throws: what a request throws. Only an error of code 401 means that nobody is signed in, trouble does not.
    public func isAuthorized() async throws -> Bool { try await resolver.isAuthorized() }

    // MARK: - Others

    /// A user, group or channel as it is now.
    ///
    /// Usernames are looked up by the server, and who was found is believed for an hour.
    /// - Throws: ``PeerError`` when nobody is found; otherwise what a request throws, such as `CHANNEL_PRIVATE` for a
    ///   channel that has banned the account.
    public func entity(_ reference: some PeerConvertible) async throws -> Entity {
        let reference = reference.peerReference
        guard let entity = try await resolver.entities([reference]).first else {
            throw PeerError(.notFound, "the server does not tell of \(reference)")
        }
        return entity
    }

    /// Several of them, with as few requests as possible, in the order of the references.
    ///
    /// Names, phone numbers and invitations still take a request each when they have not been looked up lately.
    /// - Throws: the same as ``entity(_:)`` when one of them is not found.
    public func entities(_ references: [PeerReference]) async throws -> [Entity] {
        try await resolver.entities(references)
    }

    /// What requests name somebody by.
    ///
    /// What is known from earlier answers and updates is used first, then the session, and only then the server is
    /// asked: for usernames, phone numbers, invitations, and for numbers of contacts and of those a bot has met. Asking
    /// for usernames often leads to long flood waits, so keep numbers rather than names.
    ///
    /// Usernames change hands. One is believed for an hour after the server has shown it, in an answer or an update, and
    /// one from the session for an hour after it was read; then the server is asked again. Whoever must not reach a
    /// former owner after a restart takes a number, or ``entity(_:)``, which asks first.
    ///
    /// A number alone is not enough for the server. This session must have seen the user or channel, in a dialog, a
    /// message or a list of members; see <https://core.telegram.org/api/peers>.
    /// - Throws: ``PeerError`` when nobody is found; otherwise what a request throws.
    public func inputPeer(for reference: some PeerConvertible) async throws -> TL.InputPeer {
        try await resolver.inputPeer(for: reference.peerReference)
    }

    /// What requests name a user by.
    /// - Throws: the same as ``inputPeer(for:)``, and ``PeerError`` with `notAUser`.
    public func inputUser(for reference: some PeerConvertible) async throws -> TL.InputUser {
        try await resolver.inputUser(for: reference.peerReference)
    }

    /// What requests name a channel or supergroup by.
    /// - Throws: the same as ``inputPeer(for:)``, and ``PeerError`` with `notAChannel`, also for basic groups.
    public func inputChannel(for reference: some PeerConvertible) async throws -> TL.InputChannel {
        try await resolver.inputChannel(for: reference.peerReference)
    }

    /// The number and kind of somebody. A number passes as it is, without any lookup; a positive one is a user's.
    /// - Throws: the same as ``inputPeer(for:)``, and ``ClientError`` with `notSignedIn` for `.me`.
    public func peerID(of reference: some PeerConvertible) async throws -> PeerID {
        try await resolver.peerID(of: reference.peerReference)
    }
}
