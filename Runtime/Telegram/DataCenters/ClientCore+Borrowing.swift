import MTProto
import MTProtoCrypto
import TelegramAPI

/// Connections to other data centres, and further ones to the account's own.
struct ForeignConnections: Sendable {
    /// Those that can be used.
    var senders: [ConnectionKey: Sender] = [:]
    /// Those that are being made.
    var opening: [ConnectionKey: Sender] = [:]
    /// What the next connection to a data centre begins with.
    var credentials: [Int32: SenderCredentials] = [:]
    /// Data centres with a key that nobody is signed in with yet.
    var unauthorized: Set<Int32> = []
    private var connectionGates: [ConnectionKey: AsyncGate] = [:]
    private var dataCenterGates: [Int32: AsyncGate] = [:]

    mutating func gate(for key: ConnectionKey) -> AsyncGate {
        let gate = connectionGates[key] ?? AsyncGate()
        connectionGates[key] = gate
        return gate
    }

    mutating func gate(for dataCenter: Int32) -> AsyncGate {
        let gate = dataCenterGates[dataCenter] ?? AsyncGate()
        dataCenterGates[dataCenter] = gate
        return gate
    }

    /// The key of a data centre is gone.
    mutating func forget(_ dataCenter: Int32) {
        credentials[dataCenter] = nil
        unauthorized.remove(dataCenter)
    }
}

/// The server says that the data centre is the one that it was asked at.
private struct OwnDataCenter: Error {}

extension ClientCore {
    /// Takes a connection into use; it is given back with the last reference to the result.
    nonisolated func borrow(_ key: ConnectionKey) -> BorrowedSender {
        ledger.withLock { $0.borrow(key) }
        return BorrowedSender(key: key, core: self)
    }

    nonisolated func giveBack(_ key: ConnectionKey) {
        let now = now
        ledger.withLock { $0.giveBack(key, at: now) }
    }

    /// The connection behind a key, made if need be.
    func sender(for key: ConnectionKey) async throws -> Sender {
        let home = try status.withLock { try $0.requireHome() }
        if isHome(key) { return home }
        if let sender = usableSender(for: key) { return sender }
        let disconnections = disconnections
        let gate = foreign.gate(for: key)
        try await gate.enter()
        defer { gate.leave() }
        guard disconnections == self.disconnections else { throw CancellationError() }
        if let sender = usableSender(for: key) { return sender }
        do {
            let sender = try await open(key)
            guard disconnections == self.disconnections else {
                await sender.disconnect()
                throw CancellationError()
            }
            foreign.senders[key] = sender
            return sender
        } catch is OwnDataCenter {
            try await correctHome(to: key.dataCenter)
            return try status.withLock { try $0.requireHome() }
        }
    }

    private func isHome(_ key: ConnectionKey) -> Bool { key.role == .ordinary && key.dataCenter == home?.dataCenter }

    private func usableSender(for key: ConnectionKey) -> Sender? {
        guard let sender = foreign.senders[key] else { return nil }
        if case .disconnected = sender.state {
            foreign.senders[key] = nil
            return nil
        }
        return sender
    }

    // MARK: - Opening

    private func open(_ key: ConnectionKey) async throws -> Sender {
        let dataCenter = key.dataCenter
        if dataCenter == home?.dataCenter { return try await connected(key) }
        if !isKeyMissing(dataCenter) {
            let known = content.authKeys[dataCenter]
            do {
                return try await connected(key)
            } catch let error as MTProtoError where error.code == .authKeyNotFound {
                await forgetKey(known, of: dataCenter)
            }
        }
        // One key and one sign-in serve all connections to the data centre.
        let gate = foreign.gate(for: dataCenter)
        try await gate.enter()
        defer { gate.leave() }
        guard isKeyMissing(dataCenter) else { return try await connected(key) }
        let sender = try await connected(key)
        if key.role != .cdn {
            do {
                foreign.unauthorized.insert(dataCenter)
                try await authorize(sender, dataCenter: dataCenter)
            } catch {
                await sender.disconnect()
                throw error
            }
        }
        return sender
    }

    private func isKeyMissing(_ dataCenter: Int32) -> Bool {
        content.authKeys[dataCenter] == nil || foreign.unauthorized.contains(dataCenter)
    }

    private func connected(_ key: ConnectionKey) async throws -> Sender {
        let keys = key.role == .cdn ? try await cdnKeys(of: key.dataCenter) : nil
        let sender = makeSender(for: key, at: try endpoints(for: key), keys: keys)
        foreign.opening[key] = sender
        defer { foreign.opening[key] = nil }
        log.debug("connecting to \(key)")
        try await sender.connect()
        try await keepKey(of: sender, dataCenter: key.dataCenter)
        return sender
    }

    /// Takes the account to another data centre. See <https://core.telegram.org/api/datacenter#authorization-transfer>.
    private func authorize(_ sender: Sender, dataCenter: Int32) async throws {
        let exported: TL.auth.ExportedAuthorization
        do {
            exported = try await call(TL.auth.ExportAuthorization(dcID: dataCenter))
        } catch is RPCError.DcIdInvalid {
            throw OwnDataCenter()
        }
        _ = try await perform(
            TL.auth.ImportAuthorization(id: exported.id, bytes: exported.bytes),
            over: sender,
            withoutUpdates: true
        )
        foreign.unauthorized.remove(dataCenter)
    }

    /// The public keys of a data centre for copies of files: Telegram vouches for them, and for them only there.
    private func cdnKeys(of dataCenter: Int32) async throws -> [ServerPublicKey] {
        let config = try await call(TL.help.GetCdnConfig())
        let keys = try config.publicKeys.filter { $0.dcID == dataCenter }.map { try ServerPublicKey(pem: $0.publicKey) }
        guard keys.isEmpty else { return keys }
        throw ClientError(
            .unknownDataCenter,
            "the server names no public key of data centre \(dataCenter); fetch the file from where it is kept instead"
        )
    }

    // MARK: - Recovering

    /// Cures what made a request over a borrowed connection fail.
    /// - Returns: whether it is worth another attempt.
    func recover(_ key: ConnectionKey, _ sender: Sender, from error: any Error) async throws -> Bool {
        if key.dataCenter == home?.dataCenter { await refused(error, account: content.account) }
        guard !isHome(key) else { return false }
        switch error {
        case is RPCError.AuthKeyUnregistered where key.role != .cdn && key.dataCenter != home?.dataCenter:
            try await authorizeAgain(sender, dataCenter: key.dataCenter)
            return true
        // The next connection makes another key, or it was closed because nobody seemed to use it.
        case let error as MTProtoError:
            let isCurable = error.code == .authKeyNotFound || error.code == .notConnected
            return isCurable && status.withLock { $0.home != nil }
        default: return false
        }
    }

    private func authorizeAgain(_ sender: Sender, dataCenter: Int32) async throws {
        let gate = foreign.gate(for: dataCenter)
        try await gate.enter()
        defer { gate.leave() }
        try await authorize(sender, dataCenter: dataCenter)
    }

    private func forgetKey(_ key: [UInt8]?, of dataCenter: Int32) async {
        // Somebody else may have made another one meanwhile.
        guard content.authKeys[dataCenter] == key else { return }
        log.debug("data centre \(dataCenter) does not know our key any more; another one is made")
        foreign.forget(dataCenter)
        await changeQuietly(.authKey(dataCenter: dataCenter, nil))
        for (key, sender) in foreign.senders where key.dataCenter == dataCenter {
            foreign.senders[key] = nil
            await sender.disconnect()
        }
    }

    // MARK: - Closing

    func closeIdleConnections() async {
        let now = now
        for key in ledger.withLock({ $0.takeIdle(at: now) }) {
            guard let sender = foreign.senders.removeValue(forKey: key) else { continue }
            log.debug("closing \(key), which nobody has used for a while")
            foreign.credentials[key.dataCenter] = await sender.credentials
            await sender.disconnect()
        }
    }

    func closeForeignConnections() async {
        let senders = foreign.senders
        foreign.senders = [:]
        for (key, sender) in senders {
            foreign.credentials[key.dataCenter] = await sender.credentials
            await sender.disconnect()
        }
    }
}
