import MTProto
import TLRuntime
import TelegramAPI

extension ServerCore {
    /// A packet was decrypted.
    func receive(
        _ opened: OpenedMessage,
        _ packet: [UInt8],
        key: ServerKeyStore.Entry,
        on connection: ServerConnection,
        at now: TimeReading
    ) {
        let address = SessionAddress(keyID: key.key.id, sessionID: opened.sessionID)
        let session = sessions[address] ?? makeSession(address, key)
        connection.sessions.insert(address)
        if connection.isHTTP { connection.poll.start(for: address, at: now.monotonic) }
        var salts = key.salts
        let message = IncomingMessage(
            salt: opened.salt,
            id: opened.messageID,
            sequenceNumber: opened.sequenceNumber,
            body: packet[opened.body]
        )
        let actions = session.machine.received(message, on: connection.id, salts: &salts, at: now)
        keys[address.keyID]?.salts = salts
        if !session.handle.isConnected {
            session.handle.setConnected(true)
            state.sessionChanged(session.handle)
        }
        for action in actions { perform(action, for: session, on: connection, at: now) }
        touch(session)
    }

    private func makeSession(_ address: SessionAddress, _ key: ServerKeyStore.Entry) -> HostedSession {
        let owner = key.ownerID.map { owners[$0, default: KeyOwner()] }
        if let id = key.ownerID { owners[id] = owner }
        let handle = TestSession(
            id: address.sessionID,
            encryptionKeyID: address.keyID,
            ownerID: key.ownerID,
            dataCenterID: key.dataCenter,
            keyStorage: owner?.storage ?? TestStorage(),
            core: self
        )
        handle.announce(layer: owner?.layer, clientInfo: owner?.clientInfo)
        var settings = configuration.session
        settings.strictness = configuration.strictness
        let session = HostedSession(
            address: address,
            handle: handle,
            machine: ServerSession(id: address.sessionID, configuration: settings, random: random)
        )
        sessions[address] = session
        state.add(handle)
        log.debug("\(handle) begins")
        return session
    }

    private func perform(
        _ action: ServerSessionAction,
        for session: HostedSession,
        on connection: ServerConnection,
        at now: TimeReading
    ) {
        switch action {
        case .execute(let id, let body): execute(id, body, of: session, on: connection)
        case .cancel(let id):
            session.tasks[id]?.cancel()
            session.predecessors.remove(id)
            ended(id, succeeded: false, in: session)
        case .disconnect(let after): connection.disconnectAt = now.monotonic + after
        case .poll(let rules): connection.poll.adopt(rules)
        case .destroySession(let id, let request): destroySession(id, request: request, from: session, at: now)
        case .destroyKey(let request): destroyKey(request: request, from: session, on: connection, at: now)
        case .refused(let id, let problem):
            log.debug("message \(id) refused: \(problem.rawValue)")
            state.count { $0.refusedMessages[problem.rawValue, default: 0] += 1 }
        case .repeated: state.count { $0.repeatedMessages += 1 }
        case .ignored(let reason): log.debug(reason)
        }
    }

    // MARK: - Destruction

    private func destroySession(
        _ id: Int64,
        request: MessageID,
        from session: HostedSession,
        at now: TimeReading
    ) {
        let other = sessions[SessionAddress(keyID: session.address.keyID, sessionID: id)]
        // What this does to the session that asks is undefined; here it stays.
        if let other, other !== session { destroy(other) }
        session.machine.sessionDestroyed(id, existed: other != nil, request: request, at: now)
    }

    private func destroyKey(
        request: MessageID,
        from session: HostedSession,
        on connection: ServerConnection,
        at now: TimeReading
    ) {
        let isPermanent = keys[session.address.keyID]?.isTemporary == false
        session.machine.keyDestroyed(
            isPermanent ? .destroyAuthKeyOk : .destroyAuthKeyFail,
            request: request,
            at: now
        )
        guard isPermanent else { return }
        // The answer is the last thing that the key encrypts.
        for envelope in session.machine.envelopes(for: connection.id, at: now) {
            send(envelope, of: session, by: connection, at: now)
        }
        forgetKey(session.address.keyID)
    }

    /// Forgets a session as a server may at any time, with what waits in it and what runs for it.
    func destroy(_ session: HostedSession) {
        session.isDestroyed = true
        for task in session.tasks.values { task.cancel() }
        session.handle.setDestroyed()
        sessions[session.address] = nil
        state.remove(session.handle)
        for connection in connections.values {
            connection.sessions.remove(session.address)
            if connection.poll.session == session.address { connection.poll.end() }
        }
    }

    /// Forgets a key with its sessions; who uses it afterwards gets transport error 404.
    func forgetKey(_ id: Int64) {
        let removed = Set(keys.remove(id))
        owners[id] = nil
        for session in sessions.values where removed.contains(session.address.keyID) { destroy(session) }
    }

    // MARK: - Pushes

    func push(_ bytes: [UInt8], to handle: TestSession) {
        let address = SessionAddress(keyID: handle.encryptionKeyID, sessionID: handle.id)
        guard let session = sessions[address], session.handle === handle else { return }
        guard !(state.withLock { $0.losesUpdates }) else {
            return state.count { $0.faults["lostUpdate", default: 0] += 1 }
        }
        session.machine.push(bytes, at: clock.now())
        touch(session)
    }
}
