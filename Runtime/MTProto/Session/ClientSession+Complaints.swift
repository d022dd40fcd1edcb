import TLRuntime

/// Messages that the server refuses.
extension ClientSession {
    mutating func receive(_ complaint: MTP.BadMsgNotification, made id: MessageID, at now: TimeReading) {
        switch complaint {
        case .badServerSalt(let complaint):
            receiveComplaint(
                about: MessageID(complaint.badMsgID),
                code: complaint.errorCode,
                salt: complaint.newServerSalt,
                made: id,
                at: now
            )
        case .badMsgNotification(let complaint):
            receiveComplaint(
                about: MessageID(complaint.badMsgID),
                code: complaint.errorCode,
                salt: nil,
                made: id,
                at: now
            )
        }
    }

    private mutating func receiveComplaint(
        about refusedID: MessageID,
        code: Int32,
        salt: Int64?,
        made id: MessageID,
        at now: TimeReading
    ) {
        let refused = requests.carried(by: refusedID)
        let refusedServices = services.take { $0.messageID == refusedID || $0.carrierID == refusedID }
        let refusedAcknowledgements = acknowledgements.putBack(refusedID, at: now)
        let departure = sentPackets.departure(of: refusedID)
        guard !refused.isEmpty || !refusedServices.isEmpty || refusedAcknowledgements || departure != nil else {
            return log.debug("ignored a complaint (\(code)) about message \(refusedID), which was not sent lately")
        }
        log.debug("the server refuses message \(refusedID) with code \(code)")
        if let sentAt = departure ?? refused.first?.sentAt ?? refusedServices.first?.sentAt {
            noteTime(of: id, answering: sentAt, at: now)
        }
        if let salt, schedule.adopt(salt, at: clock.serverTime(at: now)) {
            updateSaltDeadline(at: now)
            events.append(.saltsChanged(schedule.salts))
        }
        let ids = refused.map(\.id)
        switch ComplaintCode(rawValue: code) {
        case .tooOld:
            for request in ids { settleUnknown(request, reason: "the server cannot tell any more whether it has come") }
        case .identifierTooHigh, .sequenceNumberTooLow, .sequenceNumberTooHigh:
            // Identifiers and numbers must rise within a session, so these cannot be corrected in the present one.
            let followers =
                code == ComplaintCode.identifierTooHigh.rawValue
                ? requestsRefused(after: refusedID, departure: departure, at: now) : []
            resetSession(
                rejected: complain(about: ids, code) + followers,
                reason: "the server refused a message with code \(code)",
                at: now
            )
        case .identifierTooLow:
            for request in complain(about: ids, code) { sendRefused(request, refusedID, at: now) }
        case .salt:
            // The salt is nothing that a request could be blamed for.
            for request in complain(about: ids, code, limit: configuration.maximumSaltComplaints) {
                sendRefused(request, refusedID, at: now)
            }
        case .containerIdentifier:
            // The packet came twice, so what is in it was taken the first time, unless the server says otherwise.
            for request in complain(about: ids, code).compactMap({ requests[$0] }) { check(request) }
        case .identifierBits, .sequenceNumberOdd, .sequenceNumberEven, .container, nil:
            for request in complain(about: ids, code) {
                sendRefused(request, refusedID, at: now)
                requests.update(request) { $0.goesAlone = true }
            }
        }
        sendAgain(refusedServices, at: now)
        if !refusedServices.isEmpty { countServiceComplaint(code) }
    }

    /// Requests that the server must refuse when their turn comes, after a packet whose identifier it has found too high:
    /// they follow on the same connection and are as far ahead of its clock. Nobody will hear of it, since the session
    /// ends with the first complaint.
    private func requestsRefused(
        after refusedID: MessageID,
        departure: Duration?,
        at now: TimeReading
    ) -> [RequestID] {
        guard let departure, departure >= connectedAt else { return [] }
        let serverTime = clock.serverTime(at: now)
        return requests.all { request in
            guard let carrierID = request.carrierID else { return false }
            return carrierID > refusedID && Self.isAhead(request, of: serverTime)
        }
        .map(\.id)
    }

    /// Counts complaints; requests with too many fail.
    /// - Returns: the others.
    private mutating func complain(about ids: [RequestID], _ code: Int32, limit: Int? = nil) -> [RequestID] {
        let limit = limit ?? configuration.maximumComplaints
        return ids.filter { id in
            requests.update(id) { $0.complaints += 1 }
            guard let request = requests[id], request.complaints >= limit else { return true }
            fail(
                id,
                MTProtoError(
                    .badMessage,
                    "the server refused '\(request.name)' \(request.complaints) times, with code \(code) in the end"
                )
            )
            return false
        }
    }

    /// A server that refuses whatever this session says would be asked forever.
    private mutating func countServiceComplaint(_ code: Int32) {
        serviceComplaints += 1
        guard serviceComplaints >= 10 else { return }
        serviceComplaints = 0
        events.append(
            .reconnect(
                MTProtoError(
                    .badMessage,
                    "the server refuses all messages of the session, with code \(code) in the end"
                )
            )
        )
    }

    // MARK: - Once more

    /// Sends a request again that the server has refused, or whose container it has.
    ///
    /// A message that had left before, in another packet, may have been executed all the same: it stays the same
    /// message, so that the server recognizes it.
    private mutating func sendRefused(_ id: RequestID, _ refusedID: MessageID, at now: TimeReading) {
        guard let request = requests[id] else { return }
        if request.departures <= 1, now.monotonic - request.sentAt > TimeGuard.proofLifetime {
            // Whoever records a packet and sends it once more gets a refusal, too, when the first one was executed.
            settleUnknown(id, reason: "the server refused it so late that this may have been a copy")
        } else if request.departures <= 1 {
            sendAgain(id)
        } else if request.messageID == refusedID {
            settleUnknown(id, reason: "it was sent twice, and the server refused it the second time")
        } else {
            requests.requeue(id, asNewMessage: false)
        }
    }

    /// Sends a request as a new message, which must be certain to do no harm, and with it those that were to come after
    /// the old one.
    mutating func sendAgain(_ id: RequestID) {
        var left = [id]
        while let id = left.popLast() {
            guard let request = requests[id] else { continue }
            let former = request.messageID
            requeueAnew(request)
            guard former != nil else { continue }
            left += requests.dependants(of: id).filter { requests[$0]?.after == former }
        }
    }

    /// Queues a request as a new message, unless it had to come after one that has failed since.
    mutating func requeueAnew(_ request: SessionRequest) {
        guard let predecessorName = request.failedPredecessor else {
            return requests.requeue(request.id, asNewMessage: true)
        }
        fail(
            request.id,
            MTProtoError(
                .predecessorFailed,
                "'\(request.name)' was not sent again, because '\(predecessorName)', which had to come first, has failed"
            )
        )
    }

    /// Decides about a request that the server may have executed: only what can be repeated is sent once more.
    mutating func settleUnknown(_ id: RequestID, reason: String) {
        guard let request = requests[id] else { return }
        guard !request.isRepeatable else { return requeueAnew(request) }
        fail(
            id,
            MTProtoError(
                .outcomeUnknown,
                "it cannot be known whether the server has executed '\(request.name)', because \(reason); look before "
                    + "you repeat it"
            )
        )
    }

    /// Sends messages of the session's own again.
    mutating func sendAgain(_ services: [ServiceMessages.Sent], at now: TimeReading) {
        for service in services {
            switch service.kind {
            case .ping: keepAlive.pingWasLost()
            case .futureSalts:
                schedule.questionWasLost()
                updateSaltDeadline(at: now)
            // It counts as asked only when there was no answer at all.
            case .stateQuestion(let ids): statesToAsk += ids
            case .answerRequest(let ids): answers.askAgain(ids)
            case .dropAnswer(let id): answersToDrop.append(id)
            case .destroySession(let id): destroySession(id)
            case .keyBinding:
                if bindingState == .underWay { bindingState = .needed }
            }
        }
    }

    /// Asks for the state of requests once more, unless that was done often enough.
    mutating func askAgain(_ ids: [MessageID]) {
        for id in ids {
            guard let request = requests.request(of: id), request.progress == .checking else { continue }
            if request.stateQuestions >= configuration.maximumStateQuestions {
                settleUnknown(request.id, reason: "the server does not tell")
            } else {
                requests.update(request.id) { $0.stateQuestions += 1 }
                statesToAsk.append(id)
            }
        }
    }
}
