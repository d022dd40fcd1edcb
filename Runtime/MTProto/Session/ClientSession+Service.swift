import TLRuntime

/// Messages of the protocol itself.
extension ClientSession {
    mutating func receive(_ service: ServiceConstructor, in item: ReceivedItem, at now: TimeReading) {
        let body = item.body
        switch service {
        case .badMsgNotification, .badServerSalt:
            if let complaint = decode(MTP.BadMsgNotification.self, body) { receive(complaint, made: item.id, at: now) }
        case .newSessionCreated:
            if let session = decode(MTP.NewSession.self, body) { receive(session, made: item.id, at: now) }
        case .msgsAck:
            for id in decode(MTP.MsgsAck.self, body)?.msgIDs ?? [] {
                if let request = requests.request(of: MessageID(id)) { acknowledge(request.id) }
            }
        case .pong:
            if let pong = decode(MTP.Pong.self, body) { receive(pong, in: item, at: now) }
        case .futureSalts:
            if let salts = decode(MTP.FutureSalts.self, body) { receive(salts, in: item, at: now) }
        case .destroySessionOk, .destroySessionNone:
            if let id = body.integer(at: 4, as: Int64.self) { receiveDestroyed(session: id, in: item) }
        case .destroyAuthKeyOk, .destroyAuthKeyNone, .destroyAuthKeyFail:
            for request in requests.all(where: { $0.function == MTP.DestroyAuthKey.id && $0.hasLeft }) {
                finish(request, with: body)
            }
        case .msgDetailedInfo, .msgNewDetailedInfo:
            if let info = decode(MTP.MsgDetailedInfo.self, body) { receive(info, at: now) }
        case .msgsStateReq:
            if let question = decode(MTP.MsgsStateReq.self, body) { tellStates(of: question.msgIDs, asked: item.id) }
        case .msgResendReq:
            if let question = decode(MTP.MsgResendReq.self, body) {
                sendAgain(question.msgIDs, asked: item.id, at: now)
            }
        case .msgsStateInfo:
            if let info = decode(MTP.MsgsStateInfo.self, body) { receive(info, at: now) }
        case .msgsAllInfo:
            if let info = decode(MTP.MsgsAllInfo.self, body) { receive(info) }
        case .ping:
            if let pingID = body.integer(at: 4, as: Int64.self) {
                add(note: MTP.Pong(msgID: item.id.rawValue, pingID: pingID).wireBytes)
            }
        case .rpcError:
            log.debug("ignored an 'rpc_error' that belongs to no request")
        }
    }

    // MARK: - Answers

    private mutating func receive(_ pong: MTP.Pong, in item: ReceivedItem, at now: TimeReading) {
        let messageID = MessageID(pong.msgID)
        keepAlive.answered(pong.pingID)
        if let service = services.take(messageID) {
            heardAnswer(made: item.id, to: service.sentAt, at: now)
        } else if let request = requests.request(of: messageID) {
            heardAnswer(made: item.id, to: request.sentAt, at: now)
            finish(request, with: item.body)
        }
    }

    private mutating func receive(_ salts: MTP.FutureSalts, in item: ReceivedItem, at now: TimeReading) {
        let messageID = MessageID(salts.reqMsgID)
        if let service = services.take(messageID) {
            heardAnswer(made: item.id, to: service.sentAt, at: now)
        } else if let request = requests.request(of: messageID) {
            heardAnswer(made: item.id, to: request.sentAt, at: now)
            finish(request, with: item.body)
        } else {
            return log.debug("ignored salts that nobody has asked for")
        }
        take(salts, at: now)
    }

    /// Takes over salts; the caller has checked that they were asked for.
    mutating func take(_ salts: MTP.FutureSalts, at now: TimeReading) {
        let announced = salts.salts.compactMap { salt -> ServerSalt? in
            guard salt.validSince < salt.validUntil else { return nil }
            return ServerSalt(value: salt.salt, validity: .seconds(salt.validSince) ..< .seconds(salt.validUntil))
        }
        let hasChanged = schedule.replace(with: announced, at: now, serverTime: clock.serverTime(at: now))
        updateSaltDeadline(at: now)
        if hasChanged { events.append(.saltsChanged(schedule.salts)) }
    }

    mutating func updateSaltDeadline(at now: TimeReading) {
        saltDeadline = schedule.deadline(at: now, serverTime: clock.serverTime(at: now))
    }

    private mutating func receiveDestroyed(session id: Int64, in item: ReceivedItem) {
        if !services.take(where: { $0.kind == .destroySession(id) }).isEmpty {
            formerSessionIDs.removeAll { $0 == id }
        }
        let body = MTP.DestroySession(sessionID: id).wireBytes
        for request in requests.all(where: { $0.function == MTP.DestroySession.id && $0.payload == body && $0.hasLeft })
        {
            finish(request, with: item.body)
        }
    }

    // MARK: - Questions of the server

    /// The server wants to know which of its messages have come.
    private mutating func tellStates(of ids: [Int64], asked question: MessageID) {
        guard ids.count <= MessageContent.maximumIdentifierCount else { return }
        let states = ids.map { MessageState(of: MessageID($0), in: inbox).rawValue }
        add(note: MTP.MsgsStateInfo(reqMsgID: question.rawValue, info: states).wireBytes)
    }

    /// The server misses messages of this side.
    private mutating func sendAgain(_ ids: [Int64], asked question: MessageID, at now: TimeReading) {
        guard ids.count <= MessageContent.maximumIdentifierCount else { return }
        var isComplete = true
        for id in ids.map(MessageID.init) {
            if let request = requests.request(of: id) {
                if request.progress == .sent { requests.requeue(request.id, asNewMessage: false) }
            } else if !acknowledgements.putBack(id, at: now) {
                isComplete = false
            }
        }
        if !isComplete { tellStates(of: ids, asked: question) }
    }

    /// The server has answers ready that it does not send without being asked.
    private mutating func receive(_ info: MTP.MsgDetailedInfo, at now: TimeReading) {
        let request: MessageID?
        let answer: MessageID
        switch info {
        case .msgDetailedInfo(let info): (request, answer) = (MessageID(info.msgID), MessageID(info.answerMsgID))
        case .msgNewDetailedInfo(let info): (request, answer) = (nil, MessageID(info.answerMsgID))
        }
        let isWanted = request.map { requests.request(of: $0) != nil } ?? true
        if isWanted, inbox.verdict(on: answer) == .new {
            answers.expect(answer, to: request)
        } else {
            // It has come, or nobody waits for it: the server need not keep it.
            acknowledgements.append(answer, at: now)
        }
    }

    // MARK: - States

    private mutating func receive(_ info: MTP.MsgsStateInfo, at now: TimeReading) {
        guard let question = services.take(MessageID(info.reqMsgID)) else { return }
        switch question.kind {
        case .stateQuestion(let ids):
            guard ids.count == info.info.count else { return askAgain(ids) }
            for (id, byte) in zip(ids, info.info) { settle(id, state: MessageState(byte), at: now) }
        case .answerRequest(let ids):
            for (id, byte) in zip(ids, info.info) where MessageState(byte) != .received {
                guard let request = answers.lost(id).flatMap({ requests.request(of: $0) }) else { continue }
                log.debug("the server has lost the answer to '\(request.name)'")
                settleUnknown(request.id, reason: "the server has lost the answer to it")
            }
        default: break
        }
    }

    /// States that the server tells without being asked.
    private mutating func receive(_ info: MTP.MsgsAllInfo) {
        for (id, byte) in zip(info.msgIDs, info.info) where MessageState(byte) == .received {
            if let request = requests.request(of: MessageID(id)) { acknowledge(request.id) }
        }
    }

    private mutating func settle(_ id: MessageID, state: MessageState?, at now: TimeReading) {
        guard let request = requests.request(of: id), request.progress == .checking else { return }
        switch state {
        case .notReceived, .notYetReceived:
            sendUnreceived(request, at: now)
        case .received:
            acknowledge(request.id)
            requests.update(request.id) { $0.progress = .sent }
        case .unknown, nil:
            settleUnknown(request.id, reason: "the server has forgotten it")
        }
    }

    // MARK: - Notes

    /// Queues a message that nobody answers.
    private mutating func add(note body: [UInt8]) {
        // The server decides how much it asks, so there is a limit.
        guard notes.count < 16 else { return }
        notes.append(body)
    }
}
