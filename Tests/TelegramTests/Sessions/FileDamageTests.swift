import Telegram
import Testing

@Suite struct FileDamageTests {
    private let folder = ScratchFolder()

    /// A file with some blocks, and where each of them ends.
    private func sampleFile() async throws -> (bytes: [UInt8], ends: [Int]) {
        let session = FileSession(path: folder.file("sample"))
        _ = try await session.open()
        var ends = [RawFile.read(session.path).count]
        let changes: [[SessionChange]] = [
            [.home(DataCenterAddress(id: 2, host: "a", port: 1)), .account(SessionAccount(userID: 1, isBot: false))],
            [.authKey(dataCenter: 2, [1, 2, 3]), .updateState(UpdateState(pts: 1, qts: 2, date: 3, seq: 4))],
        ]
        for change in changes {
            try await session.apply(change)
            ends.append(RawFile.read(session.path).count)
        }
        try await session.storePeers(StoredPeer.samples)
        ends.append(RawFile.read(session.path).count)
        try await session.apply([.takeout(1)])
        ends.append(RawFile.read(session.path).count)
        try await session.close()
        return (RawFile.read(session.path), ends)
    }

    /// What is in a file with the blocks before a place.
    private struct Reading: Equatable {
        var content: SessionContent
        var peers: [StoredPeer?]
    }

    private func read(_ bytes: [UInt8]) async throws -> Reading {
        let path = folder.file("damaged")
        RawFile.write(bytes, to: path + ".session")
        let session = FileSession(path: path)
        let content = try await session.open()
        var peers: [StoredPeer?] = []
        for sample in StoredPeer.samples { peers.append(try session.peer(sample.id)) }
        try await session.close()
        return Reading(content: content, peers: peers)
    }

    @Test func tornEndIsCutOffAtEveryByte() async throws {
        let (bytes, ends) = try await sampleFile()
        for count in 0...bytes.count {
            let whole = ends.last { $0 <= count } ?? 0
            let reading = try await read(Array(bytes[..<count]))
            #expect(try await reading == read(Array(bytes[..<whole])), "cut at \(count)")
            // What comes afterwards is kept as ever.
            let session = FileSession(path: folder.file("damaged"))
            RawFile.write(Array(bytes[..<count]), to: session.path)
            _ = try await session.open()
            try await session.apply([.takeout(99)])
            try await session.close()
            #expect(try await session.open().takeoutID == 99)
            try await session.close()
        }
    }

    /// Power failures may leave the new length of a file without its content.
    @Test func unwrittenEndIsCutOff() async throws {
        let (bytes, ends) = try await sampleFile()
        for end in ends {
            for zeros in [1, 11, 12, 100, 5000] {
                let reading = try await read(Array(bytes[..<end]) + [UInt8](repeating: 0, count: zeros))
                #expect(try await reading == read(Array(bytes[..<end])))
            }
        }
        // The end of a large block may be missing from the border of a sector on.
        let session = FileSession(path: folder.file("large"))
        _ = try await session.open()
        try await session.apply([.takeout(1)])
        let start = RawFile.read(session.path).count
        try await session.apply([.takeout(2), .authKey(dataCenter: 1, [UInt8](repeating: 9, count: 3000))])
        try await session.close()
        var large = RawFile.read(session.path)
        for position in 1024..<large.count { large[position] = 0 }
        #expect(try await read(large) == read(Array(large[..<start])))
    }

    @Test func everyFlippedBitIsFound() async throws {
        let (bytes, _) = try await sampleFile()
        for position in bytes.indices {
            for bit in 0..<8 as Range<UInt8> {
                var damaged = bytes
                damaged[position] ^= 1 << bit
                let error = await #expect(throws: SessionError.self, "byte \(position)") { _ = try await read(damaged) }
                #expect([.corrupted, .foreignFile].contains(error?.code))
                if position >= 16 { #expect(error?.message.contains("at byte") == true) }
            }
        }
    }

    @Test func damageInTheMiddleIsNamedAndNothingIsChanged() async throws {
        let (bytes, ends) = try await sampleFile()
        var damaged = bytes
        damaged[ends[1] + 20] ^= 1
        let error = await #expect(throws: SessionError.self) { _ = try await read(damaged) }
        #expect(error?.code == .corrupted)
        #expect(error?.message.contains("at byte \(ends[1])") == true)
        #expect(RawFile.read(folder.file("damaged.session")) == damaged)
        // A block that is missing, and one that is there twice.
        for damaged in [
            Array(bytes[..<ends[0]] + bytes[ends[1]...]), Array(bytes[..<ends[1]] + bytes[ends[0]...]),
        ] {
            #expect(await #expect(throws: SessionError.self) { _ = try await read(damaged) }?.code == .corrupted)
        }
    }

    @Test func randomBytesBehindTheHeadDoNotTrap() async throws {
        let (bytes, ends) = try await sampleFile()
        var random = Numbers(42)
        for _ in 0..<300 {
            let noise = (0..<Int.random(in: 1...200, using: &random)).map { _ in
                UInt8.random(in: .min ... .max, using: &random)
            }
            let position = Int.random(in: ends[0]...bytes.count, using: &random)
            _ = try? await read(Array(bytes[..<position]) + noise)
        }
    }

    @Test func filesOfOthersAreRecognised() async throws {
        let cases: [([UInt8], String)] = [
            (Array("SQLite format 3\0".utf8) + [16, 0, 1, 1], "SQLite"),
            (Array("{\"version\": 1}".utf8), "is not a session"),
            (Array("a".utf8), "is not a session"),
            ([UInt8](repeating: 0, count: 4096), "is not a session"),
        ]
        for (bytes, part) in cases {
            let error = await #expect(throws: SessionError.self) { _ = try await read(bytes) }
            #expect(error?.code == .foreignFile)
            #expect(error?.message.contains(part) == true)
            #expect(RawFile.read(folder.file("damaged.session")) == bytes)
        }
    }
}
