import MTProto
import TLRuntime
import TelegramAPI
import Testing

@testable import TelegramTesting

/// What reaches the sessions of those concerned, over real connections.
@Suite(.timeLimit(.minutes(10))) struct SmallTelegramUpdateTests {
    private func withEcho(
        _ body: (TestServer, _ ann: TestAccount, _ bot: TestAccount, SignedInSender) async throws -> Void
    ) async throws {
        try await withTestServer { server in
            let ann = try server.telegram.addUser(phone: "+39 333 555 0001", firstName: "Ann", username: "ann_test")
            let bot = try server.telegram.addBot(name: "Echo", username: "echo_test_bot")
            try await server.with(bot) { sender in try await body(server, ann, bot, sender) }
        }
    }

    @Test func firstMessageIsToldInFullTheNextOnesInShort() async throws {
        try await withEcho { server, ann, bot, sender in
            try server.telegram.send("/start", from: ann, to: bot)
            try server.telegram.send("more", from: ann, to: bot)
            guard case .updates(let first) = try await sender.next(),
                case .updateNewMessage(let update)? = first.updates.first,
                case .message(let message) = update.message
            else {
                Issue.record("not told in full")
                return
            }
            #expect(message.message == "/start" && update.pts == 2 && first.users.count == 2 && first.seq == 0)
            guard case .updateShortMessage(let second) = try await sender.next() else {
                Issue.record("not told in short")
                return
            }
            #expect(second.message == "more" && second.pts == 3 && second.userID == ann.id && !second.out)
        }
    }

    @Test func botAnswersAndThePersonSeesIt() async throws {
        try await withEcho { server, ann, bot, sender in
            try server.telegram.send("ping", from: ann, to: bot)
            _ = try await sender.next()
            let answer = try await sender.call(
                TL.messages.SendMessage(
                    peer: server.telegram.inputPeer(ann, for: bot),
                    message: "pong",
                    randomID: 1
                )
            )
            guard case .updateShortSentMessage(let sent) = answer else {
                Issue.record("not short")
                return
            }
            #expect(sent.id == 2 && sent.pts == 3)
            let texts = server.telegram.messages(with: bot, seenBy: ann).compactMap(\.writing)
            #expect(texts == ["ping", "pong"])
        }
    }

    @Test func lostUpdatesAreInTheDifference() async throws {
        try await withEcho { server, ann, bot, sender in
            let state = try await sender.call(TL.updates.GetState())
            server.telegram.dropUpdates(2, for: bot)
            for text in ["a", "b", "c"] { try server.telegram.send(text, from: ann, to: bot) }
            guard case .updateShortMessage(let only) = try await sender.next() else {
                Issue.record("not the third message")
                return
            }
            #expect(only.message == "c" && only.pts == state.pts + 3 && server.telegram.droppedUpdates == 2)
            let difference = try await sender.call(
                TL.updates.GetDifference(pts: state.pts, date: state.date, qts: state.qts)
            )
            guard case .difference(let missed) = difference else {
                Issue.record("no difference")
                return
            }
            #expect(missed.newMessages.compactMap(\.writing) == ["a", "b", "c"] && missed.state.pts == only.pts)
        }
    }

    @Test func onlyWhatSomebodyWouldGetIsLost() async throws {
        try await withEcho { server, ann, bot, sender in
            _ = try await sender.call(TL.updates.GetState())
            // Ann is nowhere, so the copy of her own message could not reach her anyway.
            server.telegram.dropUpdates(2)
            for text in ["a", "b", "c"] { try server.telegram.send(text, from: ann, to: bot) }
            guard case .updateShortMessage(let only) = try await sender.next() else {
                Issue.record("not the third message")
                return
            }
            #expect(only.message == "c" && server.telegram.droppedUpdates == 2)
        }
    }

    @Test func answerOfABotCanBeWaitedFor() async throws {
        try await withEcho { server, ann, bot, sender in
            try server.telegram.send("ping", from: ann, to: bot)
            async let dialog = server.telegram.messages(with: bot, seenBy: ann, atLeast: 2, timeout: .seconds(300))
            _ = try await sender.next()
            let peer = server.telegram.inputPeer(ann, for: bot)
            _ = try await sender.call(TL.messages.SendMessage(peer: peer, message: "pong", randomID: 1))
            #expect(try await dialog.compactMap(\.writing) == ["ping", "pong"])
            let error = await #expect(throws: TestTimeout.self) {
                _ = try await server.telegram.messages(
                    with: bot,
                    seenBy: ann,
                    atLeast: 3,
                    timeout: .milliseconds(1)
                )
            }
            #expect(error?.description == "2 of 3 messages were there for user \(ann.id) after 0.001 seconds")
        }
    }

    @Test func seqCountsPerSession() async throws {
        try await withTestServer { server in
            let ann = try server.telegram.addUser(phone: "+39 333 555 0001", firstName: "Ann")
            try await server.with(ann) { first in
                try await server.with(ann) { second in
                    for name in ["Anna", "Annie"] {
                        _ = try await first.call(TL.account.UpdateProfile(firstName: name))
                    }
                    var seqs: [Int32] = []
                    while seqs.count < 2 {
                        if case .updates(let batch) = try await second.next(), batch.seq > 0 { seqs.append(batch.seq) }
                    }
                    #expect(seqs == [1, 2])
                    #expect(try await second.call(TL.updates.GetState()).seq == 2)
                    // The one who asked knows from the answer.
                    #expect(try await first.call(TL.updates.GetState()).seq == 0)
                }
            }
        }
    }

    @Test func sessionThatAskedIsNotToldTwice() async throws {
        try await withTestServer { server in
            let ann = try server.telegram.addUser(phone: "+39 333 555 0001", firstName: "Ann")
            let ben = try server.telegram.addUser(phone: "+39 333 555 0002", firstName: "Ben")
            try await server.with(ann) { first in
                try await server.with(ann) { second in
                    guard case .updateShort(let news) = try await first.next(),
                        case .updateNewAuthorization = news.update
                    else {
                        Issue.record("not told of the other session")
                        return
                    }
                    let request = TL.messages.SendMessage(
                        peer: server.telegram.inputPeer(ben, for: ann),
                        message: "hello",
                        randomID: 1
                    )
                    _ = try await first.call(request)
                    server.telegram.push(.updateConfig, to: ann)
                    guard case .updateShort(let marker) = try await first.next(), case .updateConfig = marker.update
                    else {
                        Issue.record("told what the answer says")
                        return
                    }
                    guard case .updates(let batch) = try await second.next(),
                        case .updateNewMessage(let update)? = batch.updates.first
                    else {
                        Issue.record("the other session was not told")
                        return
                    }
                    #expect(update.message.writing == "hello")
                }
            }
        }
    }

    @Test func groupTellsAllItsMembers() async throws {
        try await withEcho { server, ann, bot, sender in
            let group = try server.telegram.addGroup(title: "Friends", creator: ann, members: [bot])
            var services = 0
            var participants = 0
            while services < 1 || participants < 1 {
                guard case .updates(let batch) = try await sender.next() else { continue }
                for update in batch.updates {
                    switch update {
                    case .updateNewMessage(let update):
                        if case .messageService = update.message { services += 1 }
                    case .updateChatParticipant(let update):
                        participants += 1
                        #expect(update.userID == bot.id && update.qts == 1)
                    default: break
                    }
                }
            }
            try server.telegram.send("hi @echo_test_bot", from: ann, to: group)
            guard case .updateShortChatMessage(let short) = try await sender.next() else {
                Issue.record("not in short")
                return
            }
            #expect(short.mentioned && short.fromID == ann.id)
        }
    }

    @Test func bareServerKnowsNobody() async throws {
        try await withTestServer {
            $0.world = .bare
        } _: { server in
            try await server.withStranger { stranger in
                let error = await refusedWith { _ = try await stranger.call(TL.updates.GetState()) }
                #expect(error == "400 METHOD_NOT_IMPLEMENTED")
            }
        }
    }

    @Test func handlersOfTestsComeFirst() async throws {
        try await withEcho { server, _, _, sender in
            server.answer(TL.updates.GetState.self) { _, session in
                TL.updates.State(pts: 7, qts: 0, date: 1, seq: 0, unreadCount: session.layer ?? 0)
            }
            let state = try await sender.call(TL.updates.GetState())
            #expect(state.pts == 7)
        }
    }
}
