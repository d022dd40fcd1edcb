package import MTProto
import TLRuntime

/// A container of the server has at most so many messages and bytes.
private let maximumContainerCount = 100
private let maximumContainerBytes = 1 << 20

extension ServerSession {
    // MARK: - Composing

    @discardableResult
    mutating func enqueue(
        _ body: [UInt8],
        isContentRelated: Bool,
        isAnswer: Bool,
        request: MessageID? = nil,
        goesAlone: Bool = false,
        at now: TimeReading
    ) -> OutgoingTicket {
        lastTicket += 1
        let ticket = OutgoingTicket(rawValue: lastTicket)
        messages[ticket] = ServerMessage(
            ticket: ticket,
            body: body,
            isContentRelated: isContentRelated,
            isAnswer: isAnswer,
            requestID: request,
            goesAlone: goesAlone,
            composedAt: now.monotonic
        )
        messageBytes += body.count
        outbox.append(ticket)
        if isContentRelated, resendCheckAt == nil {
            resendCheckAt = now.monotonic + configuration.resendsAfter
        }
        makeRoom()
        return ticket
    }

    mutating func enqueueResult(_ result: [UInt8], of request: MessageID, at now: TimeReading) -> OutgoingTicket {
        var body: [UInt8] = []
        body.reserveCapacity(12 + result.count)
        body.append(littleEndian: FramedConstructor.rpcResult)
        body += request.rawValue.littleEndianBytes
        body += result
        return enqueue(body, isContentRelated: true, isAnswer: true, request: request, at: now)
    }

    /// A client that never acknowledges must not fill the memory: the oldest messages go.
    private mutating func makeRoom() {
        while messages.count > configuration.maximumUnacknowledged
            || messageBytes > configuration.maximumUnacknowledgedBytes, messages.count > 1, oldestTicket < lastTicket
        {
            remove(OutgoingTicket(rawValue: oldestTicket))
            oldestTicket += 1
        }
    }

    /// Forgets a message: it was acknowledged, or is too old, or nobody wants it.
    mutating func remove(_ ticket: OutgoingTicket) {
        guard let message = messages.removeValue(forKey: ticket) else { return }
        messageBytes -= message.body.count
        if let identity = message.identity { tickets[identity.id] = nil }
        if let request = message.requestID, case .answered(ticket)? = received[request]?.status {
            received[request]?.status = .finished
        }
        if messages.isEmpty { resendCheckAt = nil }
    }

    // MARK: - Sending again

    mutating func requeue(_ ticket: OutgoingTicket) {
        guard messages[ticket] != nil, !outbox.contains(ticket) else { return }
        outbox.append(ticket)
    }

    /// Makes messages that have left due again, in their first order.
    mutating func sendAgain(where isDue: (ServerMessage) -> Bool) {
        let waiting = Set(outbox)
        let due = messages.values.filter { $0.identity != nil && !waiting.contains($0.ticket) && isDue($0) }
        guard !due.isEmpty else { return }
        for message in due.sorted(by: { $0.ticket < $1.ticket }) {
            messages[message.ticket]?.sentAt = nil
            repeatOrAnnounce(message, composedAt: message.composedAt)
        }
    }

    /// The answer to a request that came again.
    mutating func sendAgainOrAnnounce(_ ticket: OutgoingTicket, at now: TimeReading) {
        guard let message = messages[ticket], !outbox.contains(ticket) else { return }
        repeatOrAnnounce(message, composedAt: now.monotonic)
    }

    /// Large messages are announced first: the client may have them already.
    private mutating func repeatOrAnnounce(_ message: ServerMessage, composedAt: Duration) {
        guard message.body.count >= configuration.announcesFrom, let identity = message.identity else {
            outbox.append(message.ticket)
            return
        }
        let count = Int32(clamping: message.body.count)
        let notice: MTP.MsgDetailedInfo =
            if let request = message.requestID {
                .msgDetailedInfo(
                    .init(msgID: request.rawValue, answerMsgID: identity.id.rawValue, bytes: count, status: 0)
                )
            } else {
                .msgNewDetailedInfo(.init(answerMsgID: identity.id.rawValue, bytes: count, status: 0))
            }
        let time = TimeReading(wall: .zero, monotonic: composedAt)
        enqueue(notice.wireBytes, isContentRelated: false, isAnswer: true, at: time)
    }

    // MARK: - Leaving

    /// All that waits, in as few messages as possible, to leave by this connection.
    package mutating func envelopes(for connection: ConnectionID, at now: TimeReading) -> [OutgoingEnvelope] {
        guard !outbox.isEmpty else { return [] }
        followClock(now)
        var envelopes: [OutgoingEnvelope] = []
        var group: [ServerMessage] = []
        var bytes = 0
        let waiting = outbox
        outbox = []
        for ticket in waiting {
            guard let message = messages[ticket] else { continue }
            let size = message.body.count + 16
            let isFull = group.count == maximumContainerCount || bytes + size > maximumContainerBytes
            if !group.isEmpty, isFull || message.goesAlone || group.last?.goesAlone == true {
                envelopes.append(seal(group, by: connection, at: now))
                group = []
                bytes = 0
            }
            group.append(message)
            bytes += size
        }
        if !group.isEmpty { envelopes.append(seal(group, by: connection, at: now)) }
        return envelopes
    }

    /// An empty container: what a poll gets when there is nothing to say.
    package mutating func emptyContainer(at now: TimeReading) -> OutgoingEnvelope {
        followClock(now)
        return container(of: [], at: now)
    }

    /// An identifier for a message that is none of the session's.
    mutating func makeID(like other: MessageID, at now: TimeReading) -> MessageID {
        ids.next(other.rawValue & 3 == 3 ? .serverNotice : .serverAnswer, at: now.wall)
    }

    private mutating func seal(
        _ group: [ServerMessage],
        by connection: ConnectionID,
        at now: TimeReading
    ) -> OutgoingEnvelope {
        let isRepeated = group.contains { $0.identity != nil }
        let sealed = group.map { message in
            let identity = message.identity ?? makeIdentity(of: message, at: now)
            remember(message, identity, connection, at: now)
            return OutgoingEnvelope(
                id: identity.id,
                sequenceNumber: identity.sequenceNumber,
                body: message.body
            )
        }
        // A message that leaves again must not do so on its own: its identifier may be too old by now.
        return sealed.count == 1 && !isRepeated ? sealed[0] : container(of: sealed, at: now)
    }

    private mutating func remember(
        _ message: ServerMessage,
        _ identity: ServerMessage.Identity,
        _ connection: ConnectionID,
        at now: TimeReading
    ) {
        guard message.isContentRelated else { return remove(message.ticket) }
        messages[message.ticket]?.identity = identity
        messages[message.ticket]?.sentAt = now.monotonic
        messages[message.ticket]?.carrier = connection
        tickets[identity.id] = message.ticket
    }

    private mutating func makeIdentity(of message: ServerMessage, at now: TimeReading) -> ServerMessage.Identity {
        let id = ids.next(message.isAnswer ? .serverAnswer : .serverNotice, at: now.wall)
        let number = contentCount &* 2 | (message.isContentRelated ? 1 : 0)
        if message.isContentRelated { contentCount &+= 1 }
        return .init(id: id, sequenceNumber: number)
    }

    private mutating func container(of messages: [OutgoingEnvelope], at now: TimeReading) -> OutgoingEnvelope {
        var body: [UInt8] = []
        body.reserveCapacity(messages.reduce(8) { $0 + 16 + $1.body.count })
        body.append(littleEndian: FramedConstructor.messageContainer)
        body.append(littleEndian: UInt32(messages.count))
        for message in messages {
            body += message.id.rawValue.littleEndianBytes
            body.append(littleEndian: UInt32(bitPattern: message.sequenceNumber))
            body.append(littleEndian: UInt32(message.body.count))
            body += message.body
        }
        return OutgoingEnvelope(
            id: ids.next(.serverAnswer, at: now.wall),
            sequenceNumber: contentCount &* 2,
            body: body
        )
    }

    /// Identifiers only rise, except when the clock of the server was turned back: they tell its time.
    private mutating func followClock(_ now: TimeReading) {
        if let lastServerTime, now.wall < lastServerTime - .seconds(1) { ids.reset() }
        lastServerTime = now.wall
    }
}
