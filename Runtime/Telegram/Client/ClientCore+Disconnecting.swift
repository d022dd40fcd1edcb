import MTProto
import MTProtoCrypto
import TelegramAPI

/// The ends: that of a connection, and those of a session.
extension ClientCore {
    /// Disconnects, whatever is under way. It does not heed the cancellation of the task that calls: leaving a session
    /// half open helps nobody.
    nonisolated func disconnect() async {
        await Task { await self.disconnectNow() }.value
    }

    private func disconnectNow() async {
        disconnections += 1
        // What holds the gate waits for one of these.
        sleeper.interruptAll()
        await connecting?.sender.disconnect()
        await home?.sender.disconnect()
        for sender in foreign.opening.values { await sender.disconnect() }
        await termination?.value
        // The task is not cancelled, so this does not throw.
        try? await gate.enter()
        defer { gate.leave() }
        await tearDown(after: nil)
        rawUpdates.finish()
    }

    /// Ends everything; an error is kept for those who ask why. A cancellation is none: it concerns whoever was
    /// cancelled, and not those who ask later.
    func tearDown(after error: (any Error)?) async {
        let error = error is CancellationError ? nil : error
        housekeeping?.cancel()
        housekeeping = nil
        status.withLock { status in
            status.home = nil
            status.endError = error
        }
        sleeper.interruptAll(with: error ?? CancellationError())
        await closeConnections()
        await closeStore()
        connected.send(false)
        connectionStates.send(.disconnected(error as? MTProtoError))
    }

    func closeConnections() async {
        status.withLock { $0.home = nil }
        let endings = [home, connecting].compactMap { $0 }
        home = nil
        connecting = nil
        updatesRequest?.cancel()
        updatesRequest = nil
        for connection in endings {
            connection.cancelTasks()
            if let credentials = await connection.sender.credentials {
                foreign.credentials[connection.dataCenter] = credentials
            }
            await connection.sender.disconnect()
            for task in connection.tasks { await task.value }
        }
        for former in retired { await former.sender?.disconnect() }
        retired = []
        await closeForeignConnections()
    }

    /// What an attempt to connect failed with, after its consequences for the session.
    func settled(_ error: any Error) async -> any Error {
        guard let cause = error as? RPCError, cause.endsSession else { return error }
        if let dataCenter = connecting?.dataCenter ?? content.home?.id { await forgetInvalidated(dataCenter) }
        return ClientError.sessionInvalidated(by: cause)
    }

    /// The server has ended the session in a way that no new attempt can cure.
    func terminate(after cause: RPCError) {
        guard termination == nil, let epoch = home?.epoch else { return }
        let error = ClientError.sessionInvalidated(by: cause)
        // From now on requests fail with this.
        status.withLock { status in
            status.home = nil
            status.endError = error
        }
        termination = Task { [weak self] in await self?.finishTermination(error, epoch: epoch) }
    }

    private func finishTermination(_ error: ClientError, epoch: Int) async {
        defer { termination = nil }
        try? await gate.enter()
        defer { gate.leave() }
        // Whoever had the gate may have disconnected, and connected again.
        guard home?.epoch == epoch else { return }
        if let dataCenter = home?.dataCenter ?? content.home?.id { await forgetInvalidated(dataCenter) }
        await tearDown(after: error)
        rawUpdates.finish()
    }

    /// Forgets the key of the account's data centre and what belongs to it.
    func forgetInvalidated(_ dataCenter: Int32) async {
        await closeConnections()
        await forgetAccountQuietly(and: [dataCenter])
        await peers.setAccount(nil)
    }

    /// The client has logged out, and is of no more use.
    func loggedOut() async throws {
        status.withLock { $0.isLoggedOut = true }
        await signedOut()
        await disconnect()
        try await write { try await $0.delete() }
    }

    /// Forgets keys and account, so that the next connection begins like that of a new session.
    func forgetAuthorization() async throws {
        try await gate.enter()
        defer { gate.leave() }
        let wasOpen = isStoreOpen
        if !wasOpen { try await openStore() }
        await closeConnections()
        let result: Result<Void, any Error>
        do {
            result = .success(try await forgetAccount(and: Array(content.authKeys.keys)))
        } catch {
            result = .failure(error)
        }
        await peers.setAccount(nil)
        await tearDown(after: nil)
        rawUpdates.finish()
        try result.get()
    }
}

extension RPCError {
    /// Whether nobody is signed in with the key, or not any more.
    var endsSignIn: Bool {
        switch self {
        case is RPCError.AuthKeyUnregistered, is RPCError.SessionRevoked, is RPCError.SessionExpired,
            is RPCError.UserDeactivated, is RPCError.UserDeactivatedBan:
            true
        default: false
        }
    }

    /// Whether the key itself is worth nothing any more.
    var endsSession: Bool { self is RPCError.AuthKeyDuplicated }
}
