/// Getting the keys that a session needs.
extension Sender {
    /// The connection can carry packets: gets the keys that are missing, then opens the session.
    func proceedWithKeys() {
        guard let authKey else { return startKeyExchange(for: .permanentKey) }
        guard configuration.forwardSecrecy else { return openSession(key: authKey, binding: nil, salts: salts) }
        let serverTime = clock.serverTime(at: time.now())
        guard let temporaryKey, temporaryKey.schedule.isUsable(at: serverTime) else {
            self.temporaryKey = nil
            return startKeyExchange(for: .temporaryKey)
        }
        openSession(with: temporaryKey, for: authKey)
    }

    func openSession(with temporaryKey: TemporaryKey, for authKey: AuthKey) {
        let seconds = temporaryKey.schedule.expiresAt.components.seconds
        let binding = TemporaryKeyBinding(
            permanentKey: authKey,
            temporaryKey: temporaryKey.key,
            expiresAt: Int32(clamping: seconds)
        )
        openSession(key: temporaryKey.key, binding: binding, salts: [Self.firstSalt(temporaryKey.firstSalt)])
    }

    /// A salt of which nobody has said how long it is valid: until the server names another one.
    static func firstSalt(_ value: Int64) -> ServerSalt {
        ServerSalt(value: value, validity: .zero..<(.seconds(Int64(Int32.max))))
    }

    func startKeyExchange(for purpose: SenderKeyExchange.Purpose) {
        if purpose != .renewal {
            phase = .exchangingKeys
            publish(.exchangingKeys)
        }
        log.debug("agreeing upon \(purpose == .permanentKey ? "a key" : "a temporary key")")
        var machine = ClientKeyExchange(
            keys: configuration.keys,
            dataCenter: Int32(configuration.dataCenter),
            lifetime: purpose == .permanentKey ? nil : configuration.temporaryKeyLifetime,
            random: random
        )
        let body = machine.start()
        keyExchange = SenderKeyExchange(purpose: purpose, machine: machine, deadline: .zero)
        sendUnencrypted(body)
    }

    private func sendUnencrypted(_ body: [UInt8]) {
        let now = time.now()
        let id = unencryptedIDs.next(at: clock.serverTime(at: now))
        let packet = OutgoingPacket(bytes: UnencryptedMessage.packet(body: body, id: id))
        dump(packet.bytes, .sent)
        write(connection?.pipeline.send([packet]) ?? [])
        keyExchange?.deadline = now.monotonic + configuration.stepTimeout
        armTimer()
    }

    // MARK: - Answers

    /// Takes a packet without a key. The next step takes milliseconds of arithmetic, so other connections of the loop
    /// must not wait for it.
    func receivedUnencrypted(_ packet: [UInt8]) {
        guard let exchange = keyExchange else {
            return log.debug("dropped an unencrypted message: no key is being agreed upon")
        }
        guard exchange.computation == nil else {
            return log.debug("dropped an unencrypted message: the last one is still being worked on")
        }
        let body: [UInt8]
        do {
            body = try UnencryptedMessage.body(of: packet, from: .server).body
        } catch {
            return keyExchangeFailed(error)
        }
        let (machine, epoch, now) = (exchange.machine, epoch, time.now())
        keyExchange?.computation = Task { [weak self] in
            var machine = machine
            let step: Result<KeyExchangeStep, MTProtoError>
            do throws(MTProtoError) {
                step = .success(try machine.received(body, at: now))
            } catch {
                step = .failure(error)
            }
            await self?.keyExchangeStepped(machine, step, epoch: epoch)
        }
    }

    private func keyExchangeStepped(
        _ machine: ClientKeyExchange,
        _ step: Result<KeyExchangeStep, MTProtoError>,
        epoch: UInt64
    ) {
        guard epoch == self.epoch, keyExchange != nil else { return }
        keyExchange?.machine = machine
        keyExchange?.computation = nil
        switch step {
        case .success(.send(let body)): sendUnencrypted(body)
        case .success(.finished(let result)): keyExchangeFinished(result)
        case .failure(let error): keyExchangeFailed(error)
        }
    }

    /// The exchange came to no key. While requests go on under the present one there is time for another try.
    func keyExchangeFailed(_ error: MTProtoError) {
        guard keyExchange?.purpose == .renewal else { return connectionEnded(error) }
        log.debug("no new temporary key yet: \(error)")
        keyExchange?.computation?.cancel()
        keyExchange = nil
        renewLater()
    }

    private func renewLater() {
        renewalRetryAt = time.now().monotonic + .seconds(60)
        armTimer()
    }

    private func keyExchangeFinished(_ result: KeyExchangeResult) {
        guard let exchange = keyExchange.take() else { return }
        let now = time.now()
        clock.synchronize(serverTime: result.serverTime, at: now)
        let formerKey = temporaryKey
        switch exchange.purpose {
        case .permanentKey:
            authKey = result.key
            salts = [Self.firstSalt(result.firstSalt)]
            notify(.timeCorrected(offset: clock.wallOffset(at: now)))
            notify(.keyCreated(result.key))
            notify(.saltsChanged(salts))
        case .temporaryKey, .renewal:
            let lifetime = configuration.temporaryKeyLifetime
            temporaryKey = TemporaryKey(
                key: result.key,
                firstSalt: result.firstSalt,
                schedule: TemporaryKeySchedule(
                    expiresAt: result.expiresAt ?? result.serverTime + lifetime,
                    lifetime: lifetime
                )
            )
            renewalRetryAt = nil
        }
        guard exchange.purpose == .renewal, let authKey, let temporaryKey else { return proceedWithKeys() }
        retireSession()
        retiring?.temporaryKey = formerKey
        openSession(with: temporaryKey, for: authKey)
    }

    // MARK: - Renewal

    /// When the temporary key has to be renewed, on the monotonic scale.
    func renewalDeadline(at now: TimeReading) -> Duration? {
        guard phase.isEstablished, keyExchange == nil, let temporaryKey else { return nil }
        return renewalRetryAt ?? now.monotonic + temporaryKey.schedule.renewsAt - clock.serverTime(at: now)
    }

    /// The present temporary key is about to expire, or has.
    func renewTemporaryKey(at now: TimeReading) {
        guard let temporaryKey else { return }
        do {
            try temporaryKey.schedule.check(at: clock.serverTime(at: now))
        } catch {
            discardTemporaryKey()
            return connectionEnded(error)
        }
        renewalRetryAt = nil
        startKeyExchange(for: .renewal)
    }

    /// The server has not bound the temporary key. Only one kind of refusal says something about the permanent key, which
    /// holds the login.
    func bindingRefused(_ refusal: ClientSession.BindingRefusal, _ error: MTProtoError) {
        if returnToFormerKey() {
            log.debug("the former temporary key stays in use for now: \(error)")
            return renewLater()
        }
        switch refusal {
        case .permanentKeyUnknown: temporaryKeyRejected(error)
        case .temporaryKeyUnusable:
            discardTemporaryKey()
            connectionEnded(error)
        case .passing: connectionEnded(error)
        }
    }

    /// Goes on with the key that was to be replaced: until another one is bound, the server takes it.
    private func returnToFormerKey() -> Bool {
        guard let former = retiring, let formerKey = former.temporaryKey, let refused = session,
            formerKey.schedule.isUsable(at: clock.serverTime(at: time.now()))
        else { return false }
        let refusedNumber = sessionNumber
        retiring = nil
        temporaryKey = formerKey
        session = former.session
        sessionKey = former.key
        sessionNumber += 1
        for id in requests.keys where requests[id]?.sessionNumber == former.number {
            requests[id]?.sessionNumber = sessionNumber
        }
        releaseRequests(of: refused, number: refusedNumber)
        scheduleFlush()
        return true
    }

    /// The server does not take the temporary key: another one is made. But when it rejects one after the other before
    /// it has answered anything, it is the permanent one that it does not know.
    func temporaryKeyRejected(_ error: MTProtoError) {
        discardTemporaryKey()
        rejectedTemporaryKeys += 1
        guard rejectedTemporaryKeys > 2 else { return connectionEnded(error) }
        let text =
            "the server rejected \(rejectedTemporaryKeys) temporary keys in a row, the last one because: \(error)"
        connectionEnded(MTProtoError(.authKeyNotFound, text))
    }

    /// Throws the temporary key away, and with it the session: what the server may have executed must not be sent
    /// again.
    func discardTemporaryKey() {
        temporaryKey = nil
        renewalRetryAt = nil
        discardSession()
    }
}
