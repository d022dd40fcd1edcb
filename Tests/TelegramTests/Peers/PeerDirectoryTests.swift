import MTProtoCrypto
import TelegramAPI
import TelegramTesting
import Testing

@testable import Telegram

@Suite struct PeerDirectoryTests {
    private let session: MemorySession
    private let directory: PeerDirectory

    init() throws {
        session = MemorySession()
        _ = try session.open()
        directory = PeerDirectory(store: session, limit: 100)
    }

    private func input(_ id: PeerID) async throws -> String { text(try await directory.inputPeer(id)) }

    // MARK: - What is kept

    @Test func completePeersAreKeptInMemoryAndSession() async throws {
        await directory.learn(
            users: [PeerSamples.user(1, username: "Ann", phone: "39333")],
            chats: [PeerSamples.group(2), PeerSamples.channel(3, username: "News")]
        )
        #expect(try await input(.user(1)) == "user 1/77")
        #expect(try await input(.chat(2)) == "group 2")
        #expect(try await input(.channel(3)) == "channel 3/88")
        #expect(
            try session.peer(.user(1))
                == StoredPeer(id: .user(1), accessHash: 77, usernames: ["ann"], phone: "39333", name: "Ann")
        )
        #expect(try session.peer(.chat(2)) == StoredPeer(id: .chat(2), accessHash: 0, name: "Group"))
        #expect(try session.peer(username: "news")?.id == .channel(3))
    }

    @Test func incompletePeersAreNeverKept() async throws {
        await directory.learn(
            users: [PeerSamples.user(1, min: true), PeerSamples.user(2, hash: nil), .userEmpty(id: 3)],
            chats: [PeerSamples.channel(4, min: true), PeerSamples.channel(5, hash: nil), .chatEmpty(id: 6)]
        )
        for id in [PeerID.user(1), .user(2), .user(3), .channel(4), .channel(5)] {
            #expect(try await input(id) == "nobody")
            #expect(try session.peer(id) == nil)
        }
        #expect(try session.peer(.chat(6)) == nil)
    }

    @Test func incompletePeersDoNotReplaceCompleteOnes() async throws {
        await directory.learn(users: [PeerSamples.user(1, hash: 10)], chats: [PeerSamples.channel(2, hash: 20)])
        await directory.learn(
            users: [PeerSamples.user(1, hash: 99, min: true, name: "X")],
            chats: [PeerSamples.channel(2, hash: 99, min: true)]
        )
        #expect(try await input(.user(1)) == "user 1/10")
        #expect(try await input(.channel(2)) == "channel 2/20")
        #expect(try session.peer(.user(1))?.name == "Ann")
    }

    @Test func forbiddenOnesAreKept() async throws {
        await directory.learn(
            users: [],
            chats: [.channelForbidden(id: 1, accessHash: 5, title: "C"), .chatForbidden(id: 2, title: "G")]
        )
        #expect(try await input(.channel(1)) == "channel 1/5")
        #expect(try session.peer(.chat(2))?.name == "G")
    }

    @Test func allActiveUsernamesAreKept() async throws {
        let names = [
            TL.Username(editable: true, active: true, username: "Main"), TL.Username(username: "gone"),
            TL.Username(active: true, username: "Second"),
        ]
        await directory.learn(users: [PeerSamples.user(1, usernames: names)], chats: [])
        #expect(try await directory.peer(username: "main") == .user(1))
        #expect(try await directory.peer(username: "second") == .user(1))
        #expect(try await directory.peer(username: "gone") == nil)
        #expect(try session.peer(.user(1))?.usernames == ["main", "second"])
    }

    @Test func answersAndUpdatesAreSearchedForPeers() async throws {
        await directory.learn(from: PeerSamples.updates(users: [PeerSamples.user(1)], chats: [PeerSamples.channel(2)]))
        await directory.learn(from: [PeerSamples.user(3)])
        await directory.learn(from: TL.InvokeAnswers.invited(PeerSamples.updates(users: [PeerSamples.user(4)])))
        await directory.learn(from: PeerSamples.user(5))
        for id in [PeerID.user(1), .user(3), .user(4), .user(5), .channel(2)] {
            #expect(try session.peer(id) != nil, "\(id)")
        }
        await directory.learn(from: [TL.Peer]())
        await directory.learn(from: true)
    }

    @Test func changesOfNamesAreAppliedToWhatIsKnown() async throws {
        await directory.learn(users: [PeerSamples.user(1, username: "ann", phone: "39")], chats: [])
        await directory.remember(.found(.user(1)), to: .username("ann"))
        let changes: [TL.Update] = [
            .updateUserName(
                userID: 1,
                firstName: "Bea",
                lastName: "B",
                usernames: [TL.Username(active: true, username: "Bea"), TL.Username(username: "ann")]
            ),
            .updateUserPhone(userID: 1, phone: "40"),
            .updateUserPhone(userID: 2, phone: "41"),
        ]
        await directory.learn(from: PeerSamples.updates(changes))
        #expect(
            try session.peer(.user(1))
                == StoredPeer(id: .user(1), accessHash: 77, usernames: ["bea"], phone: "40", name: "Bea B")
        )
        #expect(try await directory.peer(username: "ann") == nil)
        #expect(await directory.recentAnswer(.username("ann")) == nil)
        #expect(try session.peer(.user(2)) == nil)
    }

    // MARK: - Memory and session

    @Test func whatMemoryHasForgottenComesFromTheSession() async throws {
        let directory = PeerDirectory(store: session, limit: 3)
        await directory.learn(users: (1...10).map { PeerSamples.user($0, username: "user\($0)") }, chats: [])
        #expect(text(try await directory.inputPeer(.user(1))) == "user 1/77")
        #expect(try await directory.peer(username: "user2") == .user(2))
    }

    @Test func whatIsNotNewIsNotWrittenAgain() async throws {
        let store = RecordingStore()
        let directory = PeerDirectory(store: store)
        for _ in 1...3 { await directory.learn(users: [PeerSamples.user(1)], chats: []) }
        #expect(store.written.map(\.id) == [.user(1)])
        await directory.learn(users: [PeerSamples.user(1, hash: 5)], chats: [])
        #expect(store.written.map(\.accessHash) == [77, 5])
    }

    @Test func whatTheSessionRefusesIsOfferedAgainInOrder() async throws {
        let store = RecordingStore()
        let directory = PeerDirectory(store: store, limit: 2)
        store.isFull.withLock { $0 = true }
        await directory.learn(users: [PeerSamples.user(1), PeerSamples.user(2)], chats: [])
        #expect(text(try await directory.inputPeer(.user(1))) == "user 1/77")
        await #expect(throws: RecordingStore.Full.self) { try await directory.flush() }
        store.isFull.withLock { $0 = false }
        await directory.learn(users: [PeerSamples.user(3)], chats: [])
        #expect(store.written.map(\.id) == [.user(1), .user(2), .user(3)])
        try await directory.flush()
    }

    @Test func sessionThatTakesNothingDoesNotFillTheMemory() async throws {
        let store = RecordingStore()
        let directory = PeerDirectory(store: store, limit: 2)
        store.isFull.withLock { $0 = true }
        for id in 1...10 { await directory.learn(users: [PeerSamples.user(Int64(id))], chats: []) }
        store.isFull.withLock { $0 = false }
        try await directory.flush()
        #expect(store.written.map(\.id) == [.user(9), .user(10)])
    }

    @Test func manyAtOnceAreWrittenOnceEach() async throws {
        let store = RecordingStore()
        let directory = PeerDirectory(store: store)
        await withTaskGroup(of: Void.self) { group in
            for id in 1...50 {
                group.addTask { await directory.learn(users: [PeerSamples.user(Int64(id))], chats: []) }
            }
        }
        try await directory.flush()
        #expect(Set(store.written.map(\.id)).count == 50)
        #expect(store.written.count == 50)
        #expect(store.mostAtOnce.withLock { $0 } == 1)
    }

    // MARK: - Seen in messages

    @Test func incompletePeersAreNamedByTheMessageTheyWereSeenIn() async throws {
        let group = PeerSamples.channel(9, hash: 90)
        await directory.learn(
            from: PeerSamples.updates(
                [
                    .updateNewChannelMessage(
                        message: PeerSamples.message(34, in: .channel(9), from: .user(1), forwardedFrom: .channel(2)),
                        pts: 1,
                        ptsCount: 1
                    ),
                    .updateNewChannelMessage(
                        message: PeerSamples.message(35, in: .channel(9), via: 3, mentioning: 4),
                        pts: 2,
                        ptsCount: 1
                    ),
                ],
                users: [1, 3, 4, 5].map { PeerSamples.user($0, min: true) },
                chats: [group, PeerSamples.channel(2, min: true)]
            )
        )
        #expect(try await input(.user(1)) == "user 1 in message 34 of channel 9/90")
        #expect(try await input(.channel(2)) == "channel 2 in message 34 of channel 9/90")
        #expect(try await input(.user(3)) == "user 3 in message 35 of channel 9/90")
        #expect(try await input(.user(4)) == "user 4 in message 35 of channel 9/90")
        // Nobody knows where.
        #expect(try await input(.user(5)) == "nobody")
    }

    @Test func pagesOfMessagesAreAPlaceToBeSeen() async throws {
        await directory.learn(
            from: TL.messages.Messages.messages(
                messages: [PeerSamples.message(7, in: .chat(2), from: .user(1))],
                topics: [],
                chats: [PeerSamples.group(2)],
                users: [PeerSamples.user(1, min: true)]
            )
        )
        #expect(try await input(.user(1)) == "user 1 in message 7 of group 2")
    }

    @Test func completePeerGoesBeforeTheMessage() async throws {
        let seen = TL.Update.updateNewMessage(
            message: PeerSamples.message(7, in: .chat(2), from: .user(1)),
            pts: 1,
            ptsCount: 1
        )
        await directory.learn(users: [PeerSamples.user(1)], chats: [])
        await directory.learn(from: PeerSamples.updates([seen], users: [PeerSamples.user(1, min: true)]))
        #expect(try await input(.user(1)) == "user 1/77")
    }

    @Test func messageInAnUnreachableChatHelpsNobody() async throws {
        let seen = TL.Update.updateNewChannelMessage(
            message: PeerSamples.message(7, in: .channel(2), from: .user(1)),
            pts: 1,
            ptsCount: 1
        )
        await directory.learn(
            from: PeerSamples.updates(
                [seen],
                users: [PeerSamples.user(1, min: true)],
                chats: [PeerSamples.channel(2, min: true)]
            )
        )
        #expect(try await input(.user(1)) == "nobody")
    }

    @Test func botsDoNotPointAtMessages() async throws {
        await directory.setAccount(SessionAccount(userID: 50, isBot: true))
        await directory.learn(
            from: TL.messages.Messages.messages(
                messages: [PeerSamples.message(7, in: .chat(2), from: .user(1))],
                topics: [],
                chats: [],
                users: [PeerSamples.user(1, min: true)]
            )
        )
        #expect(try await input(.user(1)) == "nobody")
    }

    // MARK: - Accounts

    @Test func accountIsNamedAsItself() async throws {
        await directory.setAccount(SessionAccount(userID: 1, isBot: false))
        #expect(try await input(.user(1)) == "self")
    }

    @Test func hashesOfAnotherAccountAreForgotten() async throws {
        let store = RecordingStore()
        let directory = PeerDirectory(store: store)
        await directory.setAccount(SessionAccount(userID: 1, isBot: false))
        await directory.learn(users: [PeerSamples.user(5)], chats: [])
        await directory.remember(.absent, to: .username("ann"))
        // The same one again, as after reconnecting.
        await directory.setAccount(SessionAccount(userID: 1, isBot: false, accessHash: 3))
        #expect(text(try await directory.inputPeer(.user(5))) == "user 5/77")
        await directory.setAccount(nil)
        #expect(try await directory.inputPeer(.user(5)) == nil)
        #expect(await directory.recentAnswer(.username("ann")) == nil)
    }

    // MARK: - Answers

    @Test func somebodyWhoComesWithANameEndsThatThereIsNobody() async throws {
        await directory.remember(.absent, to: .username("ann"))
        #expect(await directory.recentAnswer(.username("ann")) == .absent)
        await directory.learn(users: [PeerSamples.user(1, username: "Ann")], chats: [])
        #expect(await directory.recentAnswer(.username("ann")) == nil)
        #expect(try await directory.peer(username: "ann") == .user(1))
    }

    @Test func nameThatNobodyHasIsTakenFromItsFormerOwner() async throws {
        await directory.learn(users: [PeerSamples.user(1, username: "ann")], chats: [])
        await directory.remember(.absent, to: .username("ann"))
        #expect(try await directory.peer(username: "ann") == nil)
        #expect(try session.peer(username: "ann") == nil)
        #expect(try await input(.user(1)) == "user 1/77")
    }

    @Test(arguments: [true, false])
    func nameThatSomebodyElseHasIsTakenFromItsFormerOwner(isInMemory: Bool) async throws {
        let bob = StoredPeer(id: .user(5), accessHash: 6, usernames: ["bob"], name: "Bob")
        try session.storePeers([bob])
        if isInMemory { #expect(try await directory.peer(username: "bob") == .user(5)) }
        // Of the new owner nothing has come that could be kept.
        await directory.remember(.found(.user(8)), to: .username("bob"))
        #expect(try session.peer(.user(5)) == StoredPeer(id: .user(5), accessHash: 6, name: "Bob"))
        #expect(try await directory.peer(username: "bob") == nil)
    }

    @Test func nameStaysWithTheOwnerWhoHasBeenFound() async throws {
        let bob = StoredPeer(id: .user(5), accessHash: 6, usernames: ["bob"], name: "Bob")
        try session.storePeers([bob])
        await directory.remember(.found(.user(5)), to: .username("bob"))
        #expect(try session.peer(.user(5)) == bob)
    }

    @Test func answersExpireByTheClockOfTheDirectory() async throws {
        let clock = ManualClock()
        let directory = PeerDirectory(store: session, time: clock)
        await directory.remember(.found(.user(1)), to: .username("ann"))
        clock.advance(by: .seconds(3599))
        #expect(await directory.recentAnswer(.username("ann")) == .found(.user(1)))
        clock.advance(by: .seconds(1))
        #expect(await directory.recentAnswer(.username("ann")) == nil)
    }
}

extension TL {
    /// Answers that hold others.
    enum InvokeAnswers {
        static func invited(_ updates: TL.Updates) -> TL.messages.InvitedUsers {
            TL.messages.InvitedUsers(updates: updates, missingInvitees: [])
        }
    }
}
