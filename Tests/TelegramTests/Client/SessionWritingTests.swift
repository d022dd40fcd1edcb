import MTProto
import MTProtoCrypto
import TelegramTesting
import Testing

@testable import Telegram

/// What the session is told, and in which order.
@Suite(.timeLimit(.minutes(10)))
struct SessionWritingTests {
    private let account = SessionAccount(userID: 5, isBot: false, accessHash: 6)
    private let key = [UInt8](repeating: 1, count: 256)

    private func core(_ session: any SessionStore) throws -> ClientCore {
        try TelegramClient(session: session, apiID: 17, apiHash: "0123456789abcdef").core
    }

    @Test func accountIsForgottenInOneStep() async throws {
        let home = DataCenterAddress(id: 2, host: "127.0.0.1", port: 443)
        let session = WatchedSession(
            SessionContent(
                home: home,
                authKeys: [2: key, 4: key, 5: key],
                account: account,
                takeoutID: 7,
                updateState: UpdateState(pts: 1, qts: 2, date: 3, seq: 4),
                channelStates: [8: 9, 10: 11]
            )
        )
        let core = try core(session)
        try await core.openStore()
        await core.signedOut()
        #expect(session.applied.count == 1)
        #expect(await core.content == SessionContent(home: home, authKeys: [2: key]))
        #expect(session.content == SessionContent(home: home, authKeys: [2: key]))
        await core.closeStore()
    }

    @Test func authorizationIsForgottenInOneStep() async throws {
        let home = DataCenterAddress(id: 2, host: "127.0.0.1", port: 443)
        let session = WatchedSession(SessionContent(home: home, authKeys: [2: key, 4: key], account: account))
        try await core(session).forgetAuthorization()
        #expect(session.applied.count == 1)
        #expect(session.content == SessionContent(home: home))
    }

    @Test func changesReachTheSessionInTheOrderInWhichTheyWereMade() async throws {
        let session = WatchedSession()
        let core = try core(session)
        try await core.openStore()
        let (gate, opener) = AsyncStream.makeStream(of: Void.self)
        // Only the first one is slow.
        session.beforeApply.withLock { hook in
            hook = { number in
                guard number == 1 else { return }
                for await _ in gate { break }
            }
        }
        let first = Task { try await core.change(.takeout(1)) }
        while session.begun.withLock({ $0 }) < 1 { await Task.yield() }
        let second = Task { try await core.change(.takeout(2)) }
        while await core.content.takeoutID != 2 { await Task.yield() }
        // Time to overtake.
        for _ in 0..<1_000 where session.begun.withLock({ $0 }) < 2 { await Task.yield() }
        opener.yield()
        try await first.value
        try await second.value
        #expect(session.applied == [[.takeout(1)], [.takeout(2)]])
        await core.closeStore()
    }

    @Test func changeOfATaskThatIsCancelledIsWritten() async throws {
        let session = WatchedSession()
        let core = try core(session)
        try await core.openStore()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await core.change(.takeout(1))
        }
        try await task.value
        #expect(session.content.takeoutID == 1)
        await core.closeStore()
    }

    @Test func changeThatTheSessionRefusesDoesNotKeepTheNextOneBack() async throws {
        struct Full: Error {}
        let session = WatchedSession()
        let core = try core(session)
        try await core.openStore()
        session.beforeApply.withLock { hook in
            hook = { number in if number == 1 { throw Full() } }
        }
        await #expect(throws: Full.self) { try await core.change(.takeout(1)) }
        try await core.change(.takeout(2))
        #expect(session.applied == [[.takeout(2)]])
        await core.closeStore()
    }
}

/// Writes down what it is told, and lets a test in between.
private final class WatchedSession: SessionStore {
    /// Called with the number of the call before changes are made.
    let beforeApply = Locked<(@Sendable (Int) async throws -> Void)?>(nil)
    let begun = Locked(0)
    private let changes = Locked<[[SessionChange]]>([])
    private let state: Locked<SessionContent>

    init(_ content: SessionContent = SessionContent()) { state = Locked(content) }

    var applied: [[SessionChange]] { changes.withLock { $0 } }
    var content: SessionContent { state.withLock { $0 } }

    func open() async throws -> SessionContent { content }

    func apply(_ changes: [SessionChange]) async throws {
        let number = begun.withLock { begun in
            begun += 1
            return begun
        }
        try await beforeApply.withLock { $0 }?(number)
        state.withLock { state in
            for change in changes { state.apply(change) }
        }
        self.changes.withLock { $0.append(changes) }
    }

    func storePeers(_ peers: [StoredPeer]) async throws {}
    func peer(_ id: PeerID) async throws -> StoredPeer? { nil }
    func peer(username: String) async throws -> StoredPeer? { nil }
    func peer(phone: String) async throws -> StoredPeer? { nil }
    func peer(name: String) async throws -> StoredPeer? { nil }
    func save() async throws {}
    func close() async throws {}
    func delete() async throws {}
}
