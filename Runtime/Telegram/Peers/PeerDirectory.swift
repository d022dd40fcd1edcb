package import MTProto
package import TelegramAPI

/// What is known about peers: a bounded memory in front of the session.
///
/// Rows go to the session when they come, in the order in which they come. What the session does not take is offered
/// again with the next row, so a full disk does not fail a request.
package actor PeerDirectory {
    let store: any SessionStore
    let time: any TimeSource
    /// Questions that are being asked, for ``PeerResolver``.
    nonisolated let requests = SharedRequests<PeerQuestion, PeerFinding?>()

    /// Who is signed in.
    package private(set) var account: SessionAccount?
    /// Whether the server has accepted the key as somebody's; `nil` when that is not known.
    private(set) var isAuthorized: Bool?
    /// Counts accounts, so that an answer for the last one is not taken for the next one.
    private(set) var accountEpoch = 0

    private let limit: Int
    private var cache: PeerCache
    private var answers: AnswerMemory
    private var contexts: BoundedCache<PeerID, MessageContext>
    private let saving: RowWriter

    /// - Parameters:
    ///   - limit: How many peers are kept in memory.
    ///   - nameLifetime: How long the answer to a question for a name or a number without a hash is believed; and how
    ///     long a username is, after somebody has come with it or it was read from the session.
    ///   - absenceLifetime: The same for the answer that there is nobody.
    package init(
        store: any SessionStore,
        limit: Int = 5_000,
        time: any TimeSource = SystemTime(),
        nameLifetime: Duration = .seconds(3600),
        absenceLifetime: Duration = .seconds(600)
    ) {
        self.store = store
        self.time = time
        self.limit = limit
        cache = PeerCache(limit: limit)
        answers = AnswerMemory(limit: limit, found: nameLifetime, absent: absenceLifetime)
        contexts = BoundedCache(limit: limit)
        saving = RowWriter(store: store, limit: limit)
    }

    private var now: Duration { time.now().monotonic }

    // MARK: - The account

    /// Somebody has signed in, or out. Access hashes belong to an account, so those of the last one are forgotten.
    package func setAccount(_ account: SessionAccount?) async {
        let isSomebodyElse = self.account.map { $0.userID != account?.userID } ?? false
        self.account = account
        isAuthorized = nil
        accountEpoch += 1
        guard isSomebodyElse else { return }
        cache = PeerCache(limit: limit)
        answers = AnswerMemory(limit: limit, found: answers.lifetimes.found, absent: answers.lifetimes.absent)
        contexts = BoundedCache(limit: limit)
        saving.discard()
    }

    /// Keeps what the server says about the key, unless somebody has signed in or out since.
    func setAuthorized(_ isAuthorized: Bool, epoch: Int) {
        if epoch == accountEpoch { self.isAuthorized = isAuthorized }
    }

    // MARK: - Learning

    /// Keeps whom an answer or a batch of updates brings along. Of those of whom only a part has come nothing is kept
    /// but the message in which they were seen; what is known about them already stays.
    package nonisolated func learn(from value: Any) async {
        guard let harvest = PeerHarvest(value) else { return }
        await keep(harvest)
    }

    /// Keeps users, groups and channels.
    package func learn(users: [TL.User], chats: [TL.Chat]) async {
        await keep(PeerHarvest(users: users, chats: chats, origin: nil))
    }

    private func keep(_ harvest: PeerHarvest) async {
        for row in harvest.rows { keep(row) }
        for (id, context) in harvest.contexts { contexts.insert(context, for: id) }
        for change in harvest.changes {
            // A session that cannot be read says so when somebody is looked up.
            if let row = try? await row(change.user) { keep(change.applied(to: row)) }
        }
        await saving.write()
    }

    private func keep(_ row: StoredPeer) {
        let former = cache.row(row.id)
        guard cache.insert(row, at: now) else { return }
        contexts.remove(row.id)
        // Both the names that have come and those that are gone.
        for name in row.usernames + (former?.usernames ?? []) { answers.forget(.username(name)) }
        for phone in [row.phone, former?.phone].compactMap({ $0 }) { answers.forget(.phone(phone)) }
        saving.add(row)
    }

    /// Writes what the session has not taken yet.
    /// - Throws: what the session throws.
    package func flush() async throws {
        await saving.write()
        if let error = saving.error { throw error }
    }

    // MARK: - Looking up

    /// What requests name somebody by, from memory and the session alone; `nil` when it is not known.
    /// - Throws: `SessionError` when the session cannot be read.
    package func inputPeer(_ id: PeerID) async throws -> TL.InputPeer? {
        // A basic group needs no access hash.
        if case .chat(let number) = id { return .inputPeerChat(chatID: number) }
        if let account, id == .user(account.userID) { return .inputPeerSelf }
        if let row = try await row(id) { return row.inputPeer }
        // Bots may not point at messages.
        guard !(account?.isBot ?? false), let context = contexts.value(id) else { return nil }
        if case .chat(let number) = context.chat {
            return context.inputPeer(id, seenIn: .inputPeerChat(chatID: number))
        }
        guard let chat = try await row(context.chat) else { return nil }
        return context.inputPeer(id, seenIn: chat.inputPeer)
    }

    /// What is kept about somebody.
    func row(_ id: PeerID) async throws -> StoredPeer? {
        if let row = cache.row(id) ?? saving.row(id) { return row }
        guard let row = try await store.peer(id) else { return nil }
        // Something newer may have come while the session was read.
        if let newer = cache.row(id) { return newer }
        _ = cache.insert(row, at: now)
        return row
    }

    /// Who has a username, in lower case and without `@`; `nil`, too, when it is so long ago that it was seen that
    /// somebody else may have it by now. The session does not say when it was: what is there is believed for as long
    /// as if the server had just said it, so that a restart costs no requests.
    func peer(username: String) async throws -> PeerID? {
        if let id = cache.id(username: username), let seen = cache.seen(username: username) {
            return now - seen < answers.lifetimes.found ? id : nil
        }
        guard let found = try await store.peer(username: username), let row = try await row(found.id) else {
            return nil
        }
        return row.usernames.contains(username) ? row.id : nil
    }

    /// Who has a phone number, digits only.
    func peer(phone: String) async throws -> PeerID? {
        if let id = cache.id(phone: phone) { return id }
        guard let found = try await store.peer(phone: phone), let row = try await row(found.id) else { return nil }
        return row.phone == phone ? row.id : nil
    }

    /// Who is called exactly this.
    func peer(name: String) async throws -> PeerID? { try await store.peer(name: name)?.id }

    // MARK: - Answers

    /// What the server has answered to a question lately.
    func recentAnswer(_ question: PeerQuestion) -> AnswerMemory.Answer? { answers.answer(question, at: now) }

    /// Keeps what the server has answered. A username that nobody has is nobody's here, either, nor in the session; one
    /// that somebody has is taken from whoever had it before.
    func remember(_ answer: AnswerMemory.Answer, to question: PeerQuestion) async {
        answers.remember(answer, to: question, at: now)
        if case .username(let name) = question { await take(name, unless: answer) }
        await saving.write()
    }

    /// Takes a username from its former owner, who may be known to the session alone.
    private func take(_ name: String, unless answer: AnswerMemory.Answer) async {
        if cache.id(username: name) == nil, let found = try? await store.peer(username: name) {
            // Brings the row into memory, where the name can be taken away.
            _ = try? await row(found.id)
        }
        // Not when somebody has come with the name meanwhile.
        guard answers.answer(.username(name), at: now) == answer, let owner = cache.id(username: name),
            answer != .found(owner), let row = cache.remove(username: name)
        else { return }
        saving.add(row)
    }
}
