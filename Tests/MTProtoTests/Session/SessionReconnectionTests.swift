import MTProtoCrypto
import Testing

@testable import MTProto

struct SessionReconnectionTests {
    /// A bench with these requests on their way.
    private func bench(_ ids: ClosedRange<UInt64>, isRepeatable: Bool = false) throws -> (SessionBench, [SentMessage]) {
        var bench = try SessionBench.settled()
        for id in ids { bench.submit(id, isRepeatable: isRepeatable) }
        let messages = try bench.flushRequests()
        return (bench, messages)
    }

    private func reconnect(_ bench: inout SessionBench, after pause: Duration = .seconds(3)) throws -> [SentMessage] {
        bench.session.connectionLost()
        bench.advance(pause)
        #expect(bench.session.connectionRestored(at: bench.now) == [])
        return try bench.flush()
    }

    /// The same with a server that says of all requests that it has not received them.
    private func reconnectAfterLoss(_ bench: inout SessionBench) throws -> [SentMessage] {
        let question = try #require(stateQuestion(try reconnect(&bench)))
        let count = (question.body.count - 12) / 8
        bench.deliver(
            MTP.MsgsStateInfo(reqMsgID: question.id.rawValue, info: [UInt8](repeating: 2, count: count)).wireBytes,
            isContentRelated: false
        )
        return try bench.flush()
    }

    // MARK: - The same message again

    @Test func nothingLeavesWithoutAConnection() throws {
        var (bench, _) = try bench(1...2, isRepeatable: true)
        bench.session.connectionLost()
        bench.submit(3)
        #expect(try bench.flush().isEmpty)
        #expect(bench.session.deadline == nil)
        _ = bench.session.connectionRestored(at: bench.now)
        #expect(try bench.flushRequests().map(SessionBench.number) == [1, 2, 3])
    }

    @Test func unansweredRequestsAreTheSameMessagesAfterwards() throws {
        var (bench, messages) = try bench(1...3, isRepeatable: true)
        let sessionID = bench.session.sessionID
        bench.answer(messages[1])
        let again = try reconnect(&bench).filter { SessionBench.isQuery($0.body) }
        #expect(bench.session.sessionID == sessionID)
        #expect(again.map(\.id) == [messages[0].id, messages[2].id])
        #expect(again.map(\.sequenceNumber) == [messages[0].sequenceNumber, messages[2].sequenceNumber])
        #expect(again.map(\.body) == [messages[0].body, messages[2].body])
        #expect(bench.answer(again[0]).gists == ["answered 1"])
    }

    @Test func messageThatIsSentAgainAlwaysHasAContainer() throws {
        var (bench, messages) = try bench(1...1, isRepeatable: true)
        // Let nothing else travel with it.
        _ = try reconnect(&bench)
        bench.deliver(MTP.MsgResendReq(msgIDs: [messages[0].id.rawValue]).wireBytes, isContentRelated: false)
        let again = try bench.flush()
        #expect(again.map(\.id) == [messages[0].id])
        #expect(again[0].isContained)
    }

    @Test func wrappersStayTheSame() throws {
        let announcement: [UInt8] = [1, 2, 3, 4]
        var bench = try SessionBench.settled(announcement: announcement)
        bench.submit(1)
        bench.submit(2, after: 1)
        let messages = try bench.flushRequests()
        bench.answer(messages[0])
        let again = try reconnectAfterLoss(&bench).filter { SessionBench.isQuery($0.body) }
        #expect(again.map(\.body) == [messages[1].body])
    }

    @Test func questionAboutARequestOutlivesABurstOfCancellations() throws {
        var (bench, _) = try bench(1...1)
        let question = try #require(stateQuestion(try reconnect(&bench)))
        for id in 2...600 as ClosedRange<UInt64> { bench.submit(id) }
        _ = try bench.flush()
        for id in 2...600 as ClosedRange<UInt64> { bench.session.cancel(RequestID(id)) }
        #expect(try bench.flush().count { $0.constructor == MTP.DropAnswer.id } == 599)
        bench.deliver(
            MTP.MsgsStateInfo(reqMsgID: question.id.rawValue, info: [2]).wireBytes,
            isContentRelated: false
        )
        #expect(try bench.flushRequests().map(SessionBench.number) == [1])
        #expect(bench.session.services.all.count <= 256)
    }

    @Test func connectionIsUsedAtOnceSoThatTheServerKnowsOfIt() throws {
        var (bench, _) = try bench(1...1)
        #expect(try reconnect(&bench).contains { $0.constructor == MTP.PingDelayDisconnect.id })
    }

    @Test func refusedContainerDoesNotMakeAnExecutedRequestAnotherMessage() throws {
        var (bench, messages) = try bench(1...1)
        let again = try reconnectAfterLoss(&bench).filter { SessionBench.isQuery($0.body) }
        // The first packet may have been executed: only the second one was refused.
        bench.deliver(ServerBody.badSalt(again[0].carrierID, 3), isContentRelated: false)
        let third = try bench.flushRequests()
        #expect(third.map(\.id) == [messages[0].id])
        #expect(third[0].carrierID != again[0].carrierID)
        // Refused by itself, it is uncertain.
        #expect(
            bench.deliver(ServerBody.complaint(messages[0].id, 16), isContentRelated: false).gists.contains(
                "failed 1 outcomeUnknown"
            )
        )
    }

    /// The server keeps no answers to these.
    @Test func functionsOfTheProtocolAreNewMessagesAfterwards() throws {
        var bench = try SessionBench.settled()
        let body = MTP.Ping(pingID: 5).wireBytes
        bench.submit(1, body, isRepeatable: true)
        let ping = try #require(try bench.flush().first { $0.body == body })
        let again = try #require(try reconnect(&bench).first { $0.body == body })
        #expect(again.id > ping.id)
    }

    @Test func cancelledRequestIsNotSentAgain() throws {
        var (bench, messages) = try bench(1...2, isRepeatable: true)
        bench.session.connectionLost()
        bench.session.cancel(RequestID(1))
        _ = bench.session.connectionRestored(at: bench.now)
        #expect(try bench.flush().filter { SessionBench.isQuery($0.body) }.map(SessionBench.number) == [2])
        #expect(bench.answer(messages[0]) == [])
    }

    // MARK: - States

    private func stateQuestion(_ messages: [SentMessage]) -> SentMessage? {
        messages.first { $0.constructor == 0xda69_fb52 }
    }

    @Test(
        arguments: [
            (1, false, false, "failed 1 outcomeUnknown"), (2, false, false, "again"), (3, false, false, "again"),
            (2 + 8, false, false, "again"),
            (4, false, false, "wait"), (4 + 32, false, false, "wait"), (4 + 8 + 32 + 64, false, false, "wait"),
            (1, true, false, "failed 1 outcomeUnknown"), (1, true, true, "again"),
            (0, false, false, "failed 1 outcomeUnknown"),
            (7, false, true, "again"), (2, true, false, "again"),
        ] as [(UInt8, Bool, Bool, String)]
    )
    func stateOfAnOldMessageDecides(state: UInt8, isAcknowledged: Bool, isRepeatable: Bool, outcome: String) throws {
        var (bench, messages) = try bench(1...1, isRepeatable: isRepeatable)
        if isAcknowledged { bench.deliver(ServerBody.acknowledgement([messages[0].id])) }
        let after = try reconnect(&bench, after: .seconds(291))
        #expect(after.allSatisfy { !SessionBench.isQuery($0.body) })
        let question = try #require(stateQuestion(after))
        #expect(question.body == MTP.MsgsStateReq(msgIDs: [messages[0].id.rawValue]).wireBytes)
        let events = bench.deliver(
            MTP.MsgsStateInfo(reqMsgID: question.id.rawValue, info: [state]).wireBytes,
            isContentRelated: false
        )
        let again = try bench.flushRequests()
        switch outcome {
        case "again":
            #expect(again.map(SessionBench.number) == [1])
            #expect(again[0].id > messages[0].id)
            #expect(bench.answer(messages[0]) == [])
            #expect(bench.answer(again[0]).gists == ["answered 1"])
        case "wait":
            #expect(again.isEmpty)
            #expect(events.gists == ["acknowledged 1"])
            #expect(bench.answer(messages[0]).gists == ["answered 1"])
        default:
            #expect(again.isEmpty)
            #expect(events.gists == [outcome])
        }
    }

    @Test func youngRequestsThatCanBeRepeatedAreSentWithoutAsking() throws {
        var (bench, _) = try bench(1...1, isRepeatable: true)
        let after = try reconnect(&bench, after: .seconds(285))
        #expect(stateQuestion(after) == nil)
        #expect(after.contains { SessionBench.isQuery($0.body) })
    }

    @Test(arguments: [(true, "again"), (false, "failed 1 outcomeUnknown")])
    func stateThatTheServerDoesNotTellCountsAsUnknown(isRepeatable: Bool, outcome: String) throws {
        var (bench, _) = try bench(1...1, isRepeatable: isRepeatable)
        _ = try reconnect(&bench, after: .seconds(400))
        var events: [SessionEvent] = []
        var questions = 1
        for _ in 0..<20 where events.isEmpty {
            bench.advance(.seconds(5))
            // The connection lives all the while.
            bench.deliver(ServerBody.object(1), isContentRelated: false)
            events += bench.fireDeadline()
            let messages = try bench.flush()
            questions += messages.count { $0.constructor == 0xda69_fb52 }
            if messages.contains(where: { SessionBench.isQuery($0.body) }) { break }
        }
        #expect(questions == 3)
        #expect(events.gists == (isRepeatable ? [] : [outcome]))
        #expect(bench.session.requestCount == (isRepeatable ? 1 : 0))
    }

    @Test func questionIsAskedAnewOverTheNextConnection() throws {
        var (bench, messages) = try bench(1...1)
        _ = try reconnect(&bench, after: .seconds(400))
        let question = try #require(stateQuestion(try reconnect(&bench)))
        #expect(question.body == MTP.MsgsStateReq(msgIDs: [messages[0].id.rawValue]).wireBytes)
    }

    @Test func dependantsWaitUntilTheStateIsKnown() throws {
        var (bench, _) = try bench(1...1)
        bench.session.connectionLost()
        bench.submit(2, after: 1)
        bench.advance(.seconds(400))
        _ = bench.session.connectionRestored(at: bench.now)
        let question = try #require(stateQuestion(try bench.flush()))
        bench.deliver(MTP.MsgsStateInfo(reqMsgID: question.id.rawValue, info: [2]).wireBytes, isContentRelated: false)
        #expect(try bench.flushRequests().map(SessionBench.number) == [1, 2])
    }

    // MARK: - Sessions of the server

    @Test func newSessionIsAnnouncedOnce() throws {
        var (bench, messages) = try bench(1...1)
        let body = ServerBody.newSession(first: messages[0].id, salt: 77)
        #expect(bench.deliver(body).gists == ["saltsChanged", "sessionCreated"])
        #expect(bench.deliver(body).gists == [])
        bench.submit(2)
        _ = try bench.flush()
        #expect(bench.packets.last?.salt == 77)
    }

    @Test(arguments: [
        (false, true, "again"), (true, true, "again"), (false, false, "failed 1 outcomeUnknown"),
        (true, false, "failed 1 outcomeUnknown"),
    ])
    func requestsBeforeANewSessionAreDecidedAbout(isAcknowledged: Bool, isRepeatable: Bool, outcome: String) throws {
        var (bench, messages) = try bench(1...1, isRepeatable: isRepeatable)
        if isAcknowledged { bench.deliver(ServerBody.acknowledgement([messages[0].id])) }
        bench.advance(.seconds(1))
        bench.submit(2)
        let second = try #require(try bench.flushRequests().last)
        let events = bench.deliver(ServerBody.newSession(first: second.id)).gists
        #expect(events == ["sessionCreated"] + (outcome == "again" ? [] : [outcome]))
        #expect(try bench.flushRequests().map(SessionBench.number) == (outcome == "again" ? [1] : []))
    }

    /// The notice of a session's beginning names a later message than the first: packets have overtaken each other.
    @Test func requestsBeforeTheBeginningStayTheSameMessages() throws {
        var bench = try SessionBench()
        bench.submit(1)
        let first = try #require(try bench.flushRequests().last)
        bench.submit(2)
        let second = try #require(try bench.flushRequests().last)
        #expect(bench.deliver(ServerBody.newSession(first: second.id)).gists.last == "sessionCreated")
        #expect(try bench.flushRequests().map(\.id) == [first.id])
        // The same notice for the message that came late.
        #expect(bench.deliver(ServerBody.newSession(first: first.id, unique: 8)).gists == ["sessionCreated"])
        #expect(try bench.flushRequests().isEmpty)
    }

    /// The server may have lost the session with the connection; only when it answers the question it is certain that
    /// not.
    @Test(arguments: [2, 3] as [UInt8])
    func whatMustNotBeRepeatedIsAskedAboutFirst(state: UInt8) throws {
        var (bench, messages) = try bench(1...2)
        let after = try reconnect(&bench)
        #expect(after.allSatisfy { !SessionBench.isQuery($0.body) })
        let question = try #require(stateQuestion(after))
        #expect(question.body == MTP.MsgsStateReq(msgIDs: messages.map(\.id.rawValue)).wireBytes)
        bench.deliver(
            MTP.MsgsStateInfo(reqMsgID: question.id.rawValue, info: [4, state]).wireBytes,
            isContentRelated: false
        )
        // The old connection may still bring it: it stays the same message.
        #expect(try bench.flushRequests().map(\.id) == [messages[1].id])
    }

    @Test func sessionThatIsLostWithTheConnectionRepeatsNothing() throws {
        var (bench, _) = try bench(1...2)
        let after = try reconnect(&bench)
        let first = try #require(after.map(\.id).min())
        let events = bench.deliver(ServerBody.newSession(first: first, unique: 99))
        #expect(events.gists == ["sessionCreated", "failed 1 outcomeUnknown", "failed 2 outcomeUnknown"])
        #expect(try bench.flushRequests().isEmpty)
    }

    /// The first message of the new session is an old one that is sent again, so other old ones have higher
    /// identifiers.
    @Test func sessionMayBeginWithAnOldMessage() throws {
        var (bench, messages) = try bench(1...2)
        let question = try #require(stateQuestion(try reconnect(&bench)))
        bench.deliver(
            MTP.MsgsStateInfo(reqMsgID: question.id.rawValue, info: [2, 4]).wireBytes,
            isContentRelated: false
        )
        #expect(try bench.flushRequests().map(\.id) == [messages[0].id])
        let events = bench.deliver(ServerBody.newSession(first: messages[0].id, unique: 99))
        #expect(events.gists == ["sessionCreated", "failed 2 outcomeUnknown"])
        #expect(try bench.flushRequests().isEmpty)
    }

    /// Nothing has ever been heard from the server, but the session is not the one that the request was sent in.
    @Test func sessionMayBeLostBeforeItIsHeardOf() throws {
        var bench = try SessionBench()
        bench.submit(1)
        _ = try bench.flush()
        let after = try reconnect(&bench)
        let first = try #require(after.map(\.id).min())
        #expect(bench.deliver(ServerBody.newSession(first: first)).gists.last == "failed 1 outcomeUnknown")
    }

    @Test func requestsInTheContainerThatBeganTheSessionAreNotSentTwice() throws {
        var (bench, messages) = try bench(1...3)
        // Servers name either the container or what is in it.
        #expect(bench.deliver(ServerBody.newSession(first: messages[0].carrierID)).gists == ["sessionCreated"])
        #expect(try bench.flushRequests().isEmpty)
    }

    // MARK: - Binding

    private func binding() throws -> (TemporaryKeyBinding, AuthKey) {
        let temporary = try #require(AuthKey(bytes: SessionServer.keyBytes))
        let permanent = try #require(AuthKey(bytes: SessionServer.keyBytes.reversed()))
        return (
            TemporaryKeyBinding(permanentKey: permanent, temporaryKey: temporary, expiresAt: 1_700_086_400), permanent
        )
    }

    @Test func bindingComesFirstAndAlone() throws {
        var bench = try SessionBench(announcement: [1, 2, 3, 4], binding: try binding().0)
        bench.submit(1)
        let message = try #require(try bench.flush().first)
        #expect(bench.sent.count == 1)
        #expect(message.constructor == TemporaryKeyBinding.constructor)
        #expect(message.sequenceNumber == 1)
        bench.submit(2)
        #expect(try bench.flush().isEmpty)
        bench.deliver(ServerBody.result(of: message.id, [0xb5, 0x75, 0x72, 0x99]))
        #expect(try bench.flushRequests().map(SessionBench.number) == [1, 2])
    }

    @Test func bindingIsMadeAnewForAnotherSalt() throws {
        var bench = try SessionBench(binding: try binding().0)
        let first = try #require(try bench.flush().first)
        bench.deliver(ServerBody.badSalt(first.id, 5), isContentRelated: false)
        let second = try #require(try bench.flush().first)
        #expect(bench.packets.last?.salt == 5)
        #expect(second.constructor == TemporaryKeyBinding.constructor)
        #expect(second.id != first.id && second.body != first.body)
    }

    @Test(arguments: [
        MTP.RpcError(errorCode: 400, errorMessage: "ENCRYPTED_MESSAGE_INVALID").wireBytes, [0x37, 0x97, 0x79, 0xbc],
    ])
    func bindingThatFailsEndsTheConnection(result: [UInt8]) throws {
        var bench = try SessionBench(binding: try binding().0)
        bench.submit(1)
        let message = try #require(try bench.flush().first)
        let events = bench.deliver(ServerBody.result(of: message.id, result))
        #expect(events.gists.last == "reconnect securityCheckFailed")
        #expect(try bench.flush().isEmpty)
    }

    @Test func bindingThatIsNotAnsweredEndsTheConnection() throws {
        var bench = try SessionBench(binding: try binding().0)
        _ = try bench.flush()
        #expect(bench.session.deadline == bench.now.monotonic + .seconds(10))
        bench.advance(.seconds(10))
        #expect(bench.fireDeadline().gists == ["reconnect connectionLost"])
        bench.session.connectionLost()
        _ = bench.session.connectionRestored(at: bench.now)
        #expect(try bench.flush().map(\.constructor) == [TemporaryKeyBinding.constructor])
    }

    @Test func bindingCanBeARequestOfItsOwn() throws {
        var bench = try SessionBench.settled(announcement: [1, 2, 3, 4])
        bench.session.submit(
            OutgoingRequest(
                id: RequestID(1),
                content: .keyBinding(try binding().0),
                name: "auth.bindTempAuthKey",
                isRepeatable: true
            )
        )
        let message = try #require(try bench.flush().first)
        #expect(message.constructor == TemporaryKeyBinding.constructor)
        bench.session.connectionLost()
        _ = bench.session.connectionRestored(at: bench.now)
        #expect(try bench.flush().contains { $0.id == message.id && $0.body == message.body })
        #expect(bench.deliver(ServerBody.result(of: message.id, [0xb5, 0x75, 0x72, 0x99])).gists == ["answered 1"])
    }
}
