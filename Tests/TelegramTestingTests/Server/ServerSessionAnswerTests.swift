import MTProto
import MTProtoCrypto
import TLRuntime
import Testing

@testable import TelegramTesting

/// Answers, acknowledgments and what is sent again.
@Suite struct ServerSessionAnswerTests {
    @Test func firstMessageIsToldOfItsSession() throws {
        var session = ScriptedSession()
        let id = session.send(someRequest).id
        let notice = try #require(session.output().first?.object(MTP.NewSession.self))
        #expect(notice.firstMsgID == id.rawValue && notice.serverSalt == ScriptedSession.salt)
        session.send(someRequest)
        #expect(session.output().isEmpty, "only once")
    }

    @Test func olderMessageIsToldAgain() throws {
        var session = ScriptedSession()
        let older = session.nextID()
        session.send(someRequest, sequenceNumber: 3)
        _ = session.output()
        session.send(someRequest, id: older, sequenceNumber: 1)
        #expect(session.output().first?.object(MTP.NewSession.self)?.firstMsgID == older.rawValue)
    }

    @Test func repeatedRequestIsNotExecutedAgain() throws {
        var session = ScriptedSession()
        let (id, actions) = session.send(someRequest)
        #expect(actions.executed == [id])
        #expect(session.send(someRequest, id: id, sequenceNumber: 1).actions.executed.isEmpty)
        session.answer(id)
        let answer = try #require(session.output().first { $0.result?.request == id })
        #expect(session.send(someRequest, id: id, sequenceNumber: 1).actions.executed.isEmpty)
        let again = try #require(session.output().first { $0.result?.request == id })
        #expect(again.id == answer.id && again.body == answer.body && again.sequenceNumber == answer.sequenceNumber)
        session.acknowledge([answer.id])
        #expect(session.send(someRequest, id: id, sequenceNumber: 1).actions.executed.isEmpty)
        #expect(session.output().contains { $0.result != nil } == false, "the answer was acknowledged")
    }

    @Test func answersOfOneTurnLeaveTogether() {
        var session = ScriptedSession()
        let requests = (0..<3).map { _ in session.send(someRequest).id }
        _ = session.output()
        for request in requests { session.answer(request) }
        let packets = session.packets()
        #expect(packets.count == 1)
        #expect(packets.first?.body[...].constructor == FramedConstructor.messageContainer)
    }

    @Test func contentIsNumberedOddAndRising() {
        var session = ScriptedSession()
        for _ in 0..<3 { session.answer(session.send(someRequest).id) }
        session.send(MTP.Ping(pingID: 1).wireBytes)
        let output = session.output()
        let content = output.filter { $0.sequenceNumber & 1 == 1 }.map(\.sequenceNumber)
        #expect(content == [1, 3, 5, 7])
        #expect(output.allSatisfy { $0.id.isFromServer })
        #expect(output.map(\.id) == output.map(\.id).sorted())
    }

    @Test func unacknowledgedMessagesComeAgainByTheNextConnection() throws {
        var session = ScriptedSession()
        let id = session.send(someRequest).id
        session.answer(id)
        session.machine.push([9, 9, 9, 9], at: session.now)
        let first = session.output()
        session.acknowledge([first[0].id])
        session.machine.detach(ConnectionID(1))
        session.pass(.seconds(400))
        session.send(MTP.Ping(pingID: 1).wireBytes, on: 2)
        let packets = session.packets(on: 2)
        #expect(packets.count == 1 && packets[0].id.time > session.now.wall - .seconds(1), "in a fresh container")
        guard case .container(let messages) = try MessageContent.parse(packets[0].body[...]) else {
            Issue.record("no container")
            return
        }
        #expect(messages.prefix(2).map(\.id) == first.dropFirst().map(\.id))
    }

    @Test func nothingIsRepeatedWhileTheConnectionStands() {
        var session = ScriptedSession()
        session.answer(session.send(someRequest).id)
        _ = session.output()
        session.send(MTP.Ping(pingID: 1).wireBytes, on: 2)
        #expect(session.output(on: 2).map(\.constructor) == [MTP.Pong(msgID: 0, pingID: 0).wireBytes[...].constructor])
    }

    @Test func messageThatComesAgainIsNeverOnItsOwn() {
        var session = ScriptedSession()
        let id = session.send(someRequest).id
        session.answer(id)
        _ = session.output()
        session.send(someRequest, id: id, sequenceNumber: 1)
        let packets = session.packets()
        #expect(packets.map { $0.body[...].constructor } == [FramedConstructor.messageContainer])
    }

    @Test func unacknowledgedMessagesComeAgainAfterAWhile() {
        var session = ScriptedSession()
        session.answer(session.send(someRequest).id)
        let first = session.output()
        session.pass(.seconds(60))
        session.machine.deadlineReached(at: session.now)
        #expect(session.output().contains { $0.result != nil } == false)
        session.pass(.seconds(31))
        session.machine.deadlineReached(at: session.now)
        #expect(session.output().map(\.id) == first.map(\.id))
    }

    @Test func largeAnswerIsAnnouncedAndSentOnRequest() throws {
        var session = ScriptedSession { $0.announcesFrom = 64 }
        let id = session.send(someRequest).id
        session.answer(id, [UInt8](repeating: 7, count: 100))
        let answer = try #require(session.output().first { $0.result != nil })
        session.send(someRequest, id: id, sequenceNumber: 1)
        guard case .msgDetailedInfo(let info)? = session.output().first?.object(MTP.MsgDetailedInfo.self) else {
            Issue.record("no msg_detailed_info")
            return
        }
        #expect(info.msgID == id.rawValue && info.answerMsgID == answer.id.rawValue)
        session.send(MTP.MsgResendReq(msgIDs: [info.answerMsgID]).wireBytes)
        #expect(session.output().first?.body == answer.body)
    }

    @Test func resendRequestForUnknownMessageIsAnsweredWithStates() throws {
        var session = ScriptedSession()
        let request = session.send(MTP.MsgResendReq(msgIDs: [5]).wireBytes).id
        let info = try #require(session.output().compactMap { $0.object(MTP.MsgsStateInfo.self) }.first)
        #expect(info.reqMsgID == request.rawValue && info.info.count == 1)
    }

    @Test func slowRequestIsAcknowledged() throws {
        var session = ScriptedSession()
        let id = session.send(someRequest).id
        _ = session.output()
        let due = try #require(session.machine.deadline)
        session.pass(due - session.now.monotonic)
        session.machine.deadlineReached(at: session.now)
        #expect(session.output().compactMap { $0.object(MTP.MsgsAck.self)?.msgIDs } == [[id.rawValue]])
    }

    @Test func answeredRequestIsNotAcknowledgedAsWell() {
        var session = ScriptedSession()
        session.answer(session.send(someRequest).id)
        _ = session.output()
        session.pass(.seconds(10))
        session.machine.deadlineReached(at: session.now)
        #expect(session.output().isEmpty)
    }

    @Test func clientThatNeverAcknowledgesDoesNotFillTheMemory() {
        var session = ScriptedSession { $0.maximumUnacknowledged = 10 }
        session.send(someRequest)
        for _ in 0..<100 {
            session.machine.push([1, 2, 3, 4], at: session.now)
            _ = session.output()
        }
        #expect(session.machine.unacknowledgedCount <= 10)
        session.pass(.seconds(700))
        session.machine.deadlineReached(at: session.now)
        _ = session.output()
        #expect(session.machine.unacknowledgedCount == 0)
    }

    @Test func pushesWaitForAConnection() {
        var session = ScriptedSession()
        session.send(someRequest)
        _ = session.output()
        session.machine.detach(ConnectionID(1))
        session.machine.push([1, 2, 3, 4], at: session.now)
        session.send(MTP.Ping(pingID: 1).wireBytes, on: 2)
        #expect(session.output(on: 2).contains { $0.body == [1, 2, 3, 4] && $0.id.rawValue & 3 == 3 })
    }
}
