import Telegram
import Testing

/// What every kind of session promises.
@Suite struct SessionStoreTests {
    enum Kind: CaseIterable { case memory, string, file }

    private let folder = ScratchFolder()

    private func store(_ kind: Kind) throws -> any SessionStore {
        switch kind {
        case .memory: MemorySession()
        case .string: StringSession()
        case .file: FileSession(path: folder.file("me"))
        }
    }

    @Test(arguments: Kind.allCases)
    func peersGoWithTheAccountThatHadMetThem(kind: Kind) async throws {
        let store = try store(kind)
        _ = try await store.open()
        let peer = StoredPeer(id: .user(7), accessHash: 70, usernames: ["ben_test"])
        try await store.apply([.account(SessionAccount(userID: 1, isBot: false))])
        try await store.storePeers([peer])
        // The same account again keeps them, as does its access hash becoming known.
        try await store.apply([.account(SessionAccount(userID: 1, isBot: false, accessHash: 5))])
        #expect(try await store.peer(.user(7)) == peer)
        try await store.apply([.account(SessionAccount(userID: 2, isBot: false))])
        #expect(try await store.peer(.user(7)) == nil)
        try await store.storePeers([peer])
        try await store.close()
        _ = try await store.open()
        // In a file, the rows of the first account lie in front.
        #expect(try await store.peer(username: "ben_test") == peer)
        try await store.apply([.account(nil)])
        #expect(try await store.peer(.user(7)) == nil)
        try await store.close()
        _ = try await store.open()
        #expect(try await store.peer(.user(7)) == nil)
        try await store.close()
    }

    @Test(arguments: Kind.allCases)
    func whatWasAppliedIsThereAfterOpeningAgain(kind: Kind) async throws {
        let store = try store(kind)
        #expect(try await store.open() == SessionContent())
        try await store.apply(SessionContent.sample.sampleChanges)
        try await store.apply([])
        try await store.close()
        #expect(try await store.open() == .sample)
        try await store.apply([
            .authKey(dataCenter: 4, nil), .account(nil), .takeout(nil), .updateState(nil),
            .channelState(channel: 1_234, pts: nil),
        ])
        try await store.close()
        let content = try await store.open()
        #expect(content.authKeys.keys.sorted() == [2])
        #expect(content.account == nil)
        #expect(content.takeoutID == nil)
        #expect(content.updateState == nil)
        #expect(content.channelStates == [9_876_543_210: .max])
        try await store.close()
    }

    @Test(arguments: Kind.allCases)
    func changesAreMadeInTheirOrder(kind: Kind) async throws {
        let store = try store(kind)
        _ = try await store.open()
        try await store.apply([.takeout(1)])
        try await store.apply([.takeout(2), .takeout(1)])
        try await store.apply([.takeout(1), .takeout(3)])
        try await store.close()
        #expect(try await store.open().takeoutID == 3)
        try await store.close()
    }

    @Test(arguments: Kind.allCases)
    func peersAreFoundByEverything(kind: Kind) async throws {
        let store = try store(kind)
        _ = try await store.open()
        try await store.storePeers(StoredPeer.samples)
        for _ in 0..<2 {
            for sample in StoredPeer.samples { #expect(try await store.peer(sample.id) == sample) }
            #expect(try await store.peer(username: "annie")?.id == .user(1))
            #expect(try await store.peer(phone: "391")?.id == .user(1))
            #expect(try await store.peer(name: "Ann Ä. 🤖")?.id == .user(1))
            #expect(try await store.peer(name: "Club")?.name == "Club")
            #expect(try await store.peer(.chat(.max)) == nil)
            #expect(try await store.peer(username: "Annie") == nil)
            #expect(try await store.peer(username: "391") == nil)
            #expect(try await store.peer(phone: "") == nil)
            #expect(try await store.peer(name: "") == nil)
            try await store.close()
            _ = try await store.open()
        }
    }

    @Test(arguments: Kind.allCases)
    func newRowReplacesTheOldOne(kind: Kind) async throws {
        let store = try store(kind)
        _ = try await store.open()
        try await store.storePeers(StoredPeer.samples)
        try await store.storePeers([StoredPeer(id: .user(1), accessHash: 12, usernames: ["anna"], name: "Anna")])
        #expect(try await store.peer(.user(1))?.accessHash == 12)
        #expect(try await store.peer(username: "anna")?.id == .user(1))
        #expect(try await store.peer(username: "ann") == nil)
        #expect(try await store.peer(phone: "391") == nil)
        #expect(try await store.peer(name: "Ann Ä. 🤖") == nil)
    }

    @Test(arguments: Kind.allCases)
    func nameBelongsToWhoCameWithItLast(kind: Kind) async throws {
        let store = try store(kind)
        _ = try await store.open()
        try await store.storePeers(StoredPeer.samples)
        try await store.storePeers([
            StoredPeer(id: .user(2), accessHash: 2, usernames: ["ann"], phone: "391"), StoredPeer.samples[3],
        ])
        for _ in 0..<2 {
            #expect(try await store.peer(username: "ann")?.id == .user(2))
            #expect(try await store.peer(phone: "391")?.id == .user(2))
            let former = try #require(try await store.peer(.user(1)))
            #expect(former.usernames == ["annie"])
            #expect(former.phone == nil)
            #expect(former.name == "Ann Ä. 🤖")
            try await store.close()
            _ = try await store.open()
        }
        // It does not fall back to whoever had it before.
        try await store.storePeers([StoredPeer(id: .user(2), accessHash: 2)])
        #expect(try await store.peer(username: "ann") == nil)
        // The same row as before takes it again.
        try await store.storePeers([
            StoredPeer(id: .user(2), accessHash: 2, usernames: ["annie"]), StoredPeer.samples[0], StoredPeer.samples[0],
        ])
        #expect(try await store.peer(username: "annie")?.id == .user(1))
        try await store.close()
        _ = try await store.open()
        #expect(try await store.peer(username: "annie")?.id == .user(1))
    }

    @Test(arguments: Kind.allCases)
    func oneClientAtATime(kind: Kind) async throws {
        let store = try store(kind)
        _ = try await store.open()
        let error = await #expect(throws: SessionError.self) { try await store.open() }
        #expect(error?.code == .inUse)
        try await store.close()
        _ = try await store.open()
    }

    @Test(arguments: Kind.allCases)
    func nothingWorksBeforeItIsOpen(kind: Kind) async throws {
        let store = try store(kind)
        for _ in 0..<2 {
            let calls: [(any SessionStore) async throws -> Void] = [
                { try await $0.apply([.takeout(1)]) }, { try await $0.storePeers(StoredPeer.samples) },
                { _ = try await $0.peer(.user(1)) }, { _ = try await $0.peer(username: "a") },
                { _ = try await $0.peer(phone: "1") }, { _ = try await $0.peer(name: "a") }, { try await $0.save() },
            ]
            for call in calls {
                let error = await #expect(throws: SessionError.self) { try await call(store) }
                #expect(error?.code == .notOpen)
            }
            _ = try await store.open()
            try await store.close()
            try await store.close()
        }
    }

    @Test(arguments: Kind.allCases)
    func deletedSessionIsNew(kind: Kind) async throws {
        let store = try store(kind)
        _ = try await store.open()
        try await store.apply(SessionContent.sample.sampleChanges)
        try await store.storePeers(StoredPeer.samples)
        try await store.save()
        try await store.delete()
        try await store.delete()
        #expect(folder.files.isEmpty)
        #expect(try await store.open() == SessionContent())
        #expect(try await store.peer(.user(1)) == nil)
    }

    @Test(arguments: Kind.allCases, Kind.allCases)
    func contentIsImported(from: Kind, into: Kind) async throws {
        let source = try store(from)
        _ = try await source.open()
        try await source.apply(SessionContent.sample.sampleChanges)
        try await source.close()
        let target: any SessionStore = into == .file ? FileSession(path: folder.file("other")) : try store(into)
        try await target.importContent(of: source)
        #expect(try await target.open() == .sample)
    }

    @Test(arguments: Kind.allCases)
    func importDoesNotMixTwoLogins(kind: Kind) async throws {
        let target = try store(kind)
        var own = SessionContent.sample
        own.authKeys[2] = [UInt8](repeating: 5, count: 256)
        let peer = StoredPeer(id: .user(7), accessHash: 70)
        _ = try await target.open()
        try await target.apply(own.sampleChanges)
        try await target.storePeers([peer])
        try await target.close()
        let error = await #expect(throws: SessionError.self) {
            try await target.importContent(of: MemorySession(.sample))
        }
        #expect(error?.code == .notEmpty)
        #expect(try await target.open() == own)
        #expect(try await target.peer(.user(7)) == peer)
        try await target.delete()
        try await target.importContent(of: MemorySession(.sample))
        #expect(try await target.open() == .sample)
        #expect(try await target.peer(.user(7)) == nil)
    }

    @Test(arguments: Kind.allCases)
    func importOfTheSameLoginChangesNothing(kind: Kind) async throws {
        let target = try store(kind)
        _ = try await target.open()
        try await target.apply(SessionContent.sample.sampleChanges)
        try await target.storePeers(StoredPeer.samples)
        try await target.close()
        var older = SessionContent.sample
        older.updateState = nil
        older.account = nil
        try await target.importContent(of: MemorySession(older))
        #expect(try await target.open() == .sample)
        #expect(try await target.peer(.user(1)) != nil)
    }

    @Test func importIntoASessionThatKnowsOnlyTheWayIsPossible() async throws {
        let address = DataCenterAddress(id: 4, host: "127.0.0.1", port: 443)
        let target = MemorySession(SessionContent(home: address))
        try await target.importContent(of: MemorySession(.sample))
        #expect(try target.open() == .sample)
    }

    @Test func printingShowsNoSecrets() {
        let content = SessionContent.sample
        let texts =
            ["\(content)", String(reflecting: content), "\(StoredPeer.samples)"]
            + content.sampleChanges.map { "\([$0])" }
        for text in texts {
            #expect(!text.contains("7, 7, 7"))
            #expect(!text.contains("252, 253"))
            #expect(!text.contains("391"))
        }
    }
}
