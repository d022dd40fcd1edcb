import MTProto
import MTProtoCrypto
import TelegramAPI

/// Connecting to the data centre of the account.
extension ClientCore {
    func connect() async throws {
        let disconnections = disconnections
        guard try await connectNow(disconnections) else { return }
        // Without the gate: the answer may be that the account has moved, and moving takes the gate.
        await completeAccount()
        guard disconnections == self.disconnections else { throw CancellationError() }
    }

    /// - Returns: whether there was anything to do.
    private func connectNow(_ disconnections: Int) async throws -> Bool {
        try await gate.enter()
        defer { gate.leave() }
        guard disconnections == self.disconnections else { throw CancellationError() }
        let interruptions = sleeper.interruptionCount
        try refuseAfterLogOut()
        if connected.current { return false }
        // What is left of a connection that was given up.
        await closeConnections()
        status.withLock { $0.endError = nil }
        do {
            try await openStore()
            guard disconnections == self.disconnections else { throw CancellationError() }
            // Nobody can be signed in with a key that is made just now.
            let isAccountOpen = try content.account == nil && content.authKeys[homeAddress().id] != nil
            status.withLock { $0.isAccountOpen = isAccountOpen }
            try await openHome(since: interruptions)
            guard disconnections == self.disconnections else { throw CancellationError() }
        } catch {
            let error = await settled(error)
            await tearDown(after: error)
            throw error
        }
        startHousekeeping()
        log.debug("connected to data centre \(content.home?.id ?? 0)")
        return true
    }

    private func refuseAfterLogOut() throws {
        if status.withLock({ $0.isLoggedOut }) { throw ClientStatus.loggedOut }
    }

    private func openHome(since interruptions: Int) async throws {
        let address = try homeAddress()
        let connection = try await startHome(at: address)
        try await fetchConfiguration(over: connection.sender, since: interruptions)
        if content.home != address { try await change(.home(address)) }
        adopt(connection)
        if case .disconnected(let error) = connection.sender.state {
            throw error ?? MTProtoError(.connectionLost, "the connection was lost right after it had been made")
        }
        connected.send(true)
    }

    /// Where to connect: to the data centre of the session, by an address of the family that is wanted. A key belongs
    /// to the data centre and not to the address, so the login stays.
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
    func startHome(at address: DataCenterAddress) async throws -> HomeConnection {
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

    func adopt(_ connection: HomeConnection) {
        home = connection
        connecting = nil
        let now = now.monotonic
        status.withLock { status in
            status.lastRequest = now
            status.home = connection.sender
            status.homeID = connection.dataCenter
        }
    }

    /// The first request: it announces the application, and brings the addresses of all data centres.
    func fetchConfiguration(over sender: Sender, since interruptions: Int? = nil) async throws {
        do {
            let config = try await perform(
                TL.help.GetConfig(),
                over: sender,
                withoutUpdates: !configuration.receiveUpdates,
                since: interruptions
            )
            await replaceOptions(config.dcOptions)
        } catch let error as RPCError where !error.endsSession {
            log.debug("the addresses of the data centres are not known yet: \(error)")
        }
    }

    /// Asks for what a session that was not made by this library does not say. Whatever goes wrong here goes wrong
    /// again, and visibly, with the first request that needs to know.
    private func completeAccount() async {
        do {
            if content.account == nil {
                if status.withLock({ $0.isAccountOpen }) { try await findAccount() }
            } else if content.updateState == nil {
                try await seedUpdates()
            }
        } catch {
            log.debug("the account is not known yet: \(error)")
        }
    }
}
