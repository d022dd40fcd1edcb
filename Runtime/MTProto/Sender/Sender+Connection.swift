/// Attempts: from TCP to the first packet.
extension Sender {
    /// Begins the next attempt at once, whatever was going on.
    func startAttempt() {
        dropConnection()
        let now = time.now()
        let first = endpointIndex % configuration.endpoints.count
        let endpoints = Array(configuration.endpoints[first...] + configuration.endpoints[..<first])
        let route = SenderRoute(
            endpoints: endpoints,
            configuration: configuration,
            loop: loop,
            // Disguises tell the time to a proxy, whose clock is right like the server's.
            time: TimeReading(wall: clock.serverTime(at: now), monotonic: now.monotonic)
        )
        phase = .connecting
        publish(.connecting(attempt: reconnection.attempt))
        let names = endpoints.map(\.description).joined(separator: ", ")
        log.debug("connecting to the first that answers of \(names), attempt \(reconnection.attempt)")

        let epoch = epoch
        attempt = Task { [weak self] in
            let outcome: Result<SenderRoute.End, any Error>
            do {
                outcome = .success(try await route.open())
            } catch {
                outcome = .failure(error)
            }
            // When nobody is left to take the channel it closes itself.
            await self?.attemptEnded(outcome, epoch: epoch)
        }
    }

    private func attemptEnded(_ outcome: Result<SenderRoute.End, any Error>, epoch: UInt64) {
        guard epoch == self.epoch else {
            if case .success(let end) = outcome { end.channel.close() }
            return
        }
        attempt = nil
        switch outcome {
        case .success(let end):
            endpointIndex = configuration.endpoints.firstIndex(of: end.endpoint) ?? endpointIndex
            opened(end.channel, end.pipeline)
        case .failure(let error as MTProtoError): connectionEnded(error)
        case .failure(let error):
            connectionEnded(MTProtoError(.cannotConnect, "the attempt to connect failed: \(error)"))
        }
    }

    private func opened(_ channel: SocketChannel, _ pipeline: ClientPipeline) {
        let epoch = epoch
        log.debug("reached \(channel.remoteAddress)")
        channel.onBytes = { [weak self] bytes in self?.assumeIsolated { $0.received(bytes, epoch: epoch) } }
        channel.onClosed = { [weak self] error in self?.assumeIsolated { $0.closed(error, epoch: epoch) } }
        channel.onDrained = { [weak self] in self?.assumeIsolated { $0.drained(epoch: epoch) } }
        connection = SenderConnection(channel: channel, pipeline: pipeline)
        phase = .handshaking
        channel.start()
        write(connection?.pipeline.connected() ?? [])
        if connection?.pipeline.isReady == true {
            proceedWithKeys()
        } else {
            connection?.stepDeadline = time.now().monotonic + configuration.stepTimeout
            armTimer()
        }
    }

    // MARK: - Bytes

    private func received(_ bytes: UnsafeRawBufferPointer, epoch: UInt64) {
        guard epoch == self.epoch else { return }
        if case .closing = phase { return }
        do throws(MTProtoError) {
            guard let answer = try connection?.pipeline.received(bytes) else { return }
            write(answer)
            if case .handshaking = phase, connection?.pipeline.isReady == true {
                connection?.stepDeadline = nil
                proceedWithKeys()
            }
            // A frame can end the connection, and with it the frames behind it.
            while epoch == self.epoch, let frame = try connection?.pipeline.nextFrame() { handle(frame) }
        } catch {
            guard epoch == self.epoch else { return }
            connectionEnded(error)
        }
        guard epoch == self.epoch else { return }
        notePartialFrame()
        scheduleFlush()
    }

    private func closed(_ error: MTProtoError?, epoch: UInt64) {
        guard epoch == self.epoch else { return }
        if case .closing = phase { return finishClosing() }
        // A server that refuses may have sent a bare code as its last bytes.
        if error == nil, let frame = connection?.pipeline.ended() {
            handle(frame)
            guard epoch == self.epoch else { return }
        }
        let fallback = connection?.isConfirmed == true ? MTProtoError.Code.connectionLost : .cannotConnect
        connectionEnded(error ?? MTProtoError(fallback, "the server closed the connection"))
    }

    private func drained(epoch: UInt64) {
        guard epoch == self.epoch else { return }
        if case .closing = phase { return finishClosing() }
        flush()
    }

    func write(_ bytes: [UInt8]) {
        if !bytes.isEmpty { connection?.channel.write(bytes) }
    }

    // MARK: - The end of a connection

    /// An attempt failed or a connection broke: decides what comes next.
    func connectionEnded(_ error: MTProtoError) {
        let wasConfirmed = connection?.isConfirmed ?? false
        let wasOpen = connection != nil
        log.debug("the connection ended: \(error)")
        if error.code == .securityCheckFailed { securityFailure = error }
        dropConnection()
        guard !error.code.isFinal, !wasConfirmed || configuration.autoReconnect else { return end(error) }
        let now = time.now()
        // If none of them answered, the best is still the first to try.
        if wasOpen, !wasConfirmed { endpointIndex = (endpointIndex + 1) % configuration.endpoints.count }
        guard let delay = reconnection.failed(at: now, random: random) else { return end(securityFailure ?? error) }
        guard delay > .zero else { return startAttempt() }
        log.debug("the next attempt comes in \(delay)")
        phase = .waiting(until: now.monotonic + delay)
        publish(.waiting(delay, after: error))
        armTimer()
    }

    /// Lets go of the connection and of everything that belongs to it; requests stay.
    func dropConnection() {
        epoch += 1
        attempt?.cancel()
        attempt = nil
        keyExchange?.computation?.cancel()
        keyExchange = nil
        guard let connection = connection.take() else { return }
        connection.channel.close()
        session?.connectionLost()
        settleRetiringSession()
    }

    /// Gives up: everybody who waits is told why.
    func end(_ error: MTProtoError) {
        log.debug("given up: \(error)")
        phase = .ended(error)
        // The session knows best which requests may have been executed.
        let events = (retiring?.session.failAll(error) ?? []) + (session?.failAll(error) ?? [])
        retiring = nil
        session = nil
        dropConnection()
        handle(events, of: sessionNumber)
        securityFailure = nil
        publish(.disconnected(error))
        failAllRequests(with: error)
        resumeConnectWaiters(with: .failure(error))
    }

    func publish(_ state: ConnectionState) { stateBroadcast.send(state) }
}

extension MTProtoError.Code {
    /// Whether another attempt can only end in the same way, or would make matters worse.
    var isFinal: Bool {
        switch self {
        case .authKeyNotFound, .transportFlood, .invalidDataCenter, .invalidProxy, .invalidPublicKey: true
        default: false
        }
    }
}
