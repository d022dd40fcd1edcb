package import MTProto
import MTProtoCrypto
import TLRuntime

/// How far back and ahead a message may lie; see
/// <https://core.telegram.org/mtproto/description#message-identifier-msg-id>.
private let oldestMessage = Duration.seconds(300)
private let newestMessage = Duration.seconds(30)

extension ServerSession {
    /// Takes what an encrypted packet of this session contained.
    package mutating func received(
        _ message: IncomingMessage,
        on connection: ConnectionID,
        salts: inout ServerSalts,
        at now: TimeReading
    ) -> [ServerSessionAction] {
        attach(connection, at: now)
        var actions: [ServerSessionAction] = []
        if let problem = timeProblem(of: message.id, at: now) {
            refuse(message, problem, at: now, &actions)
            return actions
        }
        if configuration.strictness.checksSalts, !salts.isValid(message.salt, at: now.wall) {
            refuseSalt(of: message, current: salts.current(at: now.wall).value, at: now, &actions)
            return actions
        }
        if message.constructor == FramedConstructor.messageContainer {
            receiveContainer(message, salts: &salts, at: now, &actions)
        } else {
            announceSession(for: message.id, salts: &salts, at: now)
            receiveSingle(message, salts: &salts, at: now, &actions)
        }
        return actions
    }

    private mutating func receiveContainer(
        _ container: IncomingMessage,
        salts: inout ServerSalts,
        at now: TimeReading,
        _ actions: inout [ServerSessionAction]
    ) {
        if received[container.id] != nil { return refuse(container, .containerIdentifier, at: now, &actions) }
        if let problem = relationProblem(of: container) ?? orderProblem(of: container) {
            return refuse(container, problem, at: now, &actions)
        }
        guard let messages = IncomingContainer.messages(of: container) else {
            return refuse(container, .container, at: now, &actions)
        }
        if let first = messages.map(\.id).min() { announceSession(for: first, salts: &salts, at: now) }
        for message in messages { receiveSingle(message, salts: &salts, at: now, &actions) }
        note(container, .noted, at: now)
    }

    /// A message that is no container. Its age is not checked again: an old one may be sent again in a new container.
    private mutating func receiveSingle(
        _ message: IncomingMessage,
        salts: inout ServerSalts,
        at now: TimeReading,
        _ actions: inout [ServerSessionAction]
    ) {
        if configuration.strictness.checksParity, !message.id.isFromClient {
            return refuse(message, .identifierBits, at: now, &actions)
        }
        if let record = received[message.id] { return receiveAgain(message, record, at: now, &actions) }
        if received.isForgotten(message.id) { return refuse(message, .tooOld, at: now, &actions) }
        if let problem = relationProblem(of: message) ?? orderProblem(of: message) {
            return refuse(message, problem, at: now, &actions)
        }
        handle(message, salts: &salts, at: now, &actions)
    }

    /// A message that has come before is never executed again; its answer goes out again instead.
    private mutating func receiveAgain(
        _ message: IncomingMessage,
        _ record: MessageHistory.Record,
        at now: TimeReading,
        _ actions: inout [ServerSessionAction]
    ) {
        actions.append(.repeated(message.id))
        switch record.status {
        case .answered(let ticket): sendAgainOrAnnounce(ticket, at: now)
        case .running, .finished: acknowledge([message.id], at: now)
        case .noted where message.isContentRelated: acknowledge([message.id], at: now)
        case .noted: break
        }
    }

    // MARK: - Checks

    private func timeProblem(of id: MessageID, at now: TimeReading) -> ComplaintCode? {
        let strictness = configuration.strictness
        if strictness.checksTime {
            if id.time < now.wall - oldestMessage { return .identifierTooLow }
            if id.time > now.wall + newestMessage { return .identifierTooHigh }
        }
        return strictness.checksParity && !id.isFromClient ? .identifierBits : nil
    }

    private func orderProblem(of message: IncomingMessage) -> ComplaintCode? {
        guard configuration.strictness.checksOrder else { return nil }
        return received.orderProblem(of: message.id, sequenceNumber: message.sequenceNumber)
    }

    /// Requests need an acknowledgment, some service messages must not have one, and for the rest clients differ.
    private func relationProblem(of message: IncomingMessage) -> ComplaintCode? {
        guard configuration.strictness.checksContentRelation else { return nil }
        switch message.constructor {
        case FramedConstructor.messageContainer, MTPConstructor.messagesAck, MTPConstructor.httpWait:
            return message.isContentRelated ? .sequenceNumberOdd : nil
        case FramedConstructor.gzipPacked, FramedConstructor.messageCopy: return nil
        case let number where MTPConstructor.service.contains(number): return nil
        default: return message.isContentRelated ? nil : .sequenceNumberEven
        }
    }

    // MARK: - Refusals
    //
    // In packets of their own: a client whose clock is wrong may drop a container because of its time, and never see why.

    private mutating func refuse(
        _ message: IncomingMessage,
        _ problem: ComplaintCode,
        at now: TimeReading,
        _ actions: inout [ServerSessionAction]
    ) {
        let notice = MTP.BadMsgNotification.badMsgNotification(
            .init(badMsgID: message.id.rawValue, badMsgSeqno: message.sequenceNumber, errorCode: problem.rawValue)
        )
        enqueue(notice.wireBytes, isContentRelated: false, isAnswer: true, goesAlone: true, at: now)
        actions.append(.refused(message.id, problem))
    }

    private mutating func refuseSalt(
        of message: IncomingMessage,
        current: Int64,
        at now: TimeReading,
        _ actions: inout [ServerSessionAction]
    ) {
        let notice = MTP.BadMsgNotification.badServerSalt(
            .init(
                badMsgID: message.id.rawValue,
                badMsgSeqno: message.sequenceNumber,
                errorCode: ComplaintCode.salt.rawValue,
                newServerSalt: current
            )
        )
        enqueue(notice.wireBytes, isContentRelated: false, isAnswer: true, goesAlone: true, at: now)
        actions.append(.refused(message.id, .salt))
    }

    // MARK: - The beginning of a session

    /// Tells the client that a session was made for its message, which is so again for one that is older than the
    /// first.
    private mutating func announceSession(for id: MessageID, salts: inout ServerSalts, at now: TimeReading) {
        if let firstMessageID, firstMessageID <= id { return }
        // What is older than the first one may have come to an earlier session; it is none of this notice's business
        // when it was received here.
        guard received[id] == nil, !received.isForgotten(id) else { return }
        firstMessageID = id
        let notice = MTP.NewSession(
            firstMsgID: id.rawValue,
            uniqueID: random.integer(),
            serverSalt: salts.current(at: now.wall).value
        )
        enqueue(notice.wireBytes, isContentRelated: true, isAnswer: false, at: now)
    }

    mutating func note(
        _ message: IncomingMessage,
        _ status: MessageHistory.Status,
        isAcknowledged: Bool = false,
        at now: TimeReading
    ) {
        received.insert(
            .init(
                id: message.id,
                sequenceNumber: message.sequenceNumber,
                status: status,
                isAcknowledged: isAcknowledged,
                time: now.monotonic
            )
        )
    }
}
