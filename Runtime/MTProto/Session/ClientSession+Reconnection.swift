import MTProtoCrypto
import TLRuntime

/// The ends and beginnings of connections and sessions.
extension ClientSession {
    /// Messages older than this are asked about before they are sent once more: the server forgets after 300 seconds.
    private static let verifiableAge: Duration = .seconds(290)
    /// How many former sessions are remembered.
    private static let formerSessionLimit = 8

    // MARK: - Connections

    /// The connection has ended. Requests stay; what has left is sent again when there is another connection.
    package mutating func connectionLost() {
        guard isConnected else { return }
        isConnected = false
        keepAlive.disconnected()
        wantsPoll = false
        awaitsResponse = false
        toldDeadlines = nil
        // The server sends the answers again over the next connection: they are acknowledged then, and ignored.
        answersToDrop = []
        notes = []
        statesToAsk = []
    }

    /// There is another connection.
    ///
    /// The server may have lost the session meanwhile, and would execute a message that it has executed once more. So
    /// it is asked about what must not be repeated; when the session is another one, it says so before it answers.
    package mutating func connectionRestored(at now: TimeReading) -> [SessionEvent] {
        guard !isConnected else { return takeEvents() }
        isConnected = true
        connectedAt = now.monotonic
        keepAlive.isSuspended = false
        keepAlive.connected(at: now)
        let lost = services.takeAll().filter { service in
            switch service.kind {
            case .ping, .dropAnswer, .stateQuestion: false
            case .futureSalts, .answerRequest, .destroySession, .keyBinding: true
            }
        }
        sendAgain(lost, at: now)
        if bindingState == .failed {
            bindingState = .needed
            bindingRefusal = nil
        }
        let serverTime = clock.serverTime(at: now)
        for request in requests.all(where: \.hasLeft) {
            guard let messageID = request.messageID else { continue }
            // The answers to functions of the protocol itself are not kept, and do not come again for the same message.
            if request.isService, request.isRepeatable {
                requests.requeue(request.id, asNewMessage: true)
                continue
            }
            let isOld = serverTime - messageID.time > Self.verifiableAge
            if !request.isRepeatable || request.progress == .checking || isOld {
                check(request)
            } else {
                requests.requeue(request.id, asNewMessage: false)
            }
        }
        return takeEvents()
    }

    /// Asks the server what became of a request before anything else is done about it.
    mutating func check(_ request: SessionRequest) {
        guard let messageID = request.messageID else { return }
        requests.update(request.id) {
            $0.progress = .checking
            $0.stateQuestions = 0
        }
        askAgain([messageID])
    }

    /// Sends a request once more that the server has not received. It stays the same message while that is possible,
    /// since the first one may still come, by the connection before this one.
    mutating func sendUnreceived(_ request: SessionRequest, at now: TimeReading) {
        guard let messageID = request.messageID else { return }
        if clock.serverTime(at: now) - messageID.time > Self.verifiableAge {
            sendAgain(request.id)
        } else {
            requests.requeue(request.id, asNewMessage: false)
        }
    }

    // MARK: - Sessions

    /// The server has begun a session; what it received before, under the same identifier, it has forgotten.
    mutating func receive(_ session: MTP.NewSession, made id: MessageID, at now: TimeReading) {
        let first = MessageID(session.firstMsgID)
        if let sentAt = sentPackets.departure(of: first) { noteTime(of: id, answering: sentAt, at: now) }
        if schedule.adopt(session.serverSalt, at: clock.serverTime(at: now)) {
            updateSaltDeadline(at: now)
            events.append(.saltsChanged(schedule.salts))
        }
        guard session.uniqueID != lastUniqueID else { return }
        // Otherwise there was one before, in which requests may have been executed.
        let isBeginning = lastUniqueID == nil && !hasBeenAnswered || lastFirstMessageID.map { first < $0 } ?? false
        lastUniqueID = session.uniqueID
        lastFirstMessageID = first
        events.append(.sessionCreated)
        // What counts is the packet that a message came in, since an old one may come again in a new one. The server
        // names a message that made it begin the session, or its packet.
        let carrier = isBeginning ? nil : requests.request(of: first)?.carrierID ?? services.sent(first)?.carrierID
        let beginning = carrier ?? first
        for request in requests.all(where: { ($0.carrierID ?? beginning) < beginning && $0.hasLeft }) {
            // What is being asked about left by another connection, perhaps to another session.
            if isBeginning, !request.isAcknowledged, request.progress != .checking {
                requests.requeue(request.id, asNewMessage: false)
            } else {
                settleUnknown(request.id, reason: "the server has begun a new session since it was sent")
            }
        }
    }

    /// Starts numbering anew under another identifier.
    ///
    /// - Parameter rejected: Requests that the server has certainly not executed.
    mutating func resetSession(rejected: [RequestID], reason: String, at now: TimeReading) {
        if formerSessionIDs.count == Self.formerSessionLimit { formerSessionIDs.removeFirst() }
        formerSessionIDs.append(sessionID)
        let former = sessionID
        let hadBeenAnswered = hasBeenAnswered
        sessionID = random.integer()
        destroySession(former)
        identifiers.reset()
        sequence = SequenceNumbers()
        inbox = ReceivedMessages(limit: configuration.receivedWindow)
        acknowledgements = AcknowledgementQueue(
            delay: configuration.acknowledgementDelay,
            maximumCount: configuration.maximumQueuedAcknowledgements
        )
        answers = ExpectedAnswers()
        sentPackets = SentPackets()
        lastUniqueID = nil
        lastFirstMessageID = nil
        isAnnounced = false
        hasBeenAnswered = false
        answersToDrop = []
        notes = []
        statesToAsk = []
        sendAgain(services.take { $0.kind.survivesSession }, at: now)
        _ = services.takeAll()
        events.append(.sessionReset(reason: reason))
        log.debug("a new session: \(reason)")

        let rejected = Set(rejected)
        let serverTime = clock.serverTime(at: now)
        for request in requests.all(where: \.hasLeft) {
            let isRejected = rejected.contains(request.id) && request.departures <= 1
            if isRejected || !hadBeenAnswered && Self.isAhead(request, of: serverTime) {
                if let request = requests[request.id] { requeueAnew(request) }
            } else {
                settleUnknown(request.id, reason: "the session in which it was sent had to be given up")
            }
        }
    }

    /// Whether the server must refuse the message however late it arrives: it is far in the future. That holds for a
    /// server that has not answered yet; if it has, its clock was set back since, and may have been right for a message
    /// that came before that.
    static func isAhead(_ request: SessionRequest, of serverTime: Duration) -> Bool {
        guard let messageID = request.messageID else { return false }
        return messageID.time > serverTime + TimeGuard.maximumLead * 2
    }
}

extension ServiceMessages.Kind {
    /// Whether it makes sense in another session.
    fileprivate var survivesSession: Bool {
        switch self {
        case .ping, .futureSalts, .destroySession, .keyBinding: true
        case .stateQuestion, .answerRequest, .dropAnswer: false
        }
    }
}
