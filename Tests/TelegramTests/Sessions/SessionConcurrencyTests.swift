import Telegram
import Testing

@Suite struct SessionConcurrencyTests {
    private let folder = ScratchFolder()

    /// Each writer has its own peers, each with the same version everywhere: a lookup that sees a half-made change
    /// would see two versions.
    @Test func lookupsSeeWholeRowsWhileOthersWrite() async throws {
        let session = FileSession(path: folder.file("me"))
        _ = try await session.open()
        let versions = 150 as Int64
        let strange = await withTaskGroup(of: Int.self) { group in
            for writer in 0..<3 as Range<Int64> {
                group.addTask {
                    for version in 1...versions {
                        let peers = (0..<20).map { number in
                            StoredPeer(
                                id: .user(writer * 100 + number),
                                accessHash: version,
                                usernames: ["w\(writer)n\(number)"],
                                phone: "\(version)\(writer)0\(number)",
                                name: "\(version)"
                            )
                        }
                        try? await session.storePeers(peers)
                        try? await session.apply([.channelState(channel: writer, pts: Int32(version))])
                        if version % 20 == 0 { try? await session.save() }
                    }
                    return 0
                }
            }
            for reader in 0..<4 as Range<Int64> {
                group.addTask {
                    var strange = 0
                    var newest: [Int64: Int64] = [:]
                    for round in 0..<3_000 as Range<Int64> {
                        let id = (round % 3) * 100 + (round + reader) % 20
                        let name = "w\(round % 3)n\((round + reader) % 20)"
                        guard let peer = try? session.peer(.user(id)) else { continue }
                        if peer.name != "\(peer.accessHash)" || peer.usernames != [name] { strange += 1 }
                        if peer.accessHash < newest[id] ?? 0 { strange += 1 }
                        newest[id] = peer.accessHash
                        guard let named = try? session.peer(username: name), named.id == peer.id else {
                            strange += 1
                            continue
                        }
                    }
                    return strange
                }
            }
            return await group.reduce(0, +)
        }
        #expect(strange == 0)
        try await session.close()
        #expect(try await session.open().channelStates == [0: 150, 1: 150, 2: 150])
        for writer in 0..<3 as Range<Int64> {
            for number in 0..<20 as Range<Int64> {
                #expect(try session.peer(.user(writer * 100 + number))?.accessHash == versions)
            }
        }
    }
}
