import MTProto
import MTProtoCrypto
import TLRuntime
import Testing

@testable import TelegramTesting

/// Service messages of the client.
@Suite struct ServerSessionServiceTests {
    @Test func pingIsAnsweredWithItsNumbers() throws {
        var session = ScriptedSession()
        let id = session.send(MTP.Ping(pingID: 42).wireBytes).id
        let pong = try #require(session.output().compactMap { $0.object(MTP.Pong.self) }.first)
        #expect(pong.msgID == id.rawValue && pong.pingID == 42)
    }

    @Test func pingMayAskForDisconnection() {
        var session = ScriptedSession()
        let actions = session.send(MTP.PingDelayDisconnect(pingID: 1, disconnectDelay: 75).wireBytes).actions
        let delays: [Duration] = actions.compactMap { if case .disconnect(let after) = $0 { after } else { nil } }
        #expect(delays == [.seconds(75)])
    }

    @Test(arguments: [(0, 0), (1, 1), (32, 32), (1000, 64), (-5, 0)])
    func futureSaltsFollowOneAnother(wanted: Int32, count: Int) throws {
        var session = ScriptedSession()
        let id = session.send(MTP.GetFutureSalts(num: wanted).wireBytes).id
        let answer = try #require(session.output().compactMap { $0.object(MTP.FutureSalts.self) }.first)
        #expect(answer.reqMsgID == id.rawValue && answer.salts.count == count)
        for (salt, next) in zip(answer.salts, answer.salts.dropFirst()) {
            #expect(salt.validSince + 1800 == next.validSince && salt.validUntil > next.validSince)
        }
    }

    @Test func futureSaltIsAcceptedWhenItsTimeHasCome() throws {
        var session = ScriptedSession()
        session.send(MTP.GetFutureSalts(num: 3).wireBytes)
        let salts = try #require(session.output().compactMap { $0.object(MTP.FutureSalts.self) }.first).salts
        #expect(session.send(someRequest, salt: salts[1].salt).actions.refused == [.salt], "too early")
        session.pass(.seconds(1900))
        #expect(session.send(someRequest, salt: salts[1].salt).actions.refused == [])
        #expect(session.send(someRequest, salt: salts[0].salt).actions.refused == [], "the one before is still valid")
        session.pass(.seconds(1800))
        #expect(session.send(someRequest, salt: salts[0].salt).actions.refused == [.salt])
    }

    @Test func runningRequestCanBeDropped() throws {
        var session = ScriptedSession()
        let request = session.send(someRequest).id
        let (drop, actions) = session.send(MTP.DropAnswer(reqMsgID: request.rawValue).wireBytes)
        #expect(actions.contains { if case .cancel(request) = $0 { true } else { false } })
        let results = session.output().compactMap(\.result)
        #expect(Set(results.map(\.request)) == [request, drop])
        for result in results {
            guard case .rpcAnswerDroppedRunning = try MTP.RpcDropAnswer(decoding: result.bytes) else {
                Issue.record("another answer")
                return
            }
        }
        session.answer(request)
        #expect(session.output().isEmpty, "the answer comes too late")
    }

    @Test func waitingAnswerCanBeDropped() throws {
        var session = ScriptedSession()
        let request = session.send(someRequest).id
        session.answer(request)
        let answer = try #require(session.output().first { $0.result != nil })
        session.send(MTP.DropAnswer(reqMsgID: request.rawValue).wireBytes)
        let bytes = try #require(session.output().first?.result).bytes
        guard case .rpcAnswerDropped(let dropped) = try MTP.RpcDropAnswer(decoding: bytes) else {
            Issue.record("another answer")
            return
        }
        #expect(dropped.msgID == answer.id.rawValue && dropped.seqNo == answer.sequenceNumber)
    }

    @Test func unknownRequestCannotBeDropped() throws {
        var session = ScriptedSession()
        session.send(MTP.DropAnswer(reqMsgID: 4).wireBytes)
        let bytes = try #require(session.output().compactMap(\.result).first).bytes
        guard case .rpcAnswerUnknown = try MTP.RpcDropAnswer(decoding: bytes) else {
            Issue.record("another answer")
            return
        }
    }

    @Test func statesAreToldApart() throws {
        var session = ScriptedSession()
        let early = MessageID(session.nextID().rawValue)
        let running = session.send(someRequest).id
        let gap = session.nextID()
        let answered = session.send(someRequest).id
        session.answer(answered)
        let ack = session.nextID()
        session.send(MTP.MsgsAck(msgIDs: []).wireBytes, id: ack, isContent: false)
        _ = session.output()
        let later = MessageID(ack.rawValue + (60 << 32))
        let wanted = [early, running, gap, answered, ack, later]
        session.send(MTP.MsgsStateReq(msgIDs: wanted.map(\.rawValue)).wireBytes)
        let info = try #require(session.output().compactMap { $0.object(MTP.MsgsStateInfo.self) }.first).info
        // 4: received, 8: acknowledged, 16: needs none, 32: in execution, 64: answered.
        let expected: [UInt8] = [1, 36, 2, 108, 20, 3]
        #expect(info == expected)
    }

    @Test func compressedRequestIsInflated() throws {
        var session = ScriptedSession()
        let request = someRequest + [UInt8](repeating: 0, count: 400)
        let packed = try #require(MessageContent.compressed(request))
        let bodies: [[UInt8]] = session.send(packed).actions.compactMap {
            if case .execute(_, let body) = $0 { Array(body) } else { nil }
        }
        #expect(bodies == [request])
    }

    @Test func compressedRequestBeyondTheLimitFails() throws {
        var session = ScriptedSession { $0.inflationLimit = 1000 }
        let packed = try #require(MessageContent.compressed([UInt8](repeating: 0, count: 2000)))
        let (id, actions) = session.send(packed)
        #expect(actions.executed.isEmpty)
        let result = try #require(session.output().compactMap(\.result).first { $0.request == id })
        let error = try MTP.RpcError(decoding: result.bytes)
        #expect(error.errorCode == 400)
    }

    @Test func copyOfAMessageThatCameIsNotExecuted() {
        var session = ScriptedSession()
        let original = session.send(someRequest).id
        #expect(session.send(copy(of: original, sequenceNumber: 1)).actions.executed.isEmpty)
    }

    @Test func copyOfAMessageThatWasLostIsExecutedOnce() {
        var session = ScriptedSession()
        let original = session.nextID()
        session.send(MTP.Ping(pingID: 1).wireBytes, isContent: false)
        #expect(session.send(copy(of: original, sequenceNumber: 1)).actions.executed == [original])
        #expect(session.send(copy(of: original, sequenceNumber: 1)).actions.executed.isEmpty)
    }

    private func copy(of id: MessageID, sequenceNumber: Int32) -> [UInt8] {
        var body: [UInt8] = []
        body.append(littleEndian: FramedConstructor.messageCopy)
        body.append(littleEndian: id.rawValue)
        body.append(littleEndian: sequenceNumber)
        body.append(littleEndian: Int32(someRequest.count))
        return body + someRequest
    }

    @Test func sessionCanBeDestroyed() throws {
        var session = ScriptedSession()
        let (id, actions) = session.send(MTP.DestroySession(sessionID: 5).wireBytes)
        #expect(actions.contains { if case .destroySession(5, request: id) = $0 { true } else { false } })
        session.machine.sessionDestroyed(5, existed: true, request: id, at: session.now)
        let answer = session.output().compactMap { $0.object(MTP.DestroySessionRes.self) }.first
        guard case .destroySessionOk(let answer)? = answer else {
            Issue.record("another answer")
            return
        }
        #expect(answer.sessionID == 5)
    }

    @Test func serviceMessageCutShortIsIgnored() {
        var session = ScriptedSession()
        let whole = MTP.PingDelayDisconnect(pingID: 1, disconnectDelay: 5).wireBytes
        for count in stride(from: 4, to: whole.count, by: 4) {
            let actions = session.send(Array(whole.prefix(count))).actions
            #expect(actions.contains { if case .ignored = $0 { true } else { false } }, "cut after \(count) bytes")
        }
    }

    @Test func hostileMessagesDoNotCrash() {
        var generator = SplitMix64(seed: 99)
        var session = ScriptedSession { $0.strictness = .lenient }
        let numbers =
            Array(MTPConstructor.service) + [
                FramedConstructor.messageContainer, FramedConstructor.messageCopy, FramedConstructor.gzipPacked,
                FramedConstructor.rpcResult,
            ]
        for _ in 0..<3_000 {
            var body: [UInt8] = []
            body.append(littleEndian: numbers.randomElement(using: &generator) ?? 0)
            for _ in 0..<Int.random(in: 0..<24, using: &generator) {
                body.append(UInt8.random(in: 0...255, using: &generator) & UInt8.random(in: 0...255, using: &generator))
            }
            session.send(body, sequenceNumber: Int32.random(in: .min ... .max, using: &generator))
            _ = session.output()
        }
        #expect(session.machine.unacknowledgedCount < 9_000)
    }
}
