import MTProto
import MTProtoCrypto
import TLRuntime

/// A list in a service message may have so many entries, by the protocol.
private let maximumListCount = MessageContent.maximumIdentifierCount

extension ServerSession {
    /// Handles a new message that is no container.
    mutating func handle(
        _ message: IncomingMessage,
        salts: inout ServerSalts,
        at now: TimeReading,
        _ actions: inout [ServerSessionAction],
        isUnwrapped: Bool = false
    ) {
        switch message.constructor {
        case FramedConstructor.gzipPacked where !isUnwrapped:
            handleCompressed(message, salts: &salts, at: now, &actions)
        case FramedConstructor.messageCopy where !isUnwrapped:
            handleCopy(message, salts: &salts, at: now, &actions)
        case let number where MTPConstructor.service.contains(number):
            handleService(message, number, salts: &salts, at: now, &actions)
        default:
            note(message, .running, at: now)
            owedAcknowledgments.append((message.id, now.monotonic + configuration.acknowledgesAfter))
            actions.append(.execute(message.id, message.body))
        }
    }

    private mutating func handleCompressed(
        _ message: IncomingMessage,
        salts: inout ServerSalts,
        at now: TimeReading,
        _ actions: inout [ServerSessionAction]
    ) {
        do {
            let body = try MessageContent.inflate(message.body, limit: configuration.inflationLimit)
            handle(message.with(body: body[...]), salts: &salts, at: now, &actions, isUnwrapped: true)
        } catch {
            fail(message, "INPUT_FETCH_ERROR", at: now)
        }
    }

    private mutating func handleCopy(
        _ message: IncomingMessage,
        salts: inout ServerSalts,
        at now: TimeReading,
        _ actions: inout [ServerSessionAction]
    ) {
        guard let original = IncomingContainer.original(of: message) else {
            return fail(message, "INPUT_FETCH_ERROR", at: now)
        }
        note(message, .noted, isAcknowledged: true, at: now)
        acknowledge([message.id], at: now)
        if let record = received[original.id] {
            actions.append(.repeated(original.id))
            if case .answered(let ticket) = record.status { sendAgainOrAnnounce(ticket, at: now) }
            acknowledge([original.id], at: now)
        } else if received.isForgotten(original.id) {
            actions.append(.ignored("the original of copy \(message.id) is too old to know"))
        } else {
            handle(original, salts: &salts, at: now, &actions, isUnwrapped: true)
        }
    }

    private mutating func handleService(
        _ message: IncomingMessage,
        _ number: UInt32,
        salts: inout ServerSalts,
        at now: TimeReading,
        _ actions: inout [ServerSessionAction]
    ) {
        note(message, .noted, at: now)
        do {
            try dispatch(message, number, salts: &salts, at: now, &actions)
        } catch {
            actions.append(.ignored("message \(message.id) cannot be decoded: \(error)"))
            if message.isContentRelated { acknowledge([message.id], at: now) }
        }
    }

    private mutating func dispatch(
        _ message: IncomingMessage,
        _ number: UInt32,
        salts: inout ServerSalts,
        at now: TimeReading,
        _ actions: inout [ServerSessionAction]
    ) throws(TLDecodingError) {
        let body = Array(message.body)
        switch number {
        case MTPConstructor.ping:
            let ping = try ServiceRequest.Ping(decoding: body)
            pong(message, ping.id, at: now)
        case MTPConstructor.pingDelayDisconnect:
            let ping = try ServiceRequest.PingDelayDisconnect(decoding: body)
            pong(message, ping.id, at: now)
            actions.append(.disconnect(after: .seconds(max(0, Int64(ping.delay)))))
        case MTPConstructor.getFutureSalts:
            let request = try ServiceRequest.GetFutureSalts(decoding: body)
            sendFutureSalts(request.count, for: message, salts: &salts, at: now)
        case MTPConstructor.dropAnswer:
            let request = try ServiceRequest.OneLong(decoding: body)
            dropAnswer(to: MessageID(request.value), for: message, at: now, &actions)
        case MTPConstructor.destroySession:
            let request = try ServiceRequest.OneLong(decoding: body)
            actions.append(.destroySession(request.value, request: message.id))
        case MTPConstructor.destroyAuthKey: actions.append(.destroyKey(request: message.id))
        case MTPConstructor.messagesAck: acknowledged(try MTP.MsgsAck(decoding: body).msgIDs)
        case MTPConstructor.stateRequest:
            sendStates(of: try MTP.MsgsStateReq(decoding: body).msgIDs, for: message, at: now)
        case MTPConstructor.resendRequest:
            resend(try MTP.MsgResendReq(decoding: body).msgIDs, for: message, at: now)
        case MTPConstructor.httpWait:
            let wait = try MTP.HttpWait(decoding: body)
            actions.append(.poll(HTTPPoll(wait)))
        default:
            // States of our messages, and answers to pings that were never sent.
            if message.isContentRelated { acknowledge([message.id], at: now) }
        }
    }

    // MARK: - Answers

    private mutating func pong(_ message: IncomingMessage, _ pingID: Int64, at now: TimeReading) {
        conclude(message.id, with: MTP.Pong(msgID: message.id.rawValue, pingID: pingID).wireBytes, at: now)
    }

    private mutating func sendFutureSalts(
        _ count: Int32,
        for message: IncomingMessage,
        salts: inout ServerSalts,
        at now: TimeReading
    ) {
        let future = salts.future(count: Int(count), at: now.wall).map {
            MTP.FutureSalt(
                validSince: $0.validity.lowerBound.clampedSeconds,
                validUntil: $0.validity.upperBound.clampedSeconds,
                salt: $0.value
            )
        }
        let answer = MTP.FutureSalts(reqMsgID: message.id.rawValue, now: now.wall.clampedSeconds, salts: future)
        conclude(message.id, with: answer.wireBytes, at: now)
    }

    /// Sends an answer that is no `rpc_result`, needs no acknowledgment, and serves as one itself.
    mutating func conclude(_ request: MessageID, with answer: [UInt8], at now: TimeReading) {
        received[request]?.isAcknowledged = true
        received[request]?.succeeded = true
        enqueue(answer, isContentRelated: false, isAnswer: true, at: now)
    }

    private mutating func fail(_ message: IncomingMessage, _ name: String, at now: TimeReading) {
        note(message, .running, at: now)
        let error = MTP.RpcError(errorCode: 400, errorMessage: name).wireBytes
        answer(message.id, result: error, succeeded: false, at: now)
    }

    private mutating func dropAnswer(
        to request: MessageID,
        for message: IncomingMessage,
        at now: TimeReading,
        _ actions: inout [ServerSessionAction]
    ) {
        var result = MTP.RpcDropAnswer.rpcAnswerUnknown
        switch received[request]?.status {
        case .running:
            result = .rpcAnswerDroppedRunning
            answer(request, result: result.wireBytes, succeeded: false, at: now)
            actions.append(.cancel(request))
        case .answered(let ticket):
            if let dropped = messages[ticket] {
                result = .rpcAnswerDropped(
                    .init(
                        msgID: dropped.identity?.id.rawValue ?? 0,
                        seqNo: dropped.identity?.sequenceNumber ?? 0,
                        bytes: Int32(clamping: dropped.body.count)
                    )
                )
                remove(ticket)
            }
        case .noted, .finished, nil: break
        }
        received[message.id]?.isAcknowledged = true
        let ticket = enqueueResult(result.wireBytes, of: message.id, at: now)
        received[message.id]?.status = .answered(ticket)
    }

    // MARK: - Acknowledgments and states

    private mutating func acknowledged(_ ids: [Int64]) {
        for id in ids.prefix(maximumListCount) {
            if let ticket = tickets[MessageID(id)] { remove(ticket) }
        }
    }

    mutating func acknowledge(_ ids: [MessageID], at now: TimeReading) {
        for id in ids { received[id]?.isAcknowledged = true }
        enqueue(
            MTP.MsgsAck(msgIDs: ids.map(\.rawValue)).wireBytes,
            isContentRelated: false,
            isAnswer: true,
            at: now
        )
    }

    private mutating func sendStates(of ids: [Int64], for message: IncomingMessage, at now: TimeReading) {
        let states = ids.prefix(maximumListCount).map { state(of: MessageID($0)) }
        conclude(
            message.id,
            with: MTP.MsgsStateInfo(reqMsgID: message.id.rawValue, info: states).wireBytes,
            at: now
        )
    }

    /// The bits are those of `msgs_state_info`.
    private func state(of id: MessageID) -> UInt8 {
        guard let record = received[id] else {
            if received.isForgotten(id) { return 1 }
            guard let highest = received.highest, let firstMessageID else { return 3 }
            return id > highest ? 3 : id < firstMessageID ? 1 : 2
        }
        var state: UInt8 = 4
        if record.isAcknowledged { state |= 8 }
        if record.sequenceNumber & 1 == 0 { state |= 16 }
        switch record.status {
        case .noted: break
        case .running: state |= 32
        case .answered, .finished: state |= 32 | 64
        }
        return state
    }

    private mutating func resend(_ ids: [Int64], for message: IncomingMessage, at now: TimeReading) {
        let ids = Array(ids.prefix(maximumListCount))
        let wanted = ids.map { tickets[MessageID($0)] }
        for ticket in wanted.compactMap(\.self) { requeue(ticket) }
        // One that is unknown, or is the client's own, makes it a question for states as well.
        if wanted.contains(nil) { sendStates(of: ids, for: message, at: now) }
    }
}

extension HTTPPoll {
    fileprivate init(_ wait: MTP.HttpWait) {
        self.init(
            maximumDelay: .milliseconds(max(0, Int64(wait.maxDelay))),
            waitAfter: .milliseconds(max(0, Int64(wait.waitAfter))),
            maximumWait: .milliseconds(max(0, Int64(wait.maxWait)))
        )
    }
}

extension Duration {
    /// Whole seconds as the protocol writes times.
    var clampedSeconds: Int32 { Int32(clamping: components.seconds) }
}
