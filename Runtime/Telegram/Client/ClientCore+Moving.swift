import MTProto
import MTProtoCrypto
import TelegramAPI

/// Changes of where the home connection leads, and how.
extension ClientCore {
    /// Goes to another data centre for good, because the account lives there. Requests that are under way at the former
    /// one are still answered there.
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

    func abandonConnecting() async {
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
