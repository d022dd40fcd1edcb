import MTProto
import MTProtoCrypto
import TelegramAPI

/// Connecting, disconnecting, moving.
extension ClientCore {
    func connect() async throws {
        let disconnections = disconnections
        try await gate.enter()
        defer { gate.leave() }
        guard disconnections == self.disconnections else { throw CancellationError() }
        try refuseAfterLogOut()
        if connected.current { return }
        // What is left of a connection that was given up.
        await closeConnections()
        status.withLock { $0.endError = nil }
        let mayBeSignedIn: Bool
        do {
            try await openStore()
            // Nobody can be signed in with a key that is made just now.
            mayBeSignedIn = try content.authKeys[homeAddress().id] != nil
            try await openHome()
            guard disconnections == self.disconnections else { throw CancellationError() }
        } catch {
            let error = await settled(error)
            await tearDown(after: error)
            throw error
        }
        startHousekeeping()
        log.debug("connected to data centre \(content.home?.id ?? 0)")
        await completeAccount(mayBeSignedIn: mayBeSignedIn)
    }

    private func refuseAfterLogOut() throws {
        if status.withLock({ $0.isLoggedOut }) { throw ClientStatus.loggedOut }
    }

    private func openHome() async throws {
        let address = try homeAddress()
        let connection = try await startHome(at: address)
        try await fetchConfiguration(over: connection.sender)
        if content.home != address { try await change(.home(address)) }
        adopt(connection)
        if case .disconnected(let error) = connection.sender.state {
            throw error ?? MTProtoError(.connectionLost, "the connection was lost right after it had been made")
        }
        connected.send(true)
    }

    /// Where to connect: to the data centre of the session, by an address of the family that is wanted. A key belongs to
    /// the data centre and not to the address, so the login stays.
    private func homeAddress() throws(ClientError) -> DataCenterAddress {
        if let home = content.home, !home.host.isEmpty {
            if home.isIPv6 == configuration.useIPv6 { return home }
            if let other = dataCenters.address(of: home.id, preferences), other.isIPv6 == configuration.useIPv6 {
                return other
            }
            return home
        }
        guard let first = dataCenters.first, let address = dataCenters.address(of: first.id, preferences) else {
            throw ClientError(.unknownDataCenter, "there is no data centre to connect to; set 'dataCenters'")
        }
        return address
    }

    /// Makes a connection that may become the home connection.
    private func startHome(at address: DataCenterAddress) async throws -> HomeConnection {
        let key = ConnectionKey(dataCenter: address.id, role: .ordinary)
        let endpoints = try endpoints(for: key, first: address)
        let sender = makeSender(for: key, at: endpoints)
        homeEpoch += 1
        let connection = HomeConnection(
            sender: sender,
            dataCenter: address.id,
            epoch: homeEpoch,
            endpoints: endpoints
        )
        connecting = connection
        watch(connection)
        try await sender.connect()
        try await keepKey(of: sender, dataCenter: address.id)
        return connecting ?? connection
    }

    private func adopt(_ connection: HomeConnection) {
        home = connection
        connecting = nil
        status.withLock { status in
            status.home = connection.sender
            status.homeID = connection.dataCenter
        }
    }

    /// The first request: it announces the application, and brings the addresses of all data centres.
    func fetchConfiguration(over sender: Sender) async throws {
        do {
            let config = try await perform(
                TL.help.GetConfig(),
                over: sender,
                withoutUpdates: !configuration.receiveUpdates
            )
            await replaceOptions(config.dcOptions)
        } catch let error as RPCError where !error.endsSession {
            log.debug("the addresses of the data centres are not known yet: \(error)")
        }
    }

    /// Asks for what a session that was not made by this library does not say. Whatever goes wrong here goes wrong again,
    /// and visibly, with the first request.
    private func completeAccount(mayBeSignedIn: Bool) async {
        do {
            if content.account == nil {
                if mayBeSignedIn { try await findAccount() }
            } else if content.updateState == nil {
                try await seedUpdates()
            }
        } catch {
            log.debug("the account is not known yet: \(error)")
        }
    }

    // MARK: - The end

    /// Disconnects, whatever is under way. It does not heed the cancellation of the task that calls: leaving a session half
    /// open helps nobody.
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
        // The task is not cancelled, so this does not throw.
        try? await gate.enter()
        defer { gate.leave() }
        await tearDown(after: nil)
        rawUpdates.finish()
    }

    /// Ends everything; an error is kept for those who ask why.
    func tearDown(after error: (any Error)?) async {
        housekeeping?.cancel()
        housekeeping = nil
        status.withLock { status in
            status.home = nil
            if let error { status.endError = error }
        }
        sleeper.interruptAll()
        await closeConnections()
        await closeStore()
        connected.send(false)
        connectionStates.send(.disconnected(error as? MTProtoError))
    }

    private func closeConnections() async {
        status.withLock { $0.home = nil }
        let endings = [home, connecting].compactMap { $0 }
        home = nil
        connecting = nil
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
    private func settled(_ error: any Error) async -> any Error {
        guard let cause = error as? RPCError, cause.endsSession else { return error }
        if let dataCenter = connecting?.dataCenter ?? content.home?.id { await forgetInvalidated(dataCenter) }
        return ClientError.sessionInvalidated(by: cause)
    }

    /// The server has ended the session in a way that no new attempt can cure.
    func terminate(after cause: RPCError) {
        guard termination == nil else { return }
        let error = ClientError.sessionInvalidated(by: cause)
        // From now on requests fail with this.
        status.withLock { status in
            status.home = nil
            status.endError = error
        }
        termination = Task { [weak self] in await self?.finishTermination(error) }
    }

    private func finishTermination(_ error: ClientError) async {
        defer { termination = nil }
        try? await gate.enter()
        defer { gate.leave() }
        if let dataCenter = home?.dataCenter ?? content.home?.id { await forgetInvalidated(dataCenter) }
        await tearDown(after: error)
    }

    /// Forgets the key of the account's data centre and what belongs to it.
    private func forgetInvalidated(_ dataCenter: Int32) async {
        await closeConnections()
        await forgetAccount()
        await peers.setAccount(nil)
        foreign.forget(dataCenter)
        await changeQuietly(.authKey(dataCenter: dataCenter, nil))
    }

    /// The client has logged out, and is of no more use.
    func loggedOut() async throws {
        status.withLock { $0.isLoggedOut = true }
        await signedOut()
        await disconnect()
        try await store.delete()
    }

    /// Forgets keys and account, so that the next connection begins like that of a new session.
    func forgetAuthorization() async throws {
        try await gate.enter()
        defer { gate.leave() }
        let wasOpen = isStoreOpen
        if !wasOpen { try await openStore() }
        let keys = content.authKeys.keys
        await closeConnections()
        await forgetAccount()
        await peers.setAccount(nil)
        for dataCenter in keys {
            foreign.forget(dataCenter)
            try await change(.authKey(dataCenter: dataCenter, nil))
        }
        await tearDown(after: nil)
    }

    // MARK: - Moving

    /// Goes to another data centre for good, because the account lives there. Requests that are under way at the former one
    /// are still answered there.
    func switchHome(to dataCenter: Int32) async throws {
        let disconnections = disconnections
        try await gate.enter()
        defer { gate.leave() }
        guard disconnections == self.disconnections else { throw CancellationError() }
        _ = try status.withLock { try $0.requireHome() }
        guard let former = home else { return }
        // Another request was told the same.
        guard former.dataCenter != dataCenter else { return }
        guard let address = dataCenters.address(of: dataCenter, preferences) else {
            throw ClientError(
                .unknownDataCenter,
                "the account belongs to data centre \(dataCenter), of which no address is known"
            )
        }
        log.debug("moving from data centre \(former.dataCenter) to \(dataCenter)")
        do {
            let connection = try await startHome(at: address)
            try await change(.home(address))
            guard disconnections == self.disconnections else { throw CancellationError() }
            adopt(connection)
        } catch {
            await abandonConnecting()
            connectionStates.send(former.sender.state)
            throw error
        }
        foreign.credentials[former.dataCenter] = await former.sender.credentials
        retired.removeAll { $0.sender == nil }
        retired.append(WeakSender(sender: former.sender))
        // Last, since it may be one of them that moves.
        former.cancelTasks()
    }

    private func abandonConnecting() async {
        guard let connection = connecting else { return }
        connecting = nil
        connection.cancelTasks()
        await connection.sender.disconnect()
    }

    /// The server says that another number is that of the present data centre: the session came with a wrong one.
    func correctHome(to dataCenter: Int32) async throws {
        try await gate.enter()
        defer { gate.leave() }
        guard let former = home, let address = content.home, former.dataCenter != dataCenter else { return }
        log.debug("data centre \(former.dataCenter) says that it is number \(dataCenter)")
        foreign.credentials[dataCenter] = foreign.credentials[former.dataCenter]
        foreign.forget(former.dataCenter)
        let key = content.authKeys[former.dataCenter]
        home = HomeConnection(
            sender: former.sender,
            dataCenter: dataCenter,
            epoch: former.epoch,
            endpoints: former.endpoints,
            tasks: former.tasks
        )
        status.withLock { $0.homeID = dataCenter }
        try await change(
            .home(DataCenterAddress(id: dataCenter, host: address.host, port: address.port)),
            .authKey(dataCenter: former.dataCenter, nil),
            .authKey(dataCenter: dataCenter, key)
        )
    }

    /// Uses another proxy, or none, for all connections from now on; those that stand are made again.
    func setProxy(_ proxy: ProxyConfiguration?) async {
        self.proxy = proxy
        let own = [home?.sender, connecting?.sender].compactMap { $0 }
        for sender in own + foreign.senders.values + foreign.opening.values { await sender.replaceProxy(proxy) }
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
