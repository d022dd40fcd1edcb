import MTProtoCrypto
import Testing

@testable import MTProto

/// The checks that need knowledge of the session; ``EnvelopeTests`` has the others.
struct SessionCheckTests {
    /// A bench with a request on its way.
    private func bench() throws -> (SessionBench, SentMessage) {
        var bench = try SessionBench.settled()
        bench.submit(1)
        let message = try #require(try bench.flushRequests().first)
        return (bench, message)
    }

    @Test func damagedPacketIsDroppedWithItsCheck() throws {
        var (bench, _) = try bench()
        var packet = bench.server.seal([1, 2, 3, 4], id: bench.server.nextID(at: bench.serverTime))
        packet[40] ^= 1
        #expect(bench.deliver(packet: packet).gists == ["dropped messageKey"])
        #expect(bench.deliver(packet: []).gists == ["dropped packetLength"])
        #expect(bench.deliver(packet: [UInt8](repeating: 1, count: 104)).gists == ["dropped keyID"])
    }

    @Test func messageOfAnotherSessionIsDropped() throws {
        var (bench, message) = try bench()
        let answer = ServerBody.result(of: message.id, ServerBody.object(1))
        #expect(bench.deliver(answer, sessionID: 12345).gists == ["dropped sessionID"])
        #expect(bench.answer(message).gists == ["answered 1"])
    }

    @Test func messageWithAnEvenIdentifierIsDropped() throws {
        var (bench, message) = try bench()
        let even = MessageID(bench.server.nextID(at: bench.serverTime).rawValue & ~3)
        let answer = ServerBody.result(of: message.id, ServerBody.object(1))
        #expect(bench.deliver(answer, id: even).gists == ["dropped messageIDParity"])
    }

    @Test(arguments: [
        (Duration.seconds(-301), "dropped messageTooOld"), (.seconds(-299), "pushed"), (.zero, "pushed"),
        (.seconds(29), "pushed"), (.seconds(31), "dropped messageTooNew"), (.seconds(86_400), "dropped messageTooNew"),
        (.seconds(-1_700_000_000), "dropped messageTooOld"),
    ])
    func ageOfAMessageIsChecked(age: Duration, outcome: String) throws {
        var (bench, _) = try bench()
        var generator = MessageIDGenerator()
        let id = generator.next(.serverNotice, at: bench.serverTime + age)
        #expect(bench.deliver(ServerBody.object(1), id: id).gists == [outcome])
    }

    @Test func duplicateIsAcknowledgedButNotDelivered() throws {
        var (bench, _) = try bench()
        let id = bench.server.nextID(.serverNotice, at: bench.serverTime)
        #expect(bench.deliver(ServerBody.object(1), id: id).gists == ["pushed"])
        bench.advance(.seconds(2))
        _ = bench.fireDeadline()
        let first = try bench.flush()
        #expect(first.map(\.body) == [ServerBody.acknowledgement([id])])
        #expect(bench.deliver(ServerBody.object(1), id: id).gists == ["dropped duplicateMessage"])
        bench.advance(.seconds(2))
        _ = bench.fireDeadline()
        #expect(try bench.flush().map(\.body) == [ServerBody.acknowledgement([id])])
    }

    @Test func messageOlderThanAllRememberedOnesIsDropped() throws {
        var (bench, _) = try bench()
        let old = bench.server.nextID(.serverNotice, at: bench.serverTime)
        bench.advance(.seconds(1))
        for _ in 0..<1_000 { bench.deliver(ServerBody.object(1), isContentRelated: false) }
        #expect(bench.deliver(ServerBody.object(1), id: old).gists == ["dropped duplicateMessage"])
    }

    @Test func answerThatIsStillWantedIsTakenHoweverOldItIs() throws {
        var (bench, message) = try bench()
        let old = bench.server.nextID(at: bench.serverTime)
        bench.advance(.seconds(400))
        // It lay in the socket while the process was stopped. A replay cannot look like this: the first copy would have
        // ended the wait.
        let events = bench.deliver(ServerBody.result(of: message.id, ServerBody.object(1)), id: old)
        #expect(events.gists == ["dropped messageTooOld", "answered 1"])
        #expect(!events.gists.contains("timeCorrected"))
        #expect(
            bench.deliver(ServerBody.result(of: message.id, ServerBody.object(1)), id: old).gists.contains("answered 1")
                == false
        )
    }

    // MARK: - Containers

    @Test func messagesOfAContainerAreDelivered() throws {
        var (bench, message) = try bench()
        let ids = (0..<3).map { _ in bench.server.nextID(at: bench.serverTime) }
        let events = bench.deliver(
            ServerBody.container([
                (ids[0], 1, ServerBody.object(1)), (ids[1], 3, ServerBody.result(of: message.id, ServerBody.object(2))),
                (ids[2], 5, ServerBody.object(3)),
            ]),
            isContentRelated: false
        )
        #expect(
            events == [
                .pushed(ServerBody.object(1)[...]), .answered(RequestID(1), ServerBody.object(2)[...]),
                .pushed(ServerBody.object(3)[...]),
            ]
        )
    }

    @Test func onlyTheContainerIsHeldAgainstTheClock() throws {
        var (bench, _) = try bench()
        let old = bench.server.nextID(at: bench.serverTime)
        bench.advance(.seconds(1_000))
        #expect(bench.deliver(ServerBody.container([(old, 1, ServerBody.object(1))])).gists == ["pushed"])
    }

    @Test func brokenMessageInAContainerDropsOnlyItself() throws {
        var (bench, _) = try bench()
        let ids = (0..<5).map { _ in bench.server.nextID(at: bench.serverTime) }
        let newer = MessageID(bench.server.nextID(at: bench.serverTime + .seconds(5)).rawValue)
        var generator = MessageIDGenerator()
        let container = generator.next(.serverAnswer, at: bench.serverTime + .seconds(1))
        let nested = ServerBody.container([(ids[4], 1, ServerBody.object(9))])
        let events = bench.deliver(
            ServerBody.container([
                (ids[0], 1, ServerBody.object(1)), (newer, 1, ServerBody.object(2)), (ids[1], 1, nested),
                (MessageID(ids[2].rawValue & ~3), 1, ServerBody.object(3)), (ids[2], 1, [1] + [0, 0, 0]),
                (ids[3], 1, Array(ServerBody.result(of: MessageID(4), [])[..<8])), (ids[0], 1, ServerBody.object(4)),
                (ids[4], 1, ServerBody.object(5)),
            ]),
            id: container
        )
        #expect(
            events.gists == [
                "pushed", "pushed", "dropped duplicateMessage", "pushed", "dropped container", "dropped container",
                "dropped messageIDParity",
            ]
        )
    }

    @Test func containerWhoseFrameDoesNotFitIsDroppedWhole() throws {
        var (bench, _) = try bench()
        let id = bench.server.nextID(at: bench.serverTime)
        let body = ServerBody.container([(id, 1, ServerBody.object(1))])
        #expect(bench.deliver(Array(body.dropLast(4))).gists == ["dropped container"])
    }

    @Test func copyIsTakenForTheMessageItHolds() throws {
        var (bench, message) = try bench()
        let id = bench.server.nextID(at: bench.serverTime)
        let body = ServerBody.copy(id, 1, ServerBody.result(of: message.id, ServerBody.object(1)))
        #expect(bench.deliver(body).gists == ["answered 1"])
        #expect(bench.deliver(body).gists == ["dropped duplicateMessage"])
    }

    // MARK: - Compression

    @Test func compressedMessagesAndResultsAreInflated() throws {
        var (bench, message) = try bench()
        let large = ServerBody.object(1) + [UInt8](repeating: 3, count: 5_000)
        #expect(bench.deliver(ServerBody.gzip(large)) == [.pushed(large[...])])
        #expect(
            bench.deliver(ServerBody.result(of: message.id, ServerBody.gzip(large)))
                == [.answered(RequestID(1), large[...])]
        )
    }

    @Test func contentThatInflatesTooFarFailsOnlyItsRequest() throws {
        var bench = try SessionBench.settled { $0.maximumInflatedBytes = 10_000 }
        bench.submit(1)
        bench.submit(2)
        let messages = try bench.flushRequests()
        let bomb = ServerBody.gzip([UInt8](repeating: 3, count: 10_001))
        let events = bench.deliver(ServerBody.result(of: messages[0].id, bomb))
        guard case .failed(RequestID(1), let error) = events.first else {
            Issue.record("a failure was expected, not \(events.gists)")
            return
        }
        #expect(error.check == .inflatedSize)
        #expect(bench.deliver(bomb).gists == ["dropped inflatedSize"])
        #expect(bench.answer(messages[1]).gists == ["answered 2"])
    }

    @Test func packetInflatesToSoMuchInAll() throws {
        var (bench, _) = try bench()
        let part = ServerBody.gzip(ServerBody.object(1) + [UInt8](repeating: 3, count: 15 << 20))
        let messages = (0..<10).map { _ in (bench.server.nextID(at: bench.serverTime), 1 as Int32, part) }
        let gists = bench.deliver(ServerBody.container(messages.map { (id: $0.0, sequenceNumber: $0.1, body: $0.2) }))
            .gists
        #expect(gists.count { $0 == "pushed" } == 4)
        #expect(gists.count { $0 == "dropped inflatedSize" } == 6)
    }

    @Test func damagedServiceMessageIsIgnoredAndAcknowledged() throws {
        var (bench, message) = try bench()
        #expect(bench.deliver(Array(MTP.MsgsAck(msgIDs: [1, 2]).wireBytes.dropLast(4))) == [])
        #expect(bench.deliver([9, 0, 0] + [0]).gists == ["pushed"])
        #expect(bench.answer(message).gists == ["answered 1"])
    }
}
