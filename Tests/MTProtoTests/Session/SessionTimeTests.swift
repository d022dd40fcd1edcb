import MTProtoCrypto
import Testing

@testable import MTProto

struct SessionTimeTests {
    /// What a server says to a packet: that its identifier is too low or too high, or the answers to all that is in it.
    private func respond(to bench: inout SessionBench, _ messages: [SentMessage]) -> [SessionEvent] {
        guard let packet = bench.packets.last, !messages.isEmpty else { return [] }
        if packet.id.time < bench.serverTime - .seconds(300) {
            return bench.deliver(ServerBody.complaint(packet.id, 16), isContentRelated: false)
        }
        if packet.id.time > bench.serverTime + .seconds(30) {
            return bench.deliver(ServerBody.complaint(packet.id, 17), isContentRelated: false)
        }
        return messages.flatMap { message in
            SessionBench.isQuery(message.body) ? bench.answer(message) : bench.answerService(message)
        }
    }

    @Test(
        arguments: [-100_000, -86_400, -3_600, -301, -200, -20, 0, 20, 200, 299, 301, 3_600, 86_400, 1_000_000],
        [false, true]
    )
    func wrongClockAtTheStartCostsARoundTrip(ahead: Int, isSynchronized: Bool) throws {
        var bench = try SessionBench(serverAhead: .seconds(ahead), isSynchronized: false)
        if isSynchronized {
            // An earlier run has left an offset that is wrong by now.
            bench.session.clock.synchronize(serverTime: bench.now.wall, at: bench.now)
        }
        bench.submit(1)
        var events = respond(to: &bench, try bench.flush())
        if !events.gists.contains("answered 1") { events += respond(to: &bench, try bench.flush()) }
        #expect(events.gists.contains("answered 1"))
        #expect(abs((bench.session.clock.serverTime(at: bench.now) - bench.serverTime).components.seconds) <= 5)
        #expect(bench.deliver(ServerBody.object(1)).gists == ["pushed"])
    }

    @Test(arguments: [-86_400, -7_200, -600, 600, 7_200, 86_400])
    func jumpOfTheWallClockChangesNothing(jump: Int) throws {
        var bench = try SessionBench.settled()
        bench.now.wall += .seconds(jump)
        bench.submit(1)
        let messages = try bench.flush()
        #expect(respond(to: &bench, messages).gists == ["answered 1"])
        #expect(bench.deliver(ServerBody.object(1)).gists == ["pushed"])
    }

    @Test(arguments: [-86_400, -7_200, -600, 600, 7_200, 86_400])
    func jumpOfTheMonotonicClockIsFoundWithTheNextRequest(jump: Int) throws {
        var bench = try SessionBench.settled()
        bench.now.monotonic += .seconds(jump)
        bench.serverOffset -= .seconds(jump)
        bench.submit(1)
        var events = respond(to: &bench, try bench.flush())
        events += respond(to: &bench, try bench.flush())
        #expect(events.gists.contains("answered 1"))
        #expect(bench.deliver(ServerBody.object(1)).gists == ["pushed"])
    }

    @Test(arguments: [-7_200, -600, 600, 7_200])
    func silentClientNoticesWrongTimeByItself(jump: Int) throws {
        var bench = try SessionBench.settled()
        bench.serverOffset += .seconds(jump)
        var gists: [String] = []
        for _ in 0..<3 { gists += bench.deliver(ServerBody.object(1)).gists }
        let check = jump > 0 ? "messageTooNew" : "messageTooOld"
        #expect(gists == Array(repeating: "dropped \(check)", count: 3))
        // It asks, and hears the truth.
        let question = try bench.flush()
        #expect(question.contains { $0.constructor == MTP.PingDelayDisconnect.id })
        #expect(respond(to: &bench, question).gists.contains("timeCorrected"))
        _ = try bench.flush()
        #expect(bench.deliver(ServerBody.object(1)).gists == ["pushed"])
    }

    @Test func firstMessageThatLooksStaleIsAskedAboutAtOnce() throws {
        var bench = try SessionBench(serverAhead: .seconds(200), isSynchronized: false)
        let first = try bench.flush()
        bench.advance(.seconds(1))
        #expect(bench.deliver(ServerBody.object(1)).gists == ["dropped messageTooNew"])
        // The ping that is under way is the question.
        #expect(respond(to: &bench, first).gists.contains("timeCorrected"))
        #expect(bench.deliver(ServerBody.object(1)).gists == ["pushed"])
    }

    @Test func newSessionNamingAFreshMessageProvesTheTime() throws {
        var bench = try SessionBench(serverAhead: .seconds(200), isSynchronized: false)
        bench.submit(1)
        _ = try bench.flush()
        let packet = try #require(bench.packets.last)
        #expect(
            bench.deliver(ServerBody.newSession(first: packet.id)).gists == ["timeCorrected", "sessionCreated"]
        )
    }

    @Test(arguments: [(true, 600), (false, 600), (true, 60), (false, 60)])
    func pauseIsOverWithinOneRoundTrip(monotonicGoesOn: Bool, seconds: Int) throws {
        var bench = try SessionBench.settled()
        bench.submit(1)
        let before = try bench.flush()
        let answerID = bench.server.nextID(at: bench.serverTime)
        if monotonicGoesOn {
            bench.advance(.seconds(seconds))
        } else {
            bench.now.wall += .seconds(seconds)
            bench.serverOffset += .seconds(seconds)
        }
        // The answer lay in the socket.
        let answer = bench.deliver(ServerBody.result(of: before[0].id, ServerBody.object(1)), id: answerID)
        #expect(answer.gists.contains("answered 1"))
        _ = bench.fireDeadline()
        bench.submit(2)
        var events = respond(to: &bench, try bench.flush())
        events += respond(to: &bench, try bench.flush())
        #expect(events.gists.contains("answered 2"))
        #expect(bench.deliver(ServerBody.object(1)).gists == ["pushed"])
    }

    // MARK: - Who may move the clock

    @Test func replayedPacketsDoNotMoveTheClock() throws {
        var bench = try SessionBench.settled { $0.receivedWindow = 10 }
        bench.submit(1)
        let message = try #require(try bench.flush().first)
        var recorded: [[UInt8]] = []
        for number in 0..<5 {
            let id = bench.server.nextID(at: bench.serverTime)
            recorded.append(bench.server.seal(ServerBody.object(UInt32(number)), id: id, sequenceNumber: 1))
        }
        let answerID = bench.server.nextID(at: bench.serverTime)
        recorded.append(
            bench.server.seal(ServerBody.result(of: message.id, ServerBody.object(1)), id: answerID, sequenceNumber: 1)
        )
        recorded.append(
            bench.server.seal(ServerBody.complaint(message.id, 16), id: bench.server.nextID(at: bench.serverTime))
        )
        bench.deliver(packet: recorded[5])
        for _ in 0..<20 { bench.deliver(ServerBody.object(1)) }
        for seconds in [10, 100, 1_000, 10_000] {
            bench.advance(.seconds(seconds))
            let before = bench.session.clock.serverTime(at: bench.now)
            for packet in recorded {
                let events = bench.deliver(packet: packet)
                #expect(events.gists.allSatisfy { $0.hasPrefix("dropped") })
            }
            #expect(bench.session.clock.serverTime(at: bench.now) == before)
        }
    }

    @Test func answerToAnOldRequestSaysNothingAboutTheTime() throws {
        var bench = try SessionBench.settled()
        bench.submit(1)
        let message = try #require(try bench.flush().first)
        bench.advance(.seconds(61))
        bench.serverOffset += .seconds(200)
        let before = bench.session.clock.serverTime(at: bench.now)
        #expect(bench.answer(message).gists == ["dropped messageTooNew", "answered 1"])
        #expect(bench.session.clock.serverTime(at: bench.now) == before)
    }

    @Test func slowAnswerDoesNotPullTheClockBack() throws {
        var bench = try SessionBench.settled()
        bench.submit(1)
        let message = try #require(try bench.flush().first)
        let early = bench.server.nextID(at: bench.serverTime)
        // It was made at once and took half a minute to arrive.
        bench.advance(.seconds(30))
        #expect(
            bench.deliver(ServerBody.result(of: message.id, ServerBody.object(1)), id: early).gists == ["answered 1"]
        )
        #expect(bench.session.clock.serverTime(at: bench.now) == bench.serverTime)
    }

    @Test(arguments: [-30, -6, 6, 30, 200])
    func driftIsCorrectedByAnyAnswer(drift: Int) throws {
        var bench = try SessionBench.settled()
        bench.serverOffset += .seconds(drift)
        bench.submit(1)
        let message = try #require(try bench.flush().first)
        #expect(bench.answer(message).gists == ["timeCorrected", "answered 1"])
        #expect(abs((bench.session.clock.serverTime(at: bench.now) - bench.serverTime).components.seconds) <= 1)
    }
}
