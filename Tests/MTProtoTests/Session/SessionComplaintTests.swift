import MTProtoCrypto
import Testing

@testable import MTProto

struct SessionComplaintTests {
    private func bench(_ ids: ClosedRange<UInt64>, isRepeatable: Bool = false) throws -> (SessionBench, [SentMessage]) {
        var bench = try SessionBench.settled()
        for id in ids { bench.submit(id, isRepeatable: isRepeatable) }
        let messages = try bench.flushRequests()
        return (bench, messages)
    }

    // MARK: - Salts

    @Test func wrongSaltIsReplacedAndTheMessageSentAsANewOne() throws {
        var (bench, messages) = try bench(1...1)
        let events = bench.deliver(ServerBody.badSalt(messages[0].id, 42), isContentRelated: false)
        #expect(events.gists == ["saltsChanged"])
        let again = try bench.flushRequests()
        #expect(again.map(\.body) == messages.map(\.body))
        #expect(again[0].id > messages[0].id)
        #expect(bench.packets.last?.salt == 42)
        #expect(bench.session.salts.contains { $0.value == 42 })
    }

    @Test func wrongSaltOfAContainerRepeatsAllOfIt() throws {
        var bench = try SessionBench(salts: [])
        for id in 1...3 { bench.submit(UInt64(id)) }
        let messages = try bench.flush()
        #expect(bench.packets[0].salt == 0)
        bench.deliver(ServerBody.badSalt(bench.packets[0].id, 42), isContentRelated: false)
        let again = try bench.flush()
        #expect(again.map(\.constructor) == messages.map(\.constructor))
        #expect(again.filter { SessionBench.isQuery($0.body) }.map(SessionBench.number) == [1, 2, 3])
        #expect(again.allSatisfy { message in !messages.contains { $0.id == message.id } })
    }

    // MARK: - Codes

    @Test(arguments: [18, 34, 35, 64, 99] as [Int32])
    func refusedMessageIsSentAgainAndFailsTheThirdTime(code: Int32) throws {
        var (bench, messages) = try bench(1...2)
        var events: [SessionEvent] = []
        for attempt in 1...3 {
            for carrier in Set(messages.map(\.carrierID)).sorted() {
                events += bench.deliver(ServerBody.complaint(carrier, code), isContentRelated: false)
            }
            guard attempt < 3 else { break }
            #expect(events == [])
            messages = try bench.flushRequests()
            #expect(messages.map(SessionBench.number) == [1, 2])
            // What may be the container's fault is sent without one.
            #expect(messages.allSatisfy { !$0.isContained })
        }
        #expect(events.gists == ["failed 1 badMessage", "failed 2 badMessage"])
        guard case .failed(_, let error) = events.first else { return }
        #expect(error.message.contains("code \(code)"))
    }

    /// Salts may change several times while a request waits, and it is not to blame.
    @Test func manyComplaintsAboutSaltsAreBorne() throws {
        var (bench, messages) = try bench(1...2)
        var events: [SessionEvent] = []
        for attempt in 1...10 {
            for carrier in Set(messages.map(\.carrierID)).sorted() {
                events += bench.deliver(ServerBody.badSalt(carrier, Int64(attempt)), isContentRelated: false)
            }
            guard attempt < 10 else { break }
            messages = try bench.flushRequests()
            #expect(messages.map(SessionBench.number) == [1, 2], "after \(attempt)")
        }
        #expect(events.gists.filter { $0.hasPrefix("failed") } == ["failed 1 badMessage", "failed 2 badMessage"])
    }

    /// The first copy was taken, and perhaps executed.
    @Test func packetThatCameTwiceIsAskedAbout() throws {
        var (bench, messages) = try bench(1...2)
        #expect(bench.deliver(ServerBody.complaint(messages[0].carrierID, 19), isContentRelated: false) == [])
        let after = try bench.flush()
        #expect(after.allSatisfy { !SessionBench.isQuery($0.body) })
        let question = try #require(after.first { $0.constructor == ServiceConstructor.msgsStateReq.rawValue })
        #expect(question.body == MTP.MsgsStateReq(msgIDs: messages.map(\.id.rawValue)).wireBytes)
        #expect(bench.answer(messages[0]).gists == ["answered 1"])
    }

    /// Somebody sends a recorded packet again when it has become too old, or its salt has.
    @Test(arguments: [16, 48] as [Int32], [true, false])
    func lateRefusalMayBeThatOfACopy(code: Int32, isRepeatable: Bool) throws {
        var (bench, messages) = try bench(1...1, isRepeatable: isRepeatable)
        bench.advance(.seconds(301))
        let events = bench.deliver(ServerBody.complaint(messages[0].id, code), isContentRelated: false)
        #expect(events.gists.filter { $0.hasPrefix("failed") } == (isRepeatable ? [] : ["failed 1 outcomeUnknown"]))
        #expect(try bench.flushRequests().count == (isRepeatable ? 1 : 0))
    }

    @Test func lowIdentifierCorrectsTheClock() throws {
        var (bench, messages) = try bench(1...1)
        let sessionID = bench.session.sessionID
        bench.serverOffset += .seconds(3_600)
        let events = bench.deliver(ServerBody.complaint(messages[0].id, 16), isContentRelated: false)
        #expect(events.gists == ["timeCorrected"])
        let again = try bench.flushRequests()
        #expect(again.map(SessionBench.number) == [1])
        #expect(again[0].id.time > bench.serverTime - .seconds(1))
        #expect(bench.session.sessionID == sessionID)
    }

    @Test func highIdentifierNeedsANewSession() throws {
        var (bench, messages) = try bench(1...2)
        let former = bench.session.sessionID
        bench.serverOffset -= .seconds(3_600)
        let events = bench.deliver(ServerBody.complaint(messages[0].carrierID, 17), isContentRelated: false)
        #expect(events.gists == ["timeCorrected", "sessionReset"])
        let again = try bench.flushRequests()
        #expect(again.map(SessionBench.number) == [1, 2])
        #expect(bench.session.sessionID != former)
        #expect(bench.packets.last?.sessionID == bench.session.sessionID)
        #expect(abs((again[0].id.time - bench.serverTime).components.seconds) < 2)
        #expect(again[0].sequenceNumber < 10)
        // Once the new one works the server may forget the old one.
        #expect(bench.answer(again[0]).gists == ["answered 1"])
        let destroy = try #require(try bench.flush().first { $0.constructor == MTP.DestroySession.id })
        #expect(destroy.body == MTP.DestroySession(sessionID: former).wireBytes)
        // What still comes for it is dropped silently.
        #expect(bench.deliver(ServerBody.object(1), sessionID: former) == [])
        #expect(bench.deliver(MTP.DestroySessionRes.destroySessionOk(sessionID: former).wireBytes) == [])
        #expect(bench.deliver(ServerBody.object(1), sessionID: former).gists == ["dropped sessionID"])
    }

    @Test(arguments: [17, 32, 33] as [Int32], [true, false])
    func otherRequestsOfTheOldSessionFollowTheRule(code: Int32, isRepeatable: Bool) throws {
        var (bench, _) = try bench(1...1, isRepeatable: isRepeatable)
        bench.advance(.seconds(1))
        bench.submit(2)
        let refused = try #require(try bench.flushRequests().last)
        let events = bench.deliver(ServerBody.complaint(refused.id, code), isContentRelated: false)
        #expect(events.gists == ["sessionReset"] + (isRepeatable ? [] : ["failed 1 outcomeUnknown"]))
        #expect(try bench.flushRequests().map(SessionBench.number) == (isRepeatable ? [1, 2] : [2]))
    }

    @Test func requestsFarInTheFutureWereCertainlyRefused() throws {
        var bench = try SessionBench()
        bench.now.monotonic += .seconds(7_200)
        for id in 1...3 {
            bench.submit(UInt64(id))
            _ = try bench.flush()
        }
        bench.serverOffset -= .seconds(7_200)
        let refused = try #require(bench.sent.last { SessionBench.isQuery($0.body) })
        let events = bench.deliver(ServerBody.complaint(refused.id, 17), isContentRelated: false)
        #expect(!events.gists.contains { $0.hasPrefix("failed") })
        #expect(try bench.flushRequests().map(SessionBench.number) == [1, 2, 3])
    }

    /// A session whose server has set its clock back, and what has left since: acknowledgments, and then a request.
    private func benchWithServerBehind(_ seconds: Int64, reconnects: Bool = false) throws -> (SessionBench, MessageID) {
        var bench = try SessionBench.settled()
        bench.deliver(ServerBody.object(1))
        bench.serverOffset -= .seconds(seconds)
        bench.advance(.seconds(61))
        _ = bench.fireDeadline()
        let refused = try #require(try bench.flush().first).carrierID
        if reconnects {
            bench.session.connectionLost()
            bench.advance(.milliseconds(1))
            _ = bench.session.connectionRestored(at: bench.now)
            try bench.flush()
        }
        bench.submit(1)
        #expect(try bench.flushRequests().count == 1)
        return (bench, refused)
    }

    @Test(arguments: [7_200, 300])
    func whatFollowsARefusedPacketWasRefusedToo(seconds: Int64) throws {
        var (bench, refused) = try benchWithServerBehind(seconds)
        let events = bench.deliver(ServerBody.complaint(refused, 17), isContentRelated: false)
        #expect(events.gists == ["timeCorrected", "sessionReset"])
        #expect(try bench.flushRequests().map(SessionBench.number) == [1])
    }

    @Test(arguments: [(Int64(40), false), (7_200, true)])
    func whatMayHaveBeenTakenIsNotRepeated(seconds: Int64, reconnects: Bool) throws {
        // A server that is a little behind refuses one message and takes the next; another connection may be faster
        // than the one before it.
        var (bench, refused) = try benchWithServerBehind(seconds, reconnects: reconnects)
        let events = bench.deliver(ServerBody.complaint(refused, 17), isContentRelated: false)
        #expect(events.gists == ["timeCorrected", "sessionReset", "failed 1 outcomeUnknown"])
        #expect(try bench.flushRequests().isEmpty)
    }

    @Test(arguments: [(true, "again"), (false, "failed 1 outcomeUnknown")])
    func messageThatIsTooOldFollowsTheRule(isRepeatable: Bool, outcome: String) throws {
        var (bench, messages) = try bench(1...1, isRepeatable: isRepeatable)
        let events = bench.deliver(ServerBody.complaint(messages[0].id, 20), isContentRelated: false)
        #expect(events.gists == (isRepeatable ? [] : [outcome]))
        #expect(try bench.flushRequests().count == (isRepeatable ? 1 : 0))
        if case .failed(_, let error) = events.first { #expect(error.message.contains("test.query1")) }
    }

    @Test func complaintAboutNothingThatWasSentIsIgnored() throws {
        var (bench, _) = try bench(1...1)
        var generator = MessageIDGenerator()
        let foreign = generator.next(at: bench.serverTime + .seconds(1))
        bench.serverOffset += .seconds(5_000)
        for body in [
            ServerBody.badSalt(foreign, 9), ServerBody.complaint(foreign, 16), ServerBody.complaint(foreign, 17),
        ] {
            let id = generator.next(.serverAnswer, at: bench.serverTime - .seconds(5_000))
            #expect(bench.deliver(body, id: id, isContentRelated: false) == [])
        }
        #expect(try bench.flush().isEmpty)
        #expect(!bench.session.salts.contains { $0.value == 9 })
    }

    @Test(arguments: [16, 17, 20, 32, 33, 34, 48, 64] as [Int32])
    func serverThatRefusesEverythingEndsTheConnection(code: Int32) throws {
        var bench = try SessionBench()
        var events: [SessionEvent] = []
        for _ in 0..<50 where !events.gists.contains("reconnect badMessage") {
            for message in Set(try bench.flush().map(\.carrierID)) {
                events += bench.deliver(ServerBody.complaint(message, code), isContentRelated: false)
            }
            bench.advance(.seconds(1))
        }
        #expect(events.gists.contains("reconnect badMessage"))
    }

    @Test func refusedPingAndQuestionForSaltsAreRepeated() throws {
        var bench = try SessionBench()
        let first = try bench.flush()
        #expect(first.map(\.constructor) == [MTP.PingDelayDisconnect.id, MTP.GetFutureSalts.id])
        bench.deliver(ServerBody.badSalt(first[0].carrierID, 5), isContentRelated: false)
        #expect(try bench.flush().map(\.constructor) == first.map(\.constructor))
    }
}
