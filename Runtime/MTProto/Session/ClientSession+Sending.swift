import MTProtoCrypto
import TLRuntime

/// What leaves.
extension ClientSession {
    /// With more than this packed no further packet is begun, so that the owner can stop when the connection does not
    /// keep up.
    private static let enoughBytes = 1 << 19

    /// How long a request over HTTP may wait for something to answer it with.
    private static let longPollMilliseconds: Int32 = 25_000
    private static let longPoll: Duration = .milliseconds(longPollMilliseconds)

    /// All that should leave now, in as few packets as possible, up to about a megabyte and a half; ask again until
    /// nothing is left.
    package mutating func packets(at now: TimeReading) -> [OutgoingPacket] {
        guard isConnected, bindingState != .failed else { return [] }
        if !keepAlive.isRunning { keepAlive.connected(at: now) }
        guard bindingState == .done else { return bindingPacket(at: now) }

        var outbox = Outbox(
            batch: MessageBatch(
                maximumCount: configuration.maximumContainerCount,
                maximumBytes: configuration.maximumMessageBytes
            )
        )
        addServices(to: &outbox, at: now)
        addRequests(to: &outbox, at: now)
        addAcknowledgements(to: &outbox, at: now)
        if outbox.batch.isEmpty, outbox.packets.isEmpty, wantsPoll {
            let wait = MTP.HttpWait(maxDelay: 0, waitAfter: 0, maxWait: Self.longPollMilliseconds).wireBytes
            add(note: wait, name: "http_wait", to: &outbox, at: now)
        }
        seal(&outbox, at: now)
        if !outbox.packets.isEmpty {
            wantsPoll = false
            // Over HTTP every packet gets a response, after a while at the latest.
            if keepAlive.isSuspended { keepAlive.waits(for: Self.longPoll, at: now) }
        } else if awaitsResponse, keepAlive.deathDeadline == nil {
            // What came last was the response to another request.
            keepAlive.waits(for: Self.longPoll, at: now)
        }
        return outbox.packets
    }

    /// Packets that are finished, and the messages of the next one.
    struct Outbox {
        var packets: [OutgoingPacket] = []
        var byteCount = 0
        var batch: MessageBatch

        func isFull(beyond limit: Int) -> Bool { byteCount + batch.containerByteCount > limit }
    }

    // MARK: - Requests

    private mutating func addRequests(to outbox: inout Outbox, at now: TimeReading) {
        var held: [RequestID] = []
        while let request = requests.nextQueued() {
            guard !mustWait(request) else {
                held.append(request.id)
                continue
            }
            let byteCount = request.payload.count + (announcement?.count ?? 0) + 12
            if !outbox.batch.hasRoom(for: byteCount) || request.goesAlone, outbox.isFull(beyond: Self.enoughBytes) {
                held.append(request.id)
                break
            }
            let message = message(for: request, at: now)
            add(message, to: &outbox, at: now)
        }
        requests.putBack(held)
    }

    /// Whether the request has to come after one whose message is not certain yet.
    private func mustWait(_ request: SessionRequest) -> Bool {
        guard !request.hasLeft, let predecessor = request.predecessor.flatMap({ requests[$0] }) else { return false }
        return predecessor.messageID == nil || predecessor.progress == .checking
    }

    private mutating func message(for request: SessionRequest, at now: TimeReading) -> OutgoingMessage {
        let isRepeated = request.hasLeft
        if !isRepeated { assignMessage(to: request, at: now) }
        requests.update(request.id) { $0.progress = .sent }
        let current = requests[request.id] ?? request
        return OutgoingMessage(
            id: current.messageID ?? MessageID(0),
            sequenceNumber: current.sequenceNumber,
            owner: .request(current.id),
            name: current.name,
            announcement: current.isAnnounced ? announcement ?? [] : [],
            after: current.after,
            body: current.payload,
            needsContainer: isRepeated,
            goesAlone: current.goesAlone && !isRepeated,
            wantsQuickAck: current.wantsQuickAck
        )
    }

    /// Makes the request a new message. What it is wrapped in is decided here, once: when the same message is sent
    /// again, it has to be the same.
    private mutating func assignMessage(to request: SessionRequest, at now: TimeReading) {
        let messageID = identifiers.next(at: clock.serverTime(at: now))
        let sequenceNumber = sequence.next(isContentRelated: true)
        let after = request.predecessor.flatMap { requests[$0]?.messageID }
        let announces = announcement != nil && request.carriesAnnouncement && !isAnnounced
        let body = request.binding?.requestBody(messageID: messageID, sessionID: sessionID, random: random)
        requests.assign(messageID, to: request.id)
        requests.update(request.id) { request in
            request.sequenceNumber = sequenceNumber
            request.after = after
            request.isAnnounced = announces
            request.sentAt = now.monotonic
            if let body { request.payload = body }
        }
    }

    // MARK: - The session's own messages

    private mutating func addServices(to outbox: inout Outbox, at now: TimeReading) {
        if keepAlive.isPingDue(at: now) {
            let pingID: Int64 = random.integer()
            keepAlive.pinged(pingID, at: now)
            let ping = MTP.PingDelayDisconnect(pingID: pingID, disconnectDelay: configuration.serverDisconnectDelay)
            add(.ping(pingID), ping.wireBytes, name: MTP.PingDelayDisconnect.name, to: &outbox, at: now)
        }
        if saltDeadline <= now.monotonic {
            schedule.asked(at: now)
            saltDeadline = schedule.deadline(at: now, serverTime: clock.serverTime(at: now))
            let question = MTP.GetFutureSalts(num: configuration.futureSaltCount).wireBytes
            add(.futureSalts, question, name: MTP.GetFutureSalts.name, to: &outbox, at: now)
        }
        for messageID in answersToDrop {
            let drop = MTP.DropAnswer(reqMsgID: messageID.rawValue).wireBytes
            add(.dropAnswer(messageID), drop, name: MTP.DropAnswer.name, to: &outbox, at: now)
        }
        answersToDrop.removeAll()
        if hasBeenAnswered {
            for id in sessionsToDestroy {
                let request = MTP.DestroySession(sessionID: id).wireBytes
                add(.destroySession(id), request, name: MTP.DestroySession.name, to: &outbox, at: now)
            }
            sessionsToDestroy.removeAll()
        }
        addQuestions(to: &outbox, at: now)
        for note in notes { add(note: note, name: MessageName.of(note[...].constructor), to: &outbox, at: now) }
        notes.removeAll()
    }

    private mutating func addQuestions(to outbox: inout Outbox, at now: TimeReading) {
        let limit = MessageContent.maximumIdentifierCount
        while !statesToAsk.isEmpty {
            let asked = Array(statesToAsk.prefix(limit))
            statesToAsk.removeFirst(asked.count)
            let question = MTP.MsgsStateReq(msgIDs: asked.map(\.rawValue)).wireBytes
            add(.stateQuestion(asked), question, name: "msgs_state_req", to: &outbox, at: now)
        }
        let missing = answers.takeUnasked()
        if !missing.isEmpty {
            let question = MTP.MsgResendReq(msgIDs: missing.map(\.rawValue)).wireBytes
            add(.answerRequest(missing), question, name: "msg_resend_req", to: &outbox, at: now)
        }
    }

    /// They travel with anything else; alone only when they must.
    private mutating func addAcknowledgements(to outbox: inout Outbox, at now: TimeReading) {
        guard acknowledgements.count > 0, !outbox.batch.isEmpty || acknowledgements.isDue(at: now) else { return }
        let messageID = identifiers.next(at: clock.serverTime(at: now))
        let body = MTP.MsgsAck(msgIDs: acknowledgements.take(for: messageID)).wireBytes
        let message = OutgoingMessage(
            id: messageID,
            sequenceNumber: sequence.next(isContentRelated: false),
            owner: .acknowledgement,
            name: "msgs_ack",
            body: body
        )
        add(message, to: &outbox, at: now)
    }

    /// Adds a message that the server will react to.
    private mutating func add(
        _ kind: ServiceMessages.Kind,
        _ body: [UInt8],
        name: String,
        to outbox: inout Outbox,
        at now: TimeReading
    ) {
        let messageID = identifiers.next(at: clock.serverTime(at: now))
        services.append(kind, as: messageID, at: now)
        let message = OutgoingMessage(
            id: messageID,
            sequenceNumber: sequence.next(isContentRelated: kind.isContentRelated),
            owner: .service,
            name: name,
            body: body
        )
        add(message, to: &outbox, at: now)
    }

    /// Adds a message that nobody answers.
    private mutating func add(note body: [UInt8], name: String, to outbox: inout Outbox, at now: TimeReading) {
        let messageID = identifiers.next(at: clock.serverTime(at: now))
        let message = OutgoingMessage(
            id: messageID,
            sequenceNumber: sequence.next(isContentRelated: false),
            owner: .none,
            name: name,
            body: body
        )
        add(message, to: &outbox, at: now)
    }

    // MARK: - Binding

    /// The binding of a temporary key: alone, and nothing else until it is done.
    private mutating func bindingPacket(at now: TimeReading) -> [OutgoingPacket] {
        guard bindingState == .needed, let binding else { return [] }
        bindingState = .underWay
        // No ping may leave yet, and a server that does not answer has to be noticed all the same.
        keepAlive.waits(for: .zero, at: now)
        let messageID = identifiers.next(at: clock.serverTime(at: now))
        services.append(.keyBinding, as: messageID, at: now)
        let message = OutgoingMessage(
            id: messageID,
            sequenceNumber: sequence.next(isContentRelated: true),
            owner: .service,
            name: "auth.bindTempAuthKey",
            body: binding.requestBody(messageID: messageID, sessionID: sessionID, random: random)
        )
        var outbox = Outbox(batch: MessageBatch(maximumCount: 1, maximumBytes: configuration.maximumMessageBytes))
        add(message, to: &outbox, at: now)
        seal(&outbox, at: now)
        return outbox.packets
    }

    // MARK: - Packets

    private mutating func add(_ message: OutgoingMessage, to outbox: inout Outbox, at now: TimeReading) {
        if message.goesAlone || !outbox.batch.hasRoom(for: message.byteCount) { seal(&outbox, at: now) }
        outbox.batch.append(message)
        if message.goesAlone { seal(&outbox, at: now) }
    }

    /// Encrypts the messages of the batch into a packet.
    private mutating func seal(_ outbox: inout Outbox, at now: TimeReading) {
        guard let first = outbox.batch.messages.first else { return }
        let serverTime = clock.serverTime(at: now)
        let batch = outbox.batch
        let needsContainer = batch.needsContainer
        let id = needsContainer ? identifiers.next(at: serverTime) : first.id
        let wantsQuickAck = batch.messages.contains(where: \.wantsQuickAck)
        let packet = Envelope.seal(
            messageID: id,
            sequenceNumber: needsContainer ? sequence.next(isContentRelated: false) : first.sequenceNumber,
            salt: schedule.salt(at: serverTime),
            sessionID: sessionID,
            bodyByteCount: needsContainer ? batch.containerByteCount : first.byteCount,
            key: key,
            from: .client,
            random: random,
            wantsQuickAck: wantsQuickAck
        ) { packet in
            if needsContainer { batch.appendContainer(to: &packet) } else { first.append(to: &packet) }
        }
        note(batch, left: id, at: now)
        if let token = packet.quickAckToken {
            quickAcks.expect(token, for: batch.messages.compactMap { $0.wantsQuickAck ? $0.owner.requestID : nil })
        }
        outbox.packets.append(packet)
        outbox.byteCount += packet.bytes.count
        outbox.batch.removeAll()
    }

    /// Notes what the messages left in.
    private mutating func note(_ batch: MessageBatch, left carrierID: MessageID, at now: TimeReading) {
        sentPackets.append(carrierID, at: now)
        for message in batch.messages {
            switch message.owner {
            case .request(let id):
                requests.update(id) { request in
                    request.carrierID = carrierID
                    request.departures += 1
                }
            case .service: services.carried(message.id, by: carrierID)
            case .acknowledgement: acknowledgements.carried(message.id, by: carrierID)
            case .none: break
            }
            log.trace(
                "sent '\(message.name)' as \(message.id), sequence number \(message.sequenceNumber), "
                    + "\(message.byteCount) bytes" + (carrierID == message.id ? "" : ", in \(carrierID)")
            )
        }
    }
}

extension OutgoingMessage.Owner {
    var requestID: RequestID? { if case .request(let id) = self { id } else { nil } }
}

extension ServiceMessages.Kind {
    /// Whether it counts as a request.
    var isContentRelated: Bool {
        switch self {
        case .ping, .futureSalts, .dropAnswer, .destroySession, .keyBinding: true
        case .stateQuestion, .answerRequest: false
        }
    }
}
