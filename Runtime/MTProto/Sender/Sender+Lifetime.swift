/// Connecting, disconnecting, and what changes in between.
extension Sender {
    /// The longest that ``disconnect()`` takes.
    static let closingLimit: Duration = .seconds(10)

    /// Connects, and returns when the server has sent its first message. From then on the connection is made again when
    /// it is lost.
    ///
    /// Does nothing when it is connected already; while another attempt is waited for, that one starts at once, and a
    /// disconnection that is under way is ended. After an error it can be called again.
    /// - Throws: the `MTProtoError` of the last attempt, or of the check that failed in an earlier one:
    ///   `cannotConnect`, `proxyFailed`, `securityCheckFailed`; without further attempts `invalidProxy`,
    ///   `authKeyNotFound`, `transportFlood`, `invalidDataCenter`. `CancellationError` when the task is cancelled,
    ///   which also ends the attempts unless somebody else waits for them, or when the sender is disconnected
    ///   meanwhile.
    package func connect() async throws {
        try Task.checkCancellation()
        // First, since it tells everybody who waits for a connection that none is coming.
        finishClosing()
        if connection?.isConfirmed == true { return }
        lastWaiterID += 1
        let id = lastWaiterID
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                guard !Task.isCancelled else { return continuation.resume(throwing: CancellationError()) }
                connectWaiters[id] = continuation
                beginConnecting()
            }
        } onCancel: {
            onLoop { $0.cancelConnecting(id) }
        }
    }

    private func beginConnecting() {
        switch phase {
        case .connecting, .handshaking, .exchangingKeys, .established: return
        case .waiting: startAttempt()
        case .idle, .closing, .ended: startAfresh()
        }
    }

    private func startAfresh() {
        reconnection.reset()
        securityFailure = nil
        rejectedTemporaryKeys = 0
        startAttempt()
    }

    private func cancelConnecting(_ id: UInt64) {
        guard let waiter = connectWaiters.removeValue(forKey: id) else { return }
        waiter.resume(throwing: CancellationError())
        // Only a first connection is given up: one that is being restored has other users.
        if connectWaiters.isEmpty, session == nil, requests.isEmpty { stop() }
    }

    func resumeConnectWaiters(with result: Result<Void, any Error>) {
        let waiters = connectWaiters.values
        connectWaiters = [:]
        for waiter in waiters { waiter.resume(with: result) }
    }

    // MARK: - Disconnecting

    /// Disconnects. Requests that wait for their answers are cancelled; what the server has to know of its answers
    /// still leaves, within ten seconds.
    package func disconnect() async {
        beginClosing()
        guard case .closing = phase else { return }
        await withTaskCancellationHandler {
            await withCheckedContinuation { closeWaiters.append($0) }
        } onCancel: {
            onLoop { $0.finishClosing() }
        }
    }

    private func beginClosing() {
        switch phase {
        case .idle, .closing: return
        case .established: break
        default: return stop()
        }
        failAllRequests(with: CancellationError())
        // The sessions still have the requests, and must not send them any more.
        _ = session?.failAll(MTProtoError(.notConnected, "the sender was disconnected"))
        _ = retiring?.session.failAll(MTProtoError(.notConnected, "the sender was disconnected"))
        // Acknowledgments wait a while for company; none is coming.
        flush(at: time.now().advanced(by: configuration.session.acknowledgementDelay))
        session = nil
        retiring = nil
        log.debug("disconnecting")
        guard let channel = connection?.channel, channel.bufferedByteCount > SocketChannel.lowWaterMark else {
            return stop()
        }
        phase = .closing(until: time.now().monotonic + Self.closingLimit)
        armTimer()
    }

    func finishClosing() {
        guard case .closing = phase else { return }
        stop()
    }

    /// Ends everything, at once.
    private func stop() {
        session = nil
        retiring = nil
        dropConnection()
        phase = .idle
        failAllRequests(with: CancellationError())
        resumeConnectWaiters(with: .failure(CancellationError()))
        publish(.disconnected(nil))
        let waiters = closeWaiters
        closeWaiters = []
        for waiter in waiters { waiter.resume() }
    }

    // MARK: - Changes

    /// Uses another proxy, or none. The connection is made again through it; requests wait meanwhile.
    package func replaceProxy(_ proxy: ProxyConfiguration?) {
        guard proxy != configuration.proxy else { return }
        configuration.proxy = proxy
        reconnectNow()
    }

    /// Uses other endpoints. A connection that stands is kept if its endpoint is still among them.
    package func replaceEndpoints(_ endpoints: [Endpoint]) {
        precondition(!endpoints.isEmpty, "a sender needs an endpoint to connect to")
        guard endpoints != configuration.endpoints else { return }
        let present = configuration.endpoints[endpointIndex % configuration.endpoints.count]
        configuration.endpoints = endpoints
        endpointIndex = endpoints.firstIndex(of: present) ?? 0
        if !endpoints.contains(present) || !phase.isEstablished { reconnectNow() }
    }

    /// Makes the connection again at once: for when the network has changed. Does nothing when there is no connection
    /// and none is being made.
    package func reconnectNow() {
        guard phase.isActive else { return }
        startAttempt()
    }

    /// Has the server forget the permanent key, and with it the login. Afterwards the sender is disconnected, and
    /// connecting again makes another key.
    ///
    /// The server forgets the key that the request is encrypted with. With forward secrecy that would be the temporary
    /// one, so the request takes a connection of its own.
    /// - Returns: whether the server has forgotten it; if not, it refused, and nothing has changed.
    @discardableResult
    package func destroyAuthKey() async throws -> Bool {
        if configuration.forwardSecrecy { return try await destroyPermanentKey() }
        let options = RequestOptions(isRepeatable: true, carriesAnnouncement: false)
        if case .destroyAuthKeyOk = try await call(MTP.DestroyAuthKey(), options: options) { return true }
        return false
    }

    private func destroyPermanentKey() async throws -> Bool {
        try requireActive()
        guard let credentials else {
            throw MTProtoError(.notConnected, "there is no key to destroy yet; wait until 'connect()' has returned")
        }
        var configuration = configuration
        configuration.forwardSecrecy = false
        let sender = Sender(configuration: configuration, credentials: credentials)
        let isDestroyed: Bool
        do {
            try await sender.connect()
            isDestroyed = try await sender.destroyAuthKey()
        } catch {
            await sender.disconnect()
            throw error
        }
        await sender.disconnect()
        if isDestroyed, authKey == credentials.authKey { keyDestroyed() }
        return isDestroyed
    }
}
