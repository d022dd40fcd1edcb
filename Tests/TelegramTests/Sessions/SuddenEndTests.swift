import Telegram
import Testing

/// A process that is killed while it writes, 320 times, on the same files.
@Suite struct SuddenEndTests {
    private let folder = ScratchFolder()

    /// Large keys make the file be rewritten at every save, so that kills hit that, too.
    @Test(arguments: [256, 40_000])
    func everythingThatWasReportedIsThere(keySize: Int) async throws {
        var random = SystemRandomNumberGenerator()
        let session = FileSession(path: folder.file("me"))
        var steps: Int64 = 0
        var kills = 0
        for round in 0..<160 {
            let writer = try await SessionWriter.run(
                "write",
                session.path,
                "\(keySize)",
                killedAfter: UInt32.random(in: 0...12_000, using: &random),
                // Some die while they open it.
                opening: round % 8 == 7
            )
            try #require(writer.status == nil, "\(writer.lines)")
            kills += 1
            let content = try await session.open()
            let step = content.takeoutID ?? 0
            let reported =
                writer.lines.compactMap { $0.split(separator: " ").last.flatMap { Int64($0) } }.max() ?? steps
            #expect(step >= max(steps, reported))
            try expectState(content, step, keySize)
            try await expectPeers(session, Array(max(1, step - 100)...max(1, step)).filter { $0 <= step })
            try await session.close()
            #expect(Set(folder.files) == ["me.session"])
            steps = step
        }
        _ = try await session.open()
        try await expectPeers(session, Array(1...max(1, steps)))
        #expect(kills == 160)
        // Otherwise nothing has been tested.
        #expect(steps > 160)
    }

    private func expectState(_ content: SessionContent, _ step: Int64, _ keySize: Int) throws {
        guard step > 0 else { return }
        let hasKey = content.authKeys == [2: [UInt8](repeating: UInt8(truncatingIfNeeded: step), count: keySize)]
        #expect(hasKey)
        #expect(content.updateState?.pts == Int32(step))
        var channels: [Int64: Int32] = [:]
        for earlier in max(1, step - 49)...step { channels[earlier % 50 + 1] = Int32(earlier) }
        #expect(content.channelStates == channels)
    }

    private func expectPeers(_ session: FileSession, _ steps: [Int64]) async throws {
        var missing: [Int64] = []
        for step in steps {
            for index in 0..<(step % 7 + 1) {
                let peer = try session.peer(.user(step * 10 + index))
                if peer?.accessHash != step || peer?.name != "peer of step \(step)" { missing.append(step) }
            }
        }
        #expect(missing.isEmpty)
    }
}
