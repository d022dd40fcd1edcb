import Telegram
import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@Suite struct FileSessionTests {
    private let folder = ScratchFolder()

    @Test func extensionIsAppendedOnce() {
        #expect(FileSession(path: "/a/b").path == "/a/b.session")
        #expect(FileSession(path: "/a/b.session").path == "/a/b.session")
        #expect(FileSession(path: "b.txt").path == "b.txt.session")
        let path = FileSession(name: "me").path
        #expect(path.hasPrefix("/"))
        #expect(path.hasSuffix("/me.session"))
        #expect(FileSession(name: "/a/b").path == "/a/b.session")
    }

    @Test func onlyTheOwnerMayReadIt() async throws {
        // A mask for new files that takes nothing away.
        let session = FileSession(path: folder.file("me"))
        _ = try await session.open()
        #expect(RawFile.mode(session.path) == 0o600)
        try await session.makeRewriteDue()
        let before = RawFile.read(session.path).count
        try await session.save()
        #expect(RawFile.read(session.path).count < before)
        #expect(RawFile.mode(session.path) == 0o600)
        #expect(folder.files == ["me.session"])
    }

    @Test func fileThatAllMayReadIsClosedToThem() async throws {
        let session = FileSession(path: folder.file("me"))
        _ = try await session.open()
        try await session.close()
        chmod(session.path, 0o644)
        _ = try await session.open()
        #expect(RawFile.mode(session.path) == 0o600)
    }

    @Test func secondObjectIsRefused() async throws {
        let first = FileSession(path: folder.file("me"))
        let second = FileSession(path: folder.file("me"))
        _ = try await first.open()
        for _ in 0..<2 {
            for operation in [{ _ = try await second.open() }, { try await second.delete() }]
                as [() async throws -> Void]
            {
                let error = await #expect(throws: SessionError.self) { try await operation() }
                #expect(error?.code == .inUse)
                #expect(error?.message.contains(first.path) == true)
            }
            // Nor does the lock get lost when the file is replaced.
            try await first.makeRewriteDue()
            try await first.save()
        }
        try await first.close()
        _ = try await second.open()
    }

    @Test func lockEndsWithTheObject() async throws {
        var first: FileSession? = FileSession(path: folder.file("me"))
        _ = try await first?.open()
        try await first?.apply([.takeout(5)])
        first = nil
        let second = FileSession(path: folder.file("me"))
        #expect(try await second.open().takeoutID == 5)
    }

    /// Thirty clients want the same session at once, while its file is replaced and removed again and again.
    @Test func onlyOneAtATimeEvenWhileTheFileIsReplaced() async throws {
        let path = folder.file("me")
        let owners = Owners()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<30 {
                group.addTask {
                    for round in 0..<20 {
                        let session = FileSession(path: path)
                        guard (try? await session.open()) != nil else { continue }
                        await owners.enter()
                        try? await session.makeRewriteDue()
                        try? await session.save()
                        await owners.leave()
                        if (number + round).isMultiple(of: 3) {
                            try? await session.delete()
                        } else {
                            try? await session.close()
                        }
                    }
                }
            }
        }
        #expect(await owners.most == 1)
        #expect(await owners.total > 1)
    }

    private actor Owners {
        private var current = 0
        private(set) var most = 0
        private(set) var total = 0

        func enter() {
            current += 1
            total += 1
            most = max(most, current)
        }

        func leave() { current -= 1 }
    }

    @Test func rewritingKeepsEverything() async throws {
        let session = FileSession(path: folder.file("me"))
        _ = try await session.open()
        try await session.apply(SessionContent.sample.sampleChanges)
        let peers = (1_001...6_000).map {
            StoredPeer(id: .user($0), accessHash: $0, usernames: ["name\($0)"], phone: "\($0)", name: "Person \($0)")
        }
        try await session.storePeers(peers + StoredPeer.samples)
        for version in 2...6 as ClosedRange<Int64> {
            try await session.storePeers(
                peers.dropFirst(1_000).map {
                    StoredPeer(id: $0.id, accessHash: version, usernames: $0.usernames, name: $0.name)
                }
            )
        }
        let before = RawFile.read(session.path).count
        try await session.save()
        let after = RawFile.read(session.path).count
        #expect(after * 2 < before)
        try await session.apply([.takeout(78)])
        for _ in 0..<2 {
            for peer in peers.prefix(1_000) + StoredPeer.samples {
                let found = try session.peer(peer.id) == peer
                #expect(found)
            }
            for peer in peers.dropFirst(1_000) {
                let found = try session.peer(username: peer.usernames[0])
                #expect(found?.accessHash == 6)
                #expect(found?.phone == nil)
            }
            try await session.close()
            var expected = SessionContent.sample
            expected.takeoutID = 78
            #expect(try await session.open() == expected)
        }
    }

    @Test func fileStaysShortWithoutSaving() async throws {
        let session = FileSession(path: folder.file("me"))
        _ = try await session.open()
        for pts in 0..<400 {
            try await session.apply(
                (0..<500).map { .channelState(channel: $0, pts: Int32(pts)) }
            )
        }
        #expect(RawFile.read(session.path).count < 6 << 20)
        try await session.close()
        #expect(try await session.open().channelStates == Dictionary(uniqueKeysWithValues: (0..<500).map { ($0, 399) }))
    }

    @Test func knownThingsAreNotWrittenAgain() async throws {
        let session = FileSession(path: folder.file("me"))
        _ = try await session.open()
        try await session.apply(SessionContent.sample.sampleChanges)
        try await session.storePeers(StoredPeer.samples)
        let before = RawFile.read(session.path)
        try await session.apply(SessionContent.sample.sampleChanges)
        try await session.storePeers(StoredPeer.samples)
        #expect(RawFile.read(session.path) == before)
    }

    @Test func linkIsFollowedAndStays() async throws {
        symlink(folder.file("real.session"), folder.file("link.session"))
        let session = FileSession(path: folder.file("link"))
        _ = try await session.open()
        try await session.makeRewriteDue()
        try await session.save()
        try await session.close()
        #expect(folder.files == ["link.session", "real.session"])
        #expect(try await FileSession(path: folder.file("real")).open().takeoutID != nil)
        #expect(RawFile.mode(folder.file("link.session")) == 0o777)
    }

    @Test func leftoverOfAKilledRewriteIsRemoved() async throws {
        RawFile.write([1, 2, 3], to: folder.file("me.session.new"))
        let session = FileSession(path: folder.file("me"))
        _ = try await session.open()
        #expect(folder.files == ["me.session"])
    }

    @Test func problemsOfTheSystemAreNamed() async throws {
        let missing = FileSession(path: folder.file("no/me"))
        let error = await #expect(throws: SessionError.self) { try await missing.open() }
        #expect(error?.code == .io)
        #expect(error?.message.contains(missing.path) == true)
        mkdir(folder.file("folder.session"), 0o700)
        let directory = FileSession(path: folder.file("folder"))
        #expect(await #expect(throws: SessionError.self) { try await directory.open() }?.code == .io)
        rmdir(folder.file("folder.session"))
        mkfifo(folder.file("pipe.session"), 0o600)
        let pipe = FileSession(path: folder.file("pipe"))
        #expect(await #expect(throws: SessionError.self) { try await pipe.open() }?.code == .foreignFile)
    }

    /// A limit for files stands for a full disk: the same errors, and part of a block may be there.
    @Test func fullDiskLosesNothingThatWasKept() async throws {
        let writer = try await SessionWriter.run("fill", folder.file("me"))
        #expect(writer.lines == ["full", "done"])
        let session = FileSession(path: folder.file("me"))
        let content = try await session.open()
        #expect(content.takeoutID == 4_096)
        #expect(content.authKeys == [2: [UInt8](repeating: 2, count: 8_000)])
    }

    @Test func sessionOfAnotherProcessIsRefused() async throws {
        let session = FileSession(path: folder.file("me"))
        try await SessionWriter.run("hold", session.path) {
            for _ in 0..<2 {
                let error = await #expect(throws: SessionError.self) { _ = try await session.open() }
                #expect(error?.code == .inUse)
            }
        }
        _ = try await session.open()
        let refused = try await SessionWriter.run("hold", session.path)
        #expect(refused.status == 1)
        #expect(refused.lines.first?.contains("is in use by another client") == true)
    }
}

extension FileSession {
    /// Changes so much that the file is mostly out of date.
    func makeRewriteDue() async throws {
        for number in 0..<700 as Range<UInt16> {
            let key = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 512)
            try await apply([.authKey(dataCenter: 1, key), .takeout(Int64(number))])
        }
    }
}
