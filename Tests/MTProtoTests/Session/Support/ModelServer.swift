import MTProto
import MTProtoCrypto

/// A server that behaves as the protocol says, and counts how often it executes each request.
struct ModelServer {
    private struct Session {
        /// What it has executed, by message, with the answer that was sent.
        var answers: [MessageID: MessageID] = [:]
        let uniqueID: Int64
    }

    /// A message of the server on its way.
    struct Outgoing {
        var sessionID: Int64
        var id: MessageID
        var sequenceNumber: Int32
        var body: [UInt8]
    }

    private(set) var executions: [UInt64: Int] = [:]
    var salt: Int64 = 1
    private var sessions: [Int64: Session] = [:]
    private var identifiers = MessageIDGenerator()
    private var sequenceNumber: Int32 = 1

    private mutating func make(
        _ body: [UInt8],
        _ sessionID: Int64,
        at time: Duration,
        isContentRelated: Bool = true
    ) -> Outgoing {
        sequenceNumber += 2
        let id = identifiers.next(.serverAnswer, at: time)
        return Outgoing(
            sessionID: sessionID,
            id: id,
            sequenceNumber: isContentRelated ? sequenceNumber : sequenceNumber - 1,
            body: body
        )
    }

    mutating func receive(_ packet: SentPacket, at time: Duration) -> [Outgoing] {
        guard packet.salt == salt else {
            return [make(ServerBody.badSalt(packet.id, salt), packet.sessionID, at: time, isContentRelated: false)]
        }
        for (code, isWrong) in [
            (16, packet.id.time < time - .seconds(300)), (17, packet.id.time > time + .seconds(30)),
        ]
        where isWrong {
            let body = ServerBody.complaint(packet.id, Int32(code))
            return [make(body, packet.sessionID, at: time, isContentRelated: false)]
        }
        var answers: [Outgoing] = []
        if sessions[packet.sessionID] == nil {
            let uniqueID = Int64(sessions.count)
            sessions[packet.sessionID] = Session(uniqueID: uniqueID)
            answers.append(
                make(ServerBody.newSession(first: packet.id, unique: uniqueID, salt: salt), packet.sessionID, at: time)
            )
        }
        for message in packet.messages { answers += react(to: message, packet.sessionID, at: time) }
        return answers
    }

    private mutating func react(to message: SentMessage, _ sessionID: Int64, at time: Duration) -> [Outgoing] {
        let body = message.body
        if SessionBench.isQuery(body) { return execute(message, sessionID, at: time) }
        switch message.constructor {
        case MTP.PingDelayDisconnect.id:
            let pong = MTP.Pong(msgID: message.id.rawValue, pingID: body[...].integer(at: 4) ?? 0).wireBytes
            return [make(pong, sessionID, at: time, isContentRelated: false)]
        case MTP.GetFutureSalts.id:
            let now = Int32(time.components.seconds)
            let salts = [MTP.FutureSalt(validSince: now - 60, validUntil: now + 7_200, salt: salt)]
            let answer = MTP.FutureSalts(reqMsgID: message.id.rawValue, now: now, salts: salts).wireBytes
            return [make(answer, sessionID, at: time, isContentRelated: false)]
        case ServiceConstructor.msgsStateReq.rawValue:
            let count = Int(body[...].integer(at: 8, as: Int32.self) ?? 0)
            let states = (0..<count).map { index -> UInt8 in
                let id = MessageID(body[...].integer(at: 12 + 8 * index) ?? 0)
                return sessions[sessionID]?.answers[id] == nil ? 2 : 4 + 32 + 64
            }
            let info = MTP.MsgsStateInfo(reqMsgID: message.id.rawValue, info: states).wireBytes
            // As after any reconnection, what has not been acknowledged is sent again.
            let again = (0..<count).flatMap { index -> [Outgoing] in
                let id = MessageID(body[...].integer(at: 12 + 8 * index) ?? 0)
                return sessions[sessionID]?.answers[id].map { [answer(to: id, as: $0, sessionID)] } ?? []
            }
            return [make(info, sessionID, at: time, isContentRelated: false)] + again
        default: return []
        }
    }

    private mutating func execute(_ message: SentMessage, _ sessionID: Int64, at time: Duration) -> [Outgoing] {
        if let known = sessions[sessionID]?.answers[message.id] {
            return [answer(to: message.id, as: known, sessionID)]
        }
        if message.constructor == 0xcb9f_372d {
            let predecessor = MessageID(message.body[...].integer(at: 4) ?? 0)
            guard sessions[sessionID]?.answers[predecessor] != nil else {
                return [make(ServerBody.error(of: message.id, 400, "MSG_WAIT_FAILED"), sessionID, at: time)]
            }
        }
        executions[SessionBench.number(message), default: 0] += 1
        let outgoing = make(ServerBody.result(of: message.id, ServerBody.object(1)), sessionID, at: time)
        sessions[sessionID]?.answers[message.id] = outgoing.id
        return [outgoing]
    }

    private func answer(to request: MessageID, as id: MessageID, _ sessionID: Int64) -> Outgoing {
        Outgoing(
            sessionID: sessionID,
            id: id,
            sequenceNumber: 1,
            body: ServerBody.result(of: request, ServerBody.object(1))
        )
    }
}
