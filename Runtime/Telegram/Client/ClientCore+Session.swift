import MTProto
import MTProtoCrypto
import TelegramAPI

/// What outlives the process.
extension ClientCore {
    /// Opens the session, or does nothing when it is open.
    func openStore() async throws {
        guard !isStoreOpen else { return }
        content = try await store.open()
        isStoreOpen = true
        foreign.credentials = [:]
        let content = content
        status.withLock { status in
            status.account = content.account
            status.takeoutID = content.takeoutID
        }
        await peers.setAccount(content.account)
    }

    func closeStore() async {
        guard isStoreOpen else { return }
        await save()
        isStoreOpen = false
        do { try await write { try await $0.close() } } catch {
            log.debug("the session could not be closed in order: \(error)")
        }
    }

    /// Makes changes and keeps them: all or none, as far as the session goes.
    func change(_ changes: SessionChange...) async throws { try await change(changes) }

    /// Makes changes and keeps them.
    func change(_ changes: [SessionChange]) async throws {
        for change in changes { content.apply(change) }
        let content = content
        status.withLock { status in
            status.account = content.account
            status.takeoutID = content.takeoutID
        }
        guard isStoreOpen else { return }
        try await write { store in
            try await store.apply(changes)
            try await store.save()
        }
    }

    /// The same where nobody can be told that it failed; the session in memory is right in any case.
    func changeQuietly(_ changes: SessionChange...) async {
        do { try await change(changes) } catch { log.debug("the session could not be changed: \(error)") }
    }

    func save() async {
        guard isStoreOpen else { return }
        do {
            try await peers.flush()
            try await write { try await $0.save() }
        } catch { log.debug("the session could not be saved: \(error)") }
    }

    /// Has the session do something after everything that it was told before. The actor alone does not see to that: it
    /// takes up the next call while the session works on the last one, and the older change would be the one that
    /// stays. The cancellation of the task that calls does not matter: in memory the change is made already.
    func write(_ body: @escaping @Sendable (any SessionStore) async throws -> Void) async throws {
        let former = lastWrite
        let write = Task { [store] in
            _ = await former?.result
            try await body(store)
        }
        lastWrite = write
        try await write.value
    }

    /// Keeps the key that a connection has made.
    func keepKey(of sender: Sender, dataCenter: Int32) async throws {
        guard let credentials = await sender.credentials else { return }
        foreign.credentials[dataCenter] = credentials
        if content.authKeys[dataCenter] != credentials.authKey.bytes {
            try await change(.authKey(dataCenter: dataCenter, credentials.authKey.bytes))
        }
    }

    // MARK: - The account

    /// Somebody has signed in over the present connection.
    func signedIn(_ user: TL.User) async throws {
        guard case .user(let user) = user else {
            throw ClientError(.notSignedIn, "the server answered the sign-in with an empty user; try again")
        }
        let account = SessionAccount(userID: user.id, isBot: user.bot, accessHash: user.accessHash ?? 0)
        if let former = content.account, former.userID != account.userID { await forgetAccountQuietly() }
        try await change(.account(account))
        status.withLock { status in
            status.isAccountOpen = false
            status.floodWaits.removeAll()
        }
        await peers.setAccount(account)
        await peers.learn(users: [.user(user)], chats: [])
        try await seedUpdates()
    }

    /// Nobody is signed in any more. The key stays: one can sign in with it again.
    func signedOut() async {
        status.withLock { $0.isAccountOpen = false }
        guard content.account != nil || status.withLock({ $0.account != nil }) else { return }
        await forgetAccountQuietly()
        await peers.setAccount(nil)
    }

    /// Forgets everything that belongs to the account. Keys of other data centres may still be signed in with it there,
    /// and must not serve the next one; so all of it goes in one step, whenever the process ends.
    /// - Parameter lostKeys: Data centres whose keys go in any case.
    func forgetAccount(and lostKeys: [Int32] = []) async throws {
        await closeForeignConnections()
        let homeID = content.home?.id
        let keys = Set(content.authKeys.keys.filter { $0 != homeID } + lostKeys)
        for dataCenter in keys { foreign.forget(dataCenter) }
        status.withLock { status in
            status.isAccountOpen = false
            status.floodWaits.removeAll()
        }
        try await change(
            [.account(nil), .takeout(nil), .updateState(nil)]
                + keys.sorted().map { .authKey(dataCenter: $0, nil) }
                + content.channelStates.keys.sorted().map { .channelState(channel: $0, pts: nil) }
        )
    }

    /// The same where nobody can be told that it failed.
    func forgetAccountQuietly(and lostKeys: [Int32] = []) async {
        do { try await forgetAccount(and: lostKeys) } catch {
            log.debug("the session could not be changed: \(error)")
        }
    }

    /// Asks who is signed in with a key of which nothing else is known, as after reading a string.
    func findAccount() async throws {
        do {
            let users = try await call(TL.users.GetUsers(id: [.inputUserSelf]))
            if let user = users.first { try await signedIn(user) }
        } catch is RPCError.Unauthorized {
            status.withLock { $0.isAccountOpen = false }
            log.debug("nobody is signed in")
        }
    }

    /// Learns from where updates are to be processed. The first answer may be stale in parts, the second one is not.
    ///
    /// Trouble is none for whoever has signed in; the next connection tries again.
    /// - Throws: `CancellationError`.
    func seedUpdates() async throws {
        guard configuration.receiveUpdates else { return }
        do {
            let state = try await call(TL.updates.GetState())
            let difference = try await call(
                TL.updates.GetDifference(pts: state.pts, date: state.date, qts: state.qts)
            )
            try await change(.updateState(UpdateState(state).advanced(by: difference)))
        } catch let error as CancellationError {
            throw error
        } catch {
            log.debug("the state of updates is not known yet: \(error)")
        }
    }
}

extension UpdateState {
    init(_ state: TL.updates.State) {
        self.init(pts: state.pts, qts: state.qts, date: state.date, seq: state.seq)
    }

    func advanced(by difference: TL.updates.Difference) -> UpdateState {
        switch difference {
        case .difference(let difference): return UpdateState(difference.state)
        case .differenceSlice(let slice): return UpdateState(slice.intermediateState)
        case .differenceEmpty(let empty):
            var state = self
            state.date = empty.date
            state.seq = empty.seq
            return state
        case .differenceTooLong(let tooLong):
            var state = self
            state.pts = tooLong.pts
            return state
        }
    }
}
