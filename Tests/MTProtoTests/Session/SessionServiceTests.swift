import MTProtoCrypto
import Testing

@testable import MTProto

struct SessionServiceTests {
    // MARK: - Keep-alive

    @Test func pingLeavesEveryMinute() throws {
        var bench = try SessionBench.settled()
        var pings = 0
        for _ in 0..<600 {
            bench.advance(.seconds(1))
            #expect(bench.fireDeadline() == [])
            for message in try bench.flush() where message.constructor == MTP.PingDelayDisconnect.id {
                pings += 1
                #expect(message.body.suffix(4) == [75, 0, 0, 0])
                bench.answerService(message)
            }
        }
        #expect((9...10).contains(pings))
    }

    @Test func deadlineIsWhenSomethingIsDue() throws {
        var bench = try SessionBench.settled()
        let deadline = try #require(bench.session.deadline)
        bench.advance(deadline - bench.now.monotonic)
        #expect(bench.fireDeadline() == [])
        // Until the packet has left, no timer is wanted: the connection may be busy.
        #expect((bench.session.deadline ?? .seconds(Int64.max)) > bench.now.monotonic)
        #expect(try bench.flush().count == 1)
        #expect(bench.session.deadline == bench.now.monotonic + .seconds(10))
    }

    @Test func unansweredPingEndsTheConnection() throws {
        var bench = try SessionBench.settled()
        bench.advance(.seconds(60))
        #expect(try bench.flush().count == 1)
        bench.advance(.milliseconds(9_999))
        #expect(bench.fireDeadline() == [])
        bench.advance(.milliseconds(1))
        #expect(bench.fireDeadline().gists == ["reconnect connectionLost"])
        #expect(bench.fireDeadline() == [])
        #expect(bench.session.deadline == nil)
    }

    /// More pings leave while the first one waits.
    @Test func frequentPingsDoNotPutOffTheEnd() throws {
        var bench = try SessionBench { $0.pingInterval = .seconds(3) }
        var events: [SessionEvent] = []
        for _ in 0..<4 {
            _ = try bench.flush()
            bench.advance(.seconds(3))
            events += bench.fireDeadline()
        }
        #expect(events.gists == ["reconnect connectionLost"])
    }

    @Test func anyPacketCountsAsASignOfLife() throws {
        var bench = try SessionBench.settled()
        bench.advance(.seconds(60))
        _ = try bench.flush()
        for _ in 0..<3 {
            bench.advance(.seconds(9))
            #expect(bench.fireDeadline() == [])
            bench.deliver(ServerBody.object(1), isContentRelated: false)
        }
        bench.advance(.seconds(10))
        #expect(bench.fireDeadline().gists == ["reconnect connectionLost"])
    }

    @Test func damagedPacketsAreNoSignOfLife() throws {
        var bench = try SessionBench.settled()
        bench.advance(.seconds(60))
        _ = try bench.flush()
        bench.advance(.seconds(9))
        bench.deliver(packet: [UInt8](repeating: 1, count: 104))
        bench.deliver(ServerBody.object(1), sessionID: 5)
        bench.advance(.seconds(1))
        #expect(bench.fireDeadline().gists == ["reconnect connectionLost"])
    }

    @Test func pongIsRecognizedAmongManyOtherQuestions() throws {
        var bench = try SessionBench.settled()
        bench.advance(.seconds(60))
        let ping = try #require(try bench.flush().first)
        for id in 1...300 as ClosedRange<UInt64> { bench.submit(id) }
        _ = try bench.flush()
        for id in 1...300 as ClosedRange<UInt64> { bench.session.cancel(RequestID(id)) }
        _ = try bench.flush()
        bench.answerService(ping)
        bench.advance(.seconds(11))
        #expect(bench.fireDeadline() == [])
    }

    // MARK: - Salts

    @Test func saltsAreFetchedAtTheStartAndBeforeTheyEnd() throws {
        var bench = try SessionBench()
        let question = try #require(try bench.flush().first { $0.constructor == MTP.GetFutureSalts.id })
        #expect(question.body.suffix(4) == [64, 0, 0, 0])
        let start = Int32(SessionBench.start.components.seconds)
        let salts = (0..<4).map { index in
            MTP.FutureSalt(
                validSince: start + 1_800 * Int32(index),
                validUntil: start + 1_800 * Int32(index) + 3_600,
                salt: Int64(index)
            )
        }
        let body = MTP.FutureSalts(reqMsgID: question.id.rawValue, now: start, salts: salts).wireBytes
        #expect(bench.deliver(body, isContentRelated: false).gists == ["saltsChanged"])
        // Valid until 9,000 s after the start: with an hour left it is 5,400.
        var fetchedAt: Int?
        for second in 1...6_000 where fetchedAt == nil {
            bench.advance(.seconds(1))
            for message in try bench.flush() {
                if message.constructor == MTP.GetFutureSalts.id { fetchedAt = second }
                bench.answerService(message)
            }
        }
        #expect(fetchedAt == 5_400)
    }

    @Test func saltsThatNobodyAskedForAreIgnored() throws {
        var bench = try SessionBench.settled()
        let start = Int32(SessionBench.start.components.seconds)
        let salt = MTP.FutureSalt(validSince: start, validUntil: start + 9_999, salt: 6)
        let body = MTP.FutureSalts(reqMsgID: 4, now: start, salts: [salt]).wireBytes
        #expect(bench.deliver(body, isContentRelated: false) == [])
        let before = bench.session.salts
        #expect(bench.session.salts == before)
    }

    @Test func strangePeriodsOfSaltsMakeNoTrap() throws {
        var bench = try SessionBench()
        let question = try #require(try bench.flush().first { $0.constructor == MTP.GetFutureSalts.id })
        let salts = [(5, 5), (9, 3), (Int32.min, Int32.max), (Int32.max, Int32.min)].map {
            MTP.FutureSalt(validSince: $0.0, validUntil: $0.1, salt: 1)
        }
        bench.deliver(MTP.FutureSalts(reqMsgID: question.id.rawValue, now: 0, salts: salts).wireBytes)
        bench.submit(1)
        #expect(try bench.flushRequests().count == 1)
    }

    // MARK: - Service functions as requests

    @Test(arguments: [
        (MTP.Ping(pingID: 4).wireBytes, "pong"), (MTP.GetFutureSalts(num: 3).wireBytes, "salts"),
        (MTP.DestroySession(sessionID: 99).wireBytes, "session"), (MTP.DestroyAuthKey().wireBytes, "key"),
    ])
    func serviceFunctionsAreAnsweredLikeRequests(body: [UInt8], kind: String) throws {
        var bench = try SessionBench.settled(announcement: [1, 2, 3, 4])
        bench.submit(1, body)
        let message = try #require(try bench.flush().first)
        #expect(message.body == body)
        let answer =
            switch kind {
            case "pong": MTP.Pong(msgID: message.id.rawValue, pingID: 4).wireBytes
            case "salts": bench.futureSalts(for: message)
            case "session": MTP.DestroySessionRes.destroySessionNone(sessionID: 99).wireBytes
            default: MTP.DestroyAuthKeyRes.destroyAuthKeyOk.wireBytes
            }
        let events = bench.deliver(answer, isContentRelated: false)
        #expect(events.first == .answered(RequestID(1), answer[...]))
        #expect(events.gists.contains("keyDestroyed") == (kind == "key"))
        #expect(bench.session.requestCount == 0)
    }

    @Test(arguments: [
        (MTP.DestroyAuthKeyRes.destroyAuthKeyOk, true), (.destroyAuthKeyFail, false), (.destroyAuthKeyNone, false),
    ])
    func destroyedKeyIsReported(answer: MTP.DestroyAuthKeyRes, isDestroyed: Bool) throws {
        var bench = try SessionBench.settled()
        bench.session.destroyKey(RequestID(1))
        let message = try #require(try bench.flush().first)
        let events = bench.deliver(ServerBody.result(of: message.id, answer.wireBytes))
        #expect(events.gists == ["answered 1"] + (isDestroyed ? ["keyDestroyed"] : []))
    }

    // MARK: - Questions of the server

    @Test func serverMayAskWhatHasCome() throws {
        var bench = try SessionBench.settled { $0.receivedWindow = 3 }
        let ids = (0..<6).map { _ in bench.server.nextID(at: bench.serverTime) }
        for index in [0, 1, 3, 4] { bench.deliver(ServerBody.object(1), id: ids[index], isContentRelated: false) }
        let question = bench.server.nextID(at: bench.serverTime)
        // The question takes a place in the window as well.
        bench.deliver(
            MTP.MsgsStateReq(msgIDs: [ids[0], ids[2], ids[3], ids[4]].map(\.rawValue) + [question.rawValue + 4, 8])
                .wireBytes,
            id: question,
            isContentRelated: false
        )
        let answer = try #require(try bench.flush().first)
        #expect(
            answer.body == MTP.MsgsStateInfo(reqMsgID: question.rawValue, info: [1, 1, 4, 4, 3, 1]).wireBytes
        )
        #expect(answer.sequenceNumber.isMultiple(of: 2))
    }

    @Test func serverMayAskForMessagesAgain() throws {
        var bench = try SessionBench.settled()
        bench.submit(1)
        bench.submit(2)
        let messages = try bench.flushRequests()
        bench.answer(messages[0])
        let question = bench.server.nextID(at: bench.serverTime)
        bench.deliver(
            MTP.MsgResendReq(msgIDs: [messages[1].id.rawValue, messages[0].id.rawValue]).wireBytes,
            id: question,
            isContentRelated: false
        )
        let again = try bench.flush()
        #expect(again.contains { $0.id == messages[1].id && $0.isContained })
        #expect(
            again.contains { $0.body == MTP.MsgsStateInfo(reqMsgID: question.rawValue, info: [1, 1]).wireBytes }
        )
    }

    @Test func serverMayPing() throws {
        var bench = try SessionBench.settled()
        let id = bench.server.nextID(at: bench.serverTime)
        bench.deliver(MTP.Ping(pingID: 6).wireBytes, id: id, isContentRelated: false)
        #expect(try bench.flush().map(\.body) == [MTP.Pong(msgID: id.rawValue, pingID: 6).wireBytes])
    }

    @Test func manyQuestionsAreNotAllAnswered() throws {
        var bench = try SessionBench.settled()
        for _ in 0..<1_000 { bench.deliver(MTP.MsgsStateReq(msgIDs: [5]).wireBytes, isContentRelated: false) }
        #expect(try bench.flush().count < 30)
    }

    // MARK: - Answers that are only announced

    @Test func announcedAnswerIsAskedForOnceAndAcknowledgedWhenItIsThere() throws {
        var bench = try SessionBench.settled()
        bench.submit(1)
        let message = try #require(try bench.flush().first)
        let answer = bench.server.nextID(at: bench.serverTime)
        let info = MTP.MsgDetailedInfo.msgDetailedInfo(
            msgID: message.id.rawValue,
            answerMsgID: answer.rawValue,
            bytes: 100,
            status: 0
        ).wireBytes
        bench.deliver(info, isContentRelated: false)
        bench.deliver(info, isContentRelated: false)
        #expect(try bench.flush().map(\.body) == [MTP.MsgResendReq(msgIDs: [answer.rawValue]).wireBytes])
        #expect(
            bench.deliver(ServerBody.result(of: message.id, ServerBody.object(1)), id: answer).gists == ["answered 1"]
        )
        bench.advance(.seconds(1))
        #expect(try bench.flush().map(\.body) == [ServerBody.acknowledgement([answer])])
        bench.deliver(info, isContentRelated: false)
        bench.advance(.seconds(1))
        #expect(try bench.flush().map(\.body) == [ServerBody.acknowledgement([answer])])
    }

    @Test func answerThatNobodyWantsIsAcknowledgedUnseen() throws {
        var bench = try SessionBench.settled()
        let answer = bench.server.nextID(at: bench.serverTime)
        bench.deliver(
            MTP.MsgDetailedInfo.msgDetailedInfo(msgID: 4, answerMsgID: answer.rawValue, bytes: 100, status: 0)
                .wireBytes,
            isContentRelated: false
        )
        bench.advance(.seconds(1))
        #expect(try bench.flush().map(\.body) == [ServerBody.acknowledgement([answer])])
    }

    @Test(arguments: [(true, "again"), (false, "failed 1 outcomeUnknown")])
    func answerThatTheServerHasLostFollowsTheRule(isRepeatable: Bool, outcome: String) throws {
        var bench = try SessionBench.settled()
        bench.submit(1, isRepeatable: isRepeatable)
        let message = try #require(try bench.flush().first)
        let answer = bench.server.nextID(at: bench.serverTime)
        bench.deliver(
            MTP.MsgDetailedInfo.msgDetailedInfo(
                msgID: message.id.rawValue,
                answerMsgID: answer.rawValue,
                bytes: 100,
                status: 0
            ).wireBytes,
            isContentRelated: false
        )
        let question = try #require(try bench.flush().first)
        let events = bench.deliver(
            MTP.MsgsStateInfo(reqMsgID: question.id.rawValue, info: [1]).wireBytes,
            isContentRelated: false
        )
        #expect(events.gists == (isRepeatable ? [] : [outcome]))
        #expect(try bench.flushRequests().count == (isRepeatable ? 1 : 0))
    }

    @Test func announcedPushIsAskedFor() throws {
        var bench = try SessionBench.settled()
        bench.deliver(
            MTP.MsgDetailedInfo.msgNewDetailedInfo(
                answerMsgID: bench.server.nextID(at: bench.serverTime).rawValue,
                bytes: 9,
                status: 0
            )
            .wireBytes,
            isContentRelated: false
        )
        #expect(try bench.flush().map(\.constructor) == [0x7d86_1a08])
    }

    @Test func announcedAnswersAreBounded() throws {
        var bench = try SessionBench.settled()
        for _ in 0..<3_000 {
            bench.deliver(
                MTP.MsgDetailedInfo.msgNewDetailedInfo(
                    answerMsgID: bench.server.nextID(at: bench.serverTime).rawValue,
                    bytes: 9,
                    status: 0
                ).wireBytes,
                isContentRelated: false
            )
        }
        #expect(bench.session.answers.count == 1_000)
        let question = try #require(try bench.flush().first)
        #expect(question.body.count == 12 + 8 * 1_000)
    }

    // MARK: - Log

    private final class Recorder: LogHandler {
        let level = LogLevel.trace
        let lines = Locked<[String]>([])
        func log(_ record: LogRecord) { lines.withLock { $0.append(record.message) } }
    }

    @Test func everyMessageIsLoggedWithoutItsContent() throws {
        let recorder = Recorder()
        var bench = try SessionBench(log: Log(handler: recorder, source: "session"))
        bench.submit(1, Array("secret words".utf8))
        let message = try #require(try bench.flush().last)
        bench.answer(message)
        let lines = recorder.lines.withLock { $0 }
        #expect(
            lines.contains { $0.hasPrefix("sent 'test.query1' as \(message.id), sequence number 5, 12 bytes, in ") }
        )
        #expect(lines.contains { $0.hasPrefix("sent 'ping_delay_disconnect' as ") })
        #expect(lines.contains { $0.hasPrefix("received 'rpc_result' as ") })
        #expect(!lines.contains { $0.contains("secret") })
    }
}
