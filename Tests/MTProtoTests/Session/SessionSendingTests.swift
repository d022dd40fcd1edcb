import MTProtoCrypto
import Testing

@testable import MTProto

struct SessionSendingTests {
    // MARK: - Containers

    @Test func singleRequestGoesBare() throws {
        var bench = try SessionBench.settled()
        bench.submit(1)
        let messages = try bench.flush()
        #expect(messages.count == 1)
        #expect(messages.first?.isContained == false)
        #expect(messages.first?.body == SessionBench.query(1))
    }

    @Test func requestsOfOneTurnTravelTogether() throws {
        var bench = try SessionBench.settled()
        for id in 1...250 { bench.submit(UInt64(id)) }
        let messages = try bench.flushRequests()
        #expect(messages.map(SessionBench.number) == (1...250).map { UInt64($0) })
        #expect(bench.packets.map(\.messages.count) == [100, 100, 50])
        for packet in bench.packets { #expect(packet.messages.allSatisfy { $0.id < packet.id }) }
    }

    @Test func containerStaysBelowItsLimit() throws {
        var bench = try SessionBench.settled()
        let random = SeededSessionRandom(seed: 4)
        for id in 1...20 { bench.submit(UInt64(id), random.bytes(200_000)) }
        _ = try bench.flush()
        #expect(bench.packets.map(\.messages.count) == [5, 5, 5, 5])
    }

    @Test(arguments: [(0, true), (4, false)])
    func requestLargerThanAMessageFails(excess: Int, fits: Bool) throws {
        var bench = try SessionBench.settled()
        // Room is kept for the header in a container and for what may go in front.
        bench.submit(1, SeededSessionRandom(seed: 4).bytes(1_044_456 - 8 - 16 - 12 + excess))
        #expect((bench.session.deadline == .zero) == !fits)
        #expect(bench.fireDeadline().gists == (fits ? [] : ["failed 1 requestTooLarge"]))
        #expect(try bench.flush().count == (fits ? 1 : 0))
    }

    @Test func muchLeavesInSeveralSteps() throws {
        var bench = try SessionBench.settled()
        let random = SeededSessionRandom(seed: 4)
        for id in 1...10 { bench.submit(UInt64(id), random.bytes(500_000)) }
        #expect(bench.session.packets(at: bench.now).count < 3)
        #expect(try bench.flush().count > 4)
        #expect(try bench.flush().isEmpty)
    }

    // MARK: - Numbers

    @Test func sequenceNumbersFollowTheRules() throws {
        var bench = try SessionBench()
        for id in 1...3 { bench.submit(UInt64(id)) }
        let first = try bench.flush()
        // The ping, the question for salts and the requests are content-related, the container is not.
        #expect(first.map(\.sequenceNumber) == [1, 3, 5, 7, 9])
        #expect(bench.packets.map(\.sequenceNumber) == [10])
        bench.deliver(ServerBody.object(1))
        bench.submit(4)
        #expect(try bench.flush().map(\.sequenceNumber) == [11, 12])
        #expect(bench.packets.last?.sequenceNumber == 12)
    }

    @Test func identifiersRiseWhateverTheClocksDo() throws {
        var bench = try SessionBench.settled()
        let random = SeededSessionRandom(seed: 21)
        var last = MessageID(0)
        for id in 1...500 {
            bench.now.wall += .seconds(random.number(below: 20_000) - 10_000)
            bench.now.monotonic -= .milliseconds(random.number(below: 50))
            bench.submit(UInt64(id))
            for message in try bench.flush() {
                #expect(message.id > last && message.id.isFromClient)
                last = message.id
            }
        }
    }

    // MARK: - Compression

    @Test func largeRequestsAreCompressedWhenThatPays() throws {
        var bench = try SessionBench.settled()
        let zeros = [UInt8](repeating: 0, count: 600)
        let noise = SeededSessionRandom(seed: 4).bytes(600)
        let largeNoise = SeededSessionRandom(seed: 4).bytes(100_000)
        bench.submit(1, zeros)
        bench.submit(2, noise)
        bench.submit(3, [UInt8](repeating: 0, count: 512))
        bench.submit(4, largeNoise)
        bench.submit(5, [UInt8](repeating: 0, count: 100_000))
        let bodies = try bench.flush().map(\.body)
        #expect(try MessageContent.inflate(bodies[0][...], limit: 1_000) == zeros)
        #expect(bodies[1] == noise)
        #expect(bodies[2].count == 512)
        #expect(bodies[3] == largeNoise)
        #expect(bodies[4].count < 1_000)
    }

    // MARK: - Acknowledgments

    @Test func acknowledgmentsTravelWithTheNextRequest() throws {
        var bench = try SessionBench.settled()
        let ids = (0..<3).map { _ in bench.server.nextID(at: bench.serverTime) }
        for id in ids { bench.deliver(ServerBody.object(1), id: id) }
        #expect(try bench.flush().isEmpty)
        bench.submit(1)
        let messages = try bench.flush()
        #expect(messages.map(\.body) == [SessionBench.query(1), ServerBody.acknowledgement(ids)])
        #expect(messages[1].sequenceNumber.isMultiple(of: 2))
    }

    @Test func acknowledgmentsLeaveAloneAfterASecond() throws {
        var bench = try SessionBench.settled()
        let id = bench.server.nextID(at: bench.serverTime)
        bench.deliver(ServerBody.object(1), id: id)
        #expect(bench.session.deadline == bench.now.monotonic + .seconds(1))
        bench.advance(.milliseconds(999))
        #expect(try bench.flush().isEmpty)
        bench.advance(.milliseconds(1))
        #expect(try bench.flush().map(\.body) == [ServerBody.acknowledgement([id])])
    }

    @Test func manyAcknowledgmentsLeaveAtOnce() throws {
        var bench = try SessionBench.settled()
        for _ in 0..<16 { bench.deliver(ServerBody.object(1)) }
        #expect(try bench.flush().isEmpty)
        bench.deliver(ServerBody.object(1))
        #expect(try bench.flush().count == 1)
    }

    @Test func onlyContentRelatedMessagesAreAcknowledged() throws {
        var bench = try SessionBench.settled()
        for _ in 0..<20 { bench.deliver(ServerBody.object(1), isContentRelated: false) }
        bench.submit(1)
        #expect(try bench.flush().count == 1)
    }

    @Test func refusedAcknowledgmentsAreRepeated() throws {
        var bench = try SessionBench.settled()
        let id = bench.server.nextID(at: bench.serverTime)
        bench.deliver(ServerBody.object(1), id: id)
        bench.advance(.seconds(1))
        let acknowledgement = try #require(try bench.flush().first)
        bench.deliver(ServerBody.badSalt(acknowledgement.id, 9), isContentRelated: false)
        bench.advance(.seconds(1))
        #expect(try bench.flush().map(\.body) == [ServerBody.acknowledgement([id])])
        #expect(bench.packets.last?.salt == 9)
    }

    @Test func serverMayTellThatItHasARequest() throws {
        var bench = try SessionBench.settled()
        bench.submit(1)
        let message = try #require(try bench.flush().first)
        #expect(bench.deliver(ServerBody.acknowledgement([message.id])).gists == ["acknowledged 1"])
        #expect(bench.deliver(ServerBody.acknowledgement([message.id])).gists == [])
    }

    @Test func quickAcknowledgmentNamesTheRequestsOfThePacket() throws {
        var bench = try SessionBench.settled()
        bench.submit(1, wantsQuickAck: true)
        bench.submit(2)
        bench.submit(3, wantsQuickAck: true)
        _ = try bench.flush()
        let token = try #require(bench.packets.last?.quickAckToken)
        #expect(bench.session.receivedQuickAck(token &+ 1).gists == [])
        #expect(bench.session.receivedQuickAck(token).gists == ["acknowledged 1", "acknowledged 3"])
        #expect(bench.session.receivedQuickAck(token).gists == [])
    }

    // MARK: - Announcement

    private static let announcement: [UInt8] = [0x0d, 0x0d, 0x9b, 0xda, 1, 2, 3, 4]

    @Test func announcementGoesAroundRequestsUntilOneIsAnswered() throws {
        var bench = try SessionBench.settled(announcement: Self.announcement)
        bench.submit(1)
        bench.submit(2)
        bench.submit(3, carriesAnnouncement: false)
        bench.submit(4, MTP.DestroySession(sessionID: 4).wireBytes)
        let messages = try bench.flush()
        #expect(messages.map { $0.body.starts(with: Self.announcement) } == [true, true, false, false])
        bench.answer(messages[2])
        bench.submit(5)
        #expect(try bench.flushRequests().first?.body.starts(with: Self.announcement) == true)
        bench.answer(messages[0])
        bench.submit(6)
        #expect(try bench.flushRequests().first?.body == SessionBench.query(6))
    }

    @Test(arguments: ["CONNECTION_NOT_INITED", "CONNECTION_LAYER_INVALID"])
    func announcementIsRepeatedOnceWhenTheServerMissesIt(error: String) throws {
        var bench = try SessionBench.settled(announcement: Self.announcement)
        bench.submit(1)
        bench.answer(try #require(try bench.flushRequests().first))
        bench.submit(2)
        let message = try #require(try bench.flushRequests().first)
        #expect(message.body == SessionBench.query(2))
        #expect(bench.deliver(ServerBody.error(of: message.id, 400, error)) == [])
        let again = try #require(try bench.flushRequests().first)
        #expect(again.body == Self.announcement + SessionBench.query(2))
        #expect(again.id > message.id)
        #expect(bench.deliver(ServerBody.error(of: again.id, 400, error)).gists == ["refused 2 400 \(error)"])
    }

    // MARK: - Order

    private func after(_ message: SentMessage) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: 0xcb9f_372d as UInt32)
        bytes.append(littleEndian: message.id.rawValue)
        return bytes
    }

    @Test func requestNamesTheOneItComesAfter() throws {
        var bench = try SessionBench.settled(announcement: Self.announcement)
        bench.submit(1)
        bench.submit(2, after: 1)
        bench.submit(3, after: 2)
        let messages = try bench.flushRequests()
        #expect(messages[0].body == Self.announcement + SessionBench.query(1))
        #expect(messages[1].body == Self.announcement + after(messages[0]) + SessionBench.query(2))
        #expect(messages[2].body == Self.announcement + after(messages[1]) + SessionBench.query(3))
        bench.answer(messages[2])
        bench.submit(4, after: 3)
        #expect(try bench.flushRequests().first?.body == SessionBench.query(4))
    }

    @Test func dependantsFollowWhenTheFirstBecomesAnotherMessage() throws {
        var bench = try SessionBench.settled()
        bench.submit(1)
        let first = try #require(try bench.flushRequests().first)
        bench.submit(2, after: 1)
        bench.submit(3, after: 2)
        let others = try bench.flushRequests()
        bench.deliver(ServerBody.badSalt(first.id, 8), isContentRelated: false)
        let again = try bench.flushRequests()
        try #require(again.map(SessionBench.number) == [1, 2, 3])
        #expect(again[1].body == after(again[0]) + SessionBench.query(2))
        #expect(again[2].body == after(again[1]) + SessionBench.query(3))
        #expect(again[0].id > others[1].id)
        // What the server says about the old messages is not about them any more.
        #expect(bench.deliver(ServerBody.error(of: others[0].id, 400, "MSG_WAIT_FAILED")) == [])
        #expect(again.flatMap { bench.answer($0) }.gists == ["answered 1", "answered 2", "answered 3"])
    }

    @Test func waitThatFailedOnTheServerFailsTheRequest() throws {
        var bench = try SessionBench.settled()
        bench.submit(1)
        bench.submit(2, after: 1)
        let messages = try bench.flushRequests()
        #expect(bench.deliver(ServerBody.error(of: messages[0].id, 400, "NO")).gists == ["refused 1 400 NO"])
        #expect(
            bench.deliver(ServerBody.error(of: messages[1].id, 400, "MSG_WAIT_FAILED")).gists
                == ["failed 2 predecessorFailed"]
        )
    }

    @Test func unsentRequestFailsWithTheOneBefore() throws {
        var bench = try SessionBench.settled()
        bench.submit(1)
        let first = try #require(try bench.flushRequests().first)
        bench.submit(2, after: 1)
        bench.submit(3, after: 2)
        bench.submit(4)
        #expect(
            bench.deliver(ServerBody.error(of: first.id, 400, "NO")).gists
                == ["refused 1 400 NO", "failed 2 predecessorFailed", "failed 3 predecessorFailed"]
        )
        #expect(try bench.flushRequests().map(SessionBench.number) == [4])
    }

    @Test func longChainsFailWithoutDeepRecursion() throws {
        var bench = try SessionBench.settled()
        bench.submit(1)
        let first = try #require(try bench.flushRequests().first)
        for id in 2...20_000 as ClosedRange<UInt64> { bench.submit(id, after: id - 1) }
        #expect(bench.deliver(ServerBody.error(of: first.id, 400, "NO")).count == 20_000)
        #expect(bench.session.requestCount == 0)
    }

    @Test func waitThatTakesLongIsRepeatedSomeTimes() throws {
        var bench = try SessionBench.settled()
        bench.submit(1)
        bench.submit(2, after: 1)
        var message = try #require(try bench.flushRequests().last)
        for _ in 0..<10 {
            #expect(bench.deliver(ServerBody.error(of: message.id, 400, "MSG_WAIT_TIMEOUT")) == [])
            message = try #require(try bench.flushRequests().first)
        }
        let events = bench.deliver(ServerBody.error(of: message.id, 400, "MSG_WAIT_TIMEOUT"))
        #expect(events.gists == ["refused 2 400 MSG_WAIT_TIMEOUT"])
    }

    // MARK: - Cancellation

    @Test func cancelledBeforeItLeftMeansNeverSent() throws {
        var bench = try SessionBench.settled()
        bench.submit(1)
        bench.submit(2)
        bench.session.cancel(RequestID(1))
        #expect(try bench.flush().map(SessionBench.number) == [2])
    }

    @Test func cancelledAfterItLeftDropsOnlyItsAnswer() throws {
        var bench = try SessionBench.settled()
        bench.submit(1)
        bench.submit(2)
        let messages = try bench.flushRequests()
        bench.session.cancel(RequestID(1))
        let drop = try #require(try bench.flush().first)
        #expect(drop.body == MTP.DropAnswer(reqMsgID: messages[0].id.rawValue).wireBytes)
        #expect(!drop.sequenceNumber.isMultiple(of: 2))
        #expect(
            bench.deliver(ServerBody.result(of: drop.id, MTP.RpcDropAnswer.rpcAnswerDroppedRunning.wireBytes)) == []
        )
        #expect(bench.answer(messages[0]) == [])
        #expect(bench.answer(messages[1]).gists == ["answered 2"])
        bench.advance(.seconds(1))
        #expect(try bench.flush().first?.constructor == 0x62d6_b459)
    }

    @Test func failAllEndsEverythingInOrder() throws {
        var bench = try SessionBench.settled()
        bench.submit(1)
        _ = try bench.flush()
        for id in 2...5 { bench.submit(UInt64(id)) }
        let events = bench.session.failAll(MTProtoError(.notConnected, "no"))
        #expect(events.gists == (1...5).map { "failed \($0) notConnected" })
        #expect(bench.session.requestCount == 0)
        #expect(try bench.flush().isEmpty)
    }

    // MARK: - Polling

    @Test func pollLeavesOnlyWhenNothingElseDoes() throws {
        var bench = try SessionBench.settled()
        bench.session.polled(outstanding: 0)
        let wait = MTP.HttpWait(maxDelay: 0, waitAfter: 0, maxWait: 25_000).wireBytes
        #expect(try bench.flush().map(\.body) == [wait])
        #expect(try bench.flush().isEmpty)
        bench.session.polled(outstanding: 1)
        #expect(try bench.flush().isEmpty)
        bench.session.polled(outstanding: 0)
        bench.submit(1)
        #expect(try bench.flush().map(\.body) == [SessionBench.query(1)])
    }

    /// With several requests under way, a response says nothing about the others.
    @Test func responseToOneRequestDoesNotEndTheWaitForAnother() throws {
        var bench = try SessionBench.settled()
        bench.session.polled(outstanding: 0)
        _ = try bench.flush()
        bench.submit(1)
        let message = try #require(try bench.flushRequests().first)
        bench.answer(message)
        bench.session.polled(outstanding: 1)
        _ = try bench.flush()
        bench.advance(.seconds(34))
        #expect(bench.fireDeadline().gists == [])
        bench.advance(.seconds(1))
        #expect(bench.fireDeadline().gists == ["reconnect connectionLost"])
    }

    @Test func pollThatIsNotAnsweredMeansADeadConnection() throws {
        var bench = try SessionBench.settled()
        bench.session.polled(outstanding: 0)
        _ = try bench.flush()
        bench.advance(.seconds(34))
        #expect(bench.fireDeadline().gists == [])
        bench.advance(.seconds(1))
        #expect(bench.fireDeadline().gists == ["reconnect connectionLost"])
    }
}
