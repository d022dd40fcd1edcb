import MTProto
import TelegramAPI
import TelegramTesting
import Testing

/// Messages of a session that break a rule. Nothing in them is used, the connection stands, and honest ones go on.
@Suite(.timeLimit(.minutes(10))) struct HostileMessageTests {
    /// The rules that make a packet worthless; a replayed one is good the first time.
    private static let rules = ServerMisbehaviourTests.checks.filter { $0.rule != .replay }
    /// An answer to a request that waits for it proves what time it is, so its age is no reason to refuse it.
    private static let rulesForAnswers = rules.filter { ![.oldMessage, .futureMessage].contains($0.rule) }
    /// A message that is well encrypted has come, though its content is worth nothing, so it does not come again.
    private static let checksOfContent: Set<SecurityCheck> = [.container, .inflatedSize]

    @Test(arguments: rules)
    func updateInABadPacketIsNotDelivered(rule: ServerMisbehaviour, check: SecurityCheck) async throws {
        try await withConversation { server, sender, session in
            let connectionCount = server.statistics.connectionsAccepted
            server.misbehave(rule, isAdded: false)
            try session.push(update(1))
            #expect(await nextDrop(of: sender)?.check == check)
            try session.push(update(2))
            for await push in sender.pushes {
                guard case .update(let bytes) = push else { continue }
                guard case .updateShort(let short) = try TL.Updates(decoding: Array(bytes)) else { continue }
                #expect(short.date == 2, "the content of a bad packet was delivered")
                break
            }
            #expect(try await sender.call(TL.help.GetNearestDc()).country == "NL")
            #expect(server.statistics.connectionsAccepted == connectionCount)
        }
    }

    @Test(arguments: rulesForAnswers)
    func answerInABadPacketAnswersNothing(rule: ServerMisbehaviour, check: SecurityCheck) async throws {
        try await withConversation { server, sender, _ in
            server.misbehave(rule, isAdded: false)
            let call = Task { try await sender.call(TL.help.GetNearestDc()) }
            #expect(await nextDrop(of: sender)?.check == check)
            #expect(await sender.requestCount == 1, "a bad packet ended the request")
            guard !Self.checksOfContent.contains(check) else { return call.cancel() }
            // The server believes that it has answered; over another connection it says so again.
            await server.closeConnections()
            let answer = try await call.value
            #expect(answer.country == "NL")
            #expect(server.statistics.requests["help.getNearestDc"] == 1)
        }
    }

    @Test func replayedUpdateIsDeliveredOnce() async throws {
        try await withConversation { server, sender, session in
            server.misbehave(.replay, packets: 3)
            var dates: [Int32] = []
            for date in 1...4 as ClosedRange<Int32> { try session.push(update(date)) }
            for await push in sender.pushes {
                guard case .update(let bytes) = push else { continue }
                guard case .updateShort(let short) = try TL.Updates(decoding: Array(bytes)) else { continue }
                dates.append(short.date)
                if short.date == 4 { break }
            }
            #expect(dates == [1, 2, 3, 4])
            #expect(await nextDrop(of: sender)?.check == .duplicateMessage)
        }
    }

    @Test func noticeSaysWhatWasFound() async throws {
        try await withConversation { server, sender, session in
            server.misbehave(.wrongSession, isAdded: false)
            try session.push(update(1))
            let drop = try #require(await nextDrop(of: sender))
            #expect(drop.message.contains("belongs to session \(session.id ^ 1), not to this one"))
        }
    }

    // MARK: - The conversation

    /// A client and a server between which nothing is under way.
    private func withConversation(
        _ body: (TestServer, Sender, TestSession) async throws -> Void
    ) async throws {
        try await withTestServer { server in
            try await server.withSender { sender in
                _ = try await sender.call(TL.help.GetConfig())
                _ = try await sender.ping()
                try await body(server, sender, try #require(server.sessions.first))
            }
        }
    }

    private func nextDrop(of sender: Sender) async -> (check: SecurityCheck, message: String)? {
        for await notice in sender.notices {
            if case .dropped(let check, let message) = notice { return (check, message) }
        }
        return nil
    }
}
