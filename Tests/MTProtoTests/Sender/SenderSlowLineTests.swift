import MTProtoCrypto
import TLRuntime
import Testing

@testable import MTProto

/// Lines that are slow, and lines that are dead, told apart by a clock that only the tests move.
@Suite(.timeLimit(.minutes(10)))
struct SenderSlowLineTests {
    private static let chunk = 1 << 19

    private func invoke(_ numbers: Range<UInt32>, on sender: Sender) async -> [Task<[UInt8], any Error>] {
        let tasks = numbers.map { number in
            Task {
                let body = ScriptedServer.echo(number, count: Self.chunk)
                return try await sender.invoke(body, name: "echo", options: RequestOptions(isRepeatable: true))
            }
        }
        while await sender.requestCount < numbers.count { await Task.yield() }
        return tasks
    }

    /// Waits for something that happens on a connection, but not for its return when it is lost.
    private func wait(for sender: Sender, until isReached: (isolated Sender) -> Bool) async {
        while sender.state == .connected, await !isReached(sender) { await Task.yield() }
    }

    @Test func connectionThatTakesNothingMoreIsMadeAgain() async throws {
        let clock = SenderTesting.Clock()
        try await SenderFixture.run(configure: {
            $0.time = clock
            $0.session.compressionThreshold = .max
        }) { sender, server in
            await server.setReading(.paused, on: 1)
            // Far more than the buffers of the system hold.
            let tasks = await invoke(0..<32, on: sender)
            var steps = 0
            while server.acceptedCount == 1, steps < 20 {
                let isConnected = sender.state == .connected
                steps += isConnected ? 1 : 0
                // The wait before the next attempt has to pass, too.
                clock.advance(by: isConnected ? .seconds(11) : .milliseconds(5))
                // Once for the clock, and once for what is sent then.
                for _ in 0..<2 { _ = await sender.requestCount }
                await Task.yield()
            }
            #expect(steps < 20, "the connection is still taken for a good one")
            for task in tasks { task.cancel() }
            await server.setReading(.normal, on: 1)
        }
    }

    @Test func slowUploadIsNoDeadConnection() async throws {
        let clock = SenderTesting.Clock()
        let isSilent = Locked(false)
        try await SenderFixture.run(
            // An answer to anything, be it a ping, would be a sign of life of its own.
            script: { _ in isSilent.withLock { $0 } ? [.bytes([])] : [] },
            configure: {
                $0.time = clock
                $0.session.compressionThreshold = .max
            }
        ) { sender, server in
            isSilent.withLock { $0 = true }
            await server.setReading(.paused, on: 1)
            let tasks = await invoke(0..<32, on: sender)
            for _ in 0..<6 {
                let before = await sender.deliveredByteCount
                while sender.state == .connected, await sender.deliveredByteCount == before {
                    await server.setReading(.onePacket, on: 1)
                    await Task.yield()
                }
                clock.advance(by: .seconds(6))
                for _ in 0..<2 { _ = await sender.requestCount }
            }
            #expect(sender.state == .connected)
            #expect(server.acceptedCount == 1)
            for task in tasks { task.cancel() }
            await server.setReading(.normal, on: 1)
        }
    }

    @Test func slowDownloadIsNoDeadConnection() async throws {
        let clock = SenderTesting.Clock()
        let pings = Locked(0)
        try await SenderFixture.run(
            script: { message in
                guard message.constructor == MTP.PingDelayDisconnect.id else { return [] }
                let number = pings.withLock { count in
                    count += 1
                    return count
                }
                // Instead of the second pong: the beginning of a frame.
                return number == 2 ? [.bytes([0, 0, 8, 0, 7])] : []
            },
            configure: { $0.time = clock }
        ) { sender, server in
            clock.advance(by: .seconds(61))
            await wait(for: sender) { $0.partialFrameByteCount > 0 }
            for step in 1...6 {
                server.send([.bytes([UInt8](repeating: 7, count: 20_000))], on: 1)
                await wait(for: sender) { $0.partialFrameByteCount >= step * 20_000 }
                clock.advance(by: .seconds(6))
                for _ in 0..<2 { _ = await sender.requestCount }
                #expect(sender.state == .connected, "after \(step * 6) s")
            }
            let states = sender.states
            clock.advance(by: .seconds(6))
            let isGivenUp = await states.first { $0 == .connected ? nil : true }
            #expect(isGivenUp == true)
        }
    }
}

extension Sender {
    fileprivate var deliveredByteCount: Int { connection?.channel.deliveredByteCount ?? 0 }
    fileprivate var partialFrameByteCount: Int { connection?.pipeline.partialFrameByteCount ?? 0 }
}
