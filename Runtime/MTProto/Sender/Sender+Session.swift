import MTProtoCrypto
import TLRuntime

/// The session on the connection, and the flow of its packets.
extension Sender {
    /// No more packets are fetched from the session while the socket holds this many bytes.
    static let highWaterMark = 1 << 20
    /// So much gets through in the time that a ping has, on every line that counts as alive.
    private static let shortBacklog = 8 << 10

    /// The keys are there: requests may go.
    func openSession(key: AuthKey, binding: TemporaryKeyBinding?, salts: [ServerSalt]) {
        let now = time.now()
        if session != nil, sessionKey == key {
            let events = session?.connectionRestored(at: now) ?? []
            becomeEstablished(at: now)
            handle(events, of: sessionNumber)
        } else {
            // There may be one whose temporary key has ended while there was no connection.
            discardSession()
            connection?.progress = nil
            session = ClientSession(
                key: key,
                salts: salts,
                clock: clock,
                announcement: configuration.announcement,
                binding: binding,
                random: random,
                configuration: configuration.session,
                log: log.named("session \(configuration.label)")
            )
            sessionKey = key
            sessionNumber += 1
            becomeEstablished(at: now)
            submitUnsentRequests()
        }
        scheduleFlush()
    }

    private func becomeEstablished(at now: TimeReading) {
        guard !phase.isEstablished else { return }
        phase = .established
        reconnection.established(at: now)
        guard connection?.pipeline.needsPolling == true else { return }
        // Over other transports the session's first ping brings the first answer.
        let id = makeRequestID()
        let ping = (try? MTP.Ping(pingID: random.integer()).encoded()) ?? []
        let options = RequestOptions(isRepeatable: true, carriesAnnouncement: false)
        let request = OutgoingRequest(ping, id: id, name: MTP.Ping.name, options: options)
        enqueue(PendingRequest(request: request, byteCount: nil, onAcknowledged: nil) { _ in })
    }

    /// The server has sent a message of the session: it knows the key, and the way there and back is open.
    private func confirm() {
        reconnection.receivedMessage()
        guard connection?.isConfirmed == false else { return }
        securityFailure = nil
        connection?.isConfirmed = true
        log.debug("connected")
        publish(.connected)
        notify(.connected)
        resumeConnectWaiters(with: .success(()))
    }

    // MARK: - Frames

    func handle(_ frame: consuming TransportFrame) {
        switch consume frame {
        case .packet(var packet): received(&packet)
        case .quickAck(let token):
            handle(session?.receivedQuickAck(token) ?? [], of: sessionNumber)
            guard let number = retiring?.number else { return }
            handle(retiring?.session.receivedQuickAck(token) ?? [], of: number)
        case .error(let code): receivedTransportError(code)
        }
    }

    private func received(_ packet: inout [UInt8]) {
        let keyID = Int64(littleEndianBytes: packet.prefix(8))
        dump(packet, .received)
        if keyID == 0 { return receivedUnencrypted(packet) }
        let now = time.now()
        // A binding of the whole session would be a second reference, and every change to the session would copy it.
        if let number = retiring?.number, retiring?.key.id == keyID {
            return handle(retiring?.session.received(&packet, at: now) ?? [], of: number)
        }
        guard phase.isEstablished else {
            return log.debug("dropped an encrypted message: there is no session yet")
        }
        let events = session?.received(&packet, at: now) ?? []
        // The refusal of a temporary key is a message, too, but it opens no way for requests.
        if !events.isOnlyDropped, session?.bindingState == .done { confirm() }
        handle(events, of: sessionNumber)
    }

    private func receivedTransportError(_ code: Int32) {
        switch code {
        case 404 where !phase.isEstablished:
            connectionEnded(
                MTProtoError(.transportError, "the server refused the key exchange with transport error 404")
            )
        case 404: keyNotFound()
        case 429:
            connectionEnded(
                MTProtoError(
                    .transportFlood,
                    "the server refuses connections for a while (transport error 429); connect less often"
                )
            )
        case 444:
            connectionEnded(
                MTProtoError(
                    .invalidDataCenter,
                    "the server does not serve data centre \(configuration.dataCenter) (transport error 444)"
                )
            )
        default:
            connectionEnded(
                MTProtoError(.transportError, "the server closed the connection with transport error \(code)")
            )
        }
    }

    /// The server does not know the key that packets are encrypted with.
    private func keyNotFound() {
        guard temporaryKey == nil else {
            return temporaryKeyRejected(MTProtoError(.temporaryKey, "the server does not know the temporary key"))
        }
        connectionEnded(
            MTProtoError(
                .authKeyNotFound,
                "the server does not know the authorization key (transport error 404): "
                    + "it was destroyed, or belongs to another data centre"
            )
        )
    }

    // MARK: - Sending

    /// Sends at the end of this turn of the loop, together with whatever else the turn brings up.
    func scheduleFlush() {
        guard !isFlushScheduled, phase.isEstablished else { return }
        isFlushScheduled = true
        loop.atEndOfTick { [weak self] in
            self?.assumeIsolated { sender in
                sender.isFlushScheduled = false
                sender.flush()
            }
        }
    }

    /// Hands the socket what is to leave now, as long as it keeps up.
    func flush(at moment: TimeReading? = nil) {
        guard phase.isEstablished else { return }
        let now = moment ?? time.now()
        while socketKeepsUp {
            if connection?.pipeline.needsPolling == true, let outstanding = connection?.pipeline.outstandingRequests {
                session?.polled(outstanding: outstanding)
            }
            var packets = session?.packets(at: now) ?? []
            if retiring != nil { packets += retiring?.session.packets(at: now) ?? [] }
            guard !packets.isEmpty else { break }
            for packet in packets { dump(packet.bytes, .sent) }
            write(connection?.pipeline.send(packets) ?? [])
        }
        if isSocketFull { session?.connectionIsFull(at: now) }
        notePing()
        armTimer()
    }

    private var socketKeepsUp: Bool { connection?.pipeline.canSend == true && !isSocketFull }

    private var isSocketFull: Bool {
        guard let channel = connection?.channel else { return false }
        return channel.bufferedByteCount >= Self.highWaterMark
    }

    // MARK: - Slow lines

    /// Looks how much is on its way when a ping leaves.
    private func notePing() {
        guard let wait = session?.livenessWait else {
            connection?.progress = nil
            return
        }
        guard connection?.progress?.wait != wait else { return }
        let progress = progress(during: wait)
        connection?.progress = progress
    }

    /// Before the session decides that nobody answers: gives it time while much is on its way and gets through. A
    /// little does not count, since whoever stands between takes that in the place of a server that is dead.
    func noteDelivery(at now: TimeReading) {
        guard let before = connection?.progress, let after = progress(during: before.wait) else { return }
        connection?.progress = after
        guard before.isBacklogged, after.deliveredByteCount > before.deliveredByteCount else { return }
        session?.pingIsStillLeaving(at: now)
    }

    private func progress(during wait: Int) -> SendingProgress? {
        guard let channel = connection?.channel else { return nil }
        let delivered = channel.deliveredByteCount
        return SendingProgress(
            wait: wait,
            deliveredByteCount: delivered,
            isBacklogged: channel.writtenByteCount - delivered > Self.shortBacklog
        )
    }

    /// Tells the session of a frame that comes slowly.
    func notePartialFrame() {
        guard phase.isEstablished, session?.livenessWait != nil else { return }
        guard let byteCount = connection?.pipeline.partialFrameByteCount, byteCount > 0 else { return }
        session?.receivedPart(byteCount: byteCount, at: time.now())
    }

    // MARK: - Records

    /// Shows a packet to whoever asked for it; it is encrypted, and is decrypted once more for this.
    func dump(_ packet: [UInt8], _ direction: PacketRecord.Direction) {
        guard let packetDump = configuration.packetDump else { return }
        let keyID = Int64(littleEndianBytes: packet.prefix(8))
        let key = [sessionKey, retiring?.key].lazy.compactMap { $0 }.first { $0.id == keyID }
        packetDump(PacketRecord(packet, direction, key: key, connection: configuration.label))
    }

    // MARK: - Change of sessions

    /// Makes room for a session on another key; the present one stays until what it has sent is answered.
    func retireSession() {
        flush()
        settleRetiringSession()
        guard let key = sessionKey, let old = session.take() else { return }
        retiring = RetiringSession(
            session: old,
            key: key,
            number: sessionNumber,
            deadline: time.now().monotonic + configuration.retirementLimit
        )
        dropRetiringSessionIfIdle()
    }

    /// Nothing more comes for the old session: what may have been executed ends, what may be repeated goes on in the
    /// new one.
    func settleRetiringSession() {
        guard let retiring = retiring.take() else { return }
        releaseRequests(of: retiring.session, number: retiring.number)
    }

    func dropRetiringSessionIfIdle() {
        // Until the new key is bound, the old session may be needed again.
        guard let number = retiring?.number, session?.bindingState == .done else { return }
        if !requests.values.contains(where: { $0.sessionNumber == number }) { retiring = nil }
    }

    /// Throws the session away; its requests are treated as after a lost connection that cannot be restored.
    func discardSession() {
        guard let session = session.take() else { return }
        releaseRequests(of: session, number: sessionNumber)
    }
}

extension [SessionEvent] {
    /// Whether a packet brought nothing but reasons not to look at it.
    fileprivate var isOnlyDropped: Bool {
        !isEmpty && allSatisfy { if case .dropped = $0 { true } else { false } }
    }
}
