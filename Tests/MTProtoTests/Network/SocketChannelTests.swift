import MTProto
import MTProtoCrypto
import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension NetworkTests {
    /// Sends a pattern with back-pressure and compares what comes back.
    private final class EchoClient: @unchecked Sendable {
        // Confined to the channel's loop.
        let channel: SocketChannel
        let total: Int
        let done = Promise<Bool>()
        private let block = pattern(256 << 10)
        private var sent = 0
        private var received = 0
        private(set) var largestQueue = 0

        init(_ channel: SocketChannel, total: Int) {
            self.channel = channel
            self.total = total
        }

        func start() {
            channel.onBytes = { [weak self] in self?.check($0) }
            channel.onDrained = { [weak self] in self?.send() }
            channel.onClosed = { [weak self] _ in self?.done.keep(false) }
            channel.start()
            send()
        }

        private func send() {
            while sent < total, channel.bufferedByteCount <= SocketChannel.lowWaterMark {
                channel.write(block)
                sent += block.count
                largestQueue = max(largestQueue, channel.bufferedByteCount)
            }
        }

        private func check(_ bytes: UnsafeRawBufferPointer) {
            var offset = 0
            while offset < bytes.count {
                let start = (received + offset) % block.count
                let count = min(bytes.count - offset, block.count - start)
                let isEqual = block.withUnsafeBytes { expected in
                    guard let left = expected.baseAddress, let right = bytes.baseAddress else { return false }
                    return memcmp(left + start, right + offset, count) == 0
                }
                guard isEqual else {
                    done.keep(false)
                    channel.close()
                    return
                }
                offset += count
            }
            received += bytes.count
            if received == total { done.keep(true) }
        }
    }

    /// Sends everything back, and reads only while the way back is free.
    @Sendable private static func echo(_ channel: SocketChannel) {
        channel.onBytes = { [weak channel] bytes in
            guard let channel else { return }
            channel.write([UInt8](bytes))
            if channel.bufferedByteCount > SocketChannel.lowWaterMark { channel.pauseReading() }
        }
        channel.onDrained = { [weak channel] in channel?.resumeReading() }
        channel.start()
    }

    @Suite struct SocketChannelTests {
        @Test(arguments: [1, 2])
        func hundredMegabytesGoBothWaysInBoundedMemory(threads: Int) async throws {
            try await withLoops(threads) { group in
                let pair = try await ChannelPair.make(group)
                pair.server.loop.execute { NetworkTests.echo(pair.server) }
                let client = EchoClient(pair.client, total: 400 * (256 << 10))
                pair.client.loop.execute { client.start() }
                #expect(await client.done.value)
                #expect(client.largestQueue <= SocketChannel.lowWaterMark + (256 << 10))
            }
        }

        @Test func onlyWhatThePeerHasTakenCountsAsDelivered() async throws {
            try await withLoops { group in
                let pair = try await ChannelPair.make(group)
                let total = 64 << 20
                let start = await pair.client.loop.run {
                    pair.client.start()
                    pair.client.write([UInt8](repeating: 1, count: total))
                    return (pair.client.writtenByteCount, pair.client.deliveredByteCount)
                }
                #expect(start == (total, 0))
                // The other side does not read, and its buffers are not so large.
                let isOnItsWay = await pair.client.loop.run { pair.client.deliveredByteCount < total }
                #expect(isOnItsWay)
                await pair.server.loop.run { pair.server.start() }
                while await pair.client.loop.run({ pair.client.deliveredByteCount }) < total { await Task.yield() }
                await pair.client.loop.run { pair.client.close() }
                await pair.server.loop.run { pair.server.close() }
            }
        }

        @Test func aThousandConnectionsAtOnce() async throws {
            try await withLoops(2) { group in
                let kept = Locked<[SocketChannel]>([])
                let listener = try SocketListener.bind(loops: group) { channel in
                    kept.withLock { $0.append(channel) }
                    NetworkTests.echo(channel)
                }
                let endpoint = Endpoint(host: "127.0.0.1", port: listener.port)
                var clients: [SocketChannel] = []
                try await withThrowingTaskGroup(of: SocketChannel.self) { tasks in
                    for _ in 0..<1_000 {
                        tasks.addTask { try await Connector.connect(to: endpoint, loop: group.next()) }
                    }
                    for try await channel in tasks { clients.append(channel) }
                }
                #expect(clients.count == 1_000)
                let answers = clients.enumerated().map { number, client in
                    let answer = Promise<[UInt8]>()
                    let question = pattern(10, seed: number)
                    client.loop.execute {
                        client.onBytes = { answer.keep([UInt8]($0)) }
                        client.start()
                        client.write(question)
                    }
                    return (question, answer)
                }
                for (question, answer) in answers { #expect(await answer.value == question) }
                #expect(kept.withLock { $0.count } == 1_000)
                await listener.close()
            }
        }

        @Test func aPeerThatClosesEndsTheConnectionInOrder() async throws {
            try await withLoops(2) { group in
                let pair = try await ChannelPair.make(group)
                let seen = Record<String>()
                let closed = Promise<MTProtoError?>()
                await pair.client.loop.run {
                    pair.client.onBytes = { seen.append(String(decoding: $0, as: UTF8.self)) }
                    pair.client.onClosed = {
                        #expect(pair.client.isClosed)
                        seen.append("closed")
                        closed.keep($0)
                    }
                    pair.client.start()
                }
                pair.server.loop.execute {
                    pair.server.start()
                    pair.server.write(Array("good".utf8))
                    pair.server.write(Array("bye".utf8))
                    pair.server.close()
                }
                #expect(await closed.value == nil)
                #expect(seen.all == ["goodbye", "closed"])
            }
        }

        @Test func aResetIsAnErrorThatNamesThePeer() async throws {
            try await withLoops(2) { group in
                let pair = try await ChannelPair.make(group)
                let closed = Promise<MTProtoError?>()
                await pair.client.loop.run {
                    pair.client.onClosed = { closed.keep($0) }
                    pair.client.start()
                }
                pair.server.loop.execute { pair.server.reset() }
                let error = try #require(await closed.value)
                #expect(error.code == .connectionLost)
                #expect(error.message.contains("'\(pair.client.remoteAddress)'"))
                #expect(error.message.contains("Connection reset by peer"))
            }
        }

        @Test func aPausedChannelNoticesTheResetWhenItWrites() async throws {
            try await withLoops { group in
                let pair = try await ChannelPair.make(group)
                let closed = Promise<MTProtoError?>()
                await pair.client.loop.run {
                    pair.client.onClosed = { closed.keep($0) }
                    pair.client.start()
                    pair.client.pauseReading()
                }
                await pair.server.loop.run { pair.server.reset() }
                @Sendable func write() {
                    guard !pair.client.isClosed else { return }
                    pair.client.write([1])
                    _ = pair.client.loop.schedule(after: .milliseconds(1)) { write() }
                }
                pair.client.loop.execute { write() }
                #expect(await closed.value?.code == .connectionLost)
            }
        }

        @Test func finishedWritingEndsThePeerAfterTheLastByte() async throws {
            try await withLoops(2) { group in
                let pair = try await ChannelPair.make(group)
                let received = Locked(0)
                let peerClosed = Promise<MTProtoError?>()
                let closed = Promise<MTProtoError?>()
                await pair.client.loop.run {
                    pair.client.onClosed = { closed.keep($0) }
                    pair.client.start()
                    pair.client.write([UInt8](repeating: 1, count: 5 << 20))
                    pair.client.finishWriting()
                    pair.client.write([1, 2, 3])
                }
                await pair.server.loop.run {
                    pair.server.onBytes = { bytes in received.withLock { $0 += bytes.count } }
                    pair.server.onClosed = { peerClosed.keep($0) }
                    pair.server.start()
                }
                #expect(await peerClosed.value == nil)
                #expect(received.withLock { $0 } == 5 << 20)
                #expect(await closed.value == nil)
            }
        }

        @Test func afterClosingNothingIsSentAndNobodyIsCalled() async throws {
            try await withLoops { group in
                let pair = try await ChannelPair.make(group)
                let received = Record<[UInt8]>()
                let calls = Record<String>()
                let peerClosed = Promise<MTProtoError?>()
                await pair.server.loop.run {
                    pair.server.onBytes = { received.append([UInt8]($0)) }
                    pair.server.onClosed = { peerClosed.keep($0) }
                    pair.server.start()
                    pair.server.write([9])
                }
                await pair.client.loop.run {
                    let client = pair.client
                    client.onBytes = { _ in calls.append("bytes") }
                    client.onClosed = { _ in calls.append("closed") }
                    client.onDrained = { calls.append("drained") }
                    client.start()
                    client.write([1, 2])
                    client.write([UInt8](repeating: 0, count: SocketChannel.lowWaterMark))
                    client.close()
                    client.close()
                    client.write([3])
                    client.finishWriting()
                    client.pauseReading()
                    client.resumeReading()
                    client.reset()
                    client.start()
                    client.onBytes = { _ in calls.append("late bytes") }
                    #expect(client.isClosed)
                    #expect(client.bufferedByteCount == 0)
                    #expect(client.onBytes == nil)
                    #expect(client.localAddress == nil)
                }
                _ = await peerClosed.value
                #expect(calls.all == [])
            }
        }

        @Test func closingInAHandlerIsFine() async throws {
            try await withLoops { group in
                let pair = try await ChannelPair.make(group)
                let peerClosed = Promise<MTProtoError?>()
                let calls = Record<Int>()
                await pair.client.loop.run {
                    pair.client.onBytes = { bytes in
                        calls.append(bytes.count)
                        pair.client.close()
                        calls.append(bytes.count)
                    }
                    pair.client.start()
                }
                await pair.server.loop.run {
                    pair.server.onClosed = { peerClosed.keep($0) }
                    pair.server.start()
                    pair.server.write([1, 2, 3])
                }
                #expect(await peerClosed.value == nil)
                #expect(calls.all == [3, 3])
            }
        }

        @Test func aPausedChannelHandsOutNothingUntilItIsResumed() async throws {
            try await withLoops { group in
                let pair = try await ChannelPair.make(group)
                let received = Record<Int>()
                let resumed = Promise<Bool>()
                await pair.client.loop.run {
                    pair.client.onBytes = {
                        received.append($0.count)
                        resumed.keep(true)
                    }
                    pair.client.start()
                    pair.client.pauseReading()
                }
                await pair.server.loop.run {
                    pair.server.start()
                    pair.server.write([1, 2, 3])
                }
                // The bytes are there by now, and many turns go by.
                for _ in 0..<50 { _ = await pair.client.loop.run { true } }
                #expect(received.all == [])
                await pair.client.loop.run { pair.client.resumeReading() }
                _ = await resumed.value
                #expect(received.all == [3])
            }
        }

        @Test func aBusyChannelLeavesRoomForOthers() async throws {
            try await withLoops { group in
                let busy = try await ChannelPair.make(group)
                let quiet = try await ChannelPair.make(group)
                let flood = [UInt8](repeating: 7, count: 4 << 20)
                busy.server.loop.execute { busy.server.start() }
                busy.client.loop.execute {
                    busy.client.onDrained = { busy.client.write(flood) }
                    busy.client.start()
                    busy.client.write(flood)
                }
                quiet.server.loop.execute { NetworkTests.echo(quiet.server) }
                for number in 0..<50 {
                    let answer = Promise<[UInt8]>()
                    quiet.client.loop.execute {
                        quiet.client.onBytes = { answer.keep([UInt8]($0)) }
                        quiet.client.start()
                        quiet.client.write([UInt8(number)])
                    }
                    #expect(await answer.value == [UInt8(number)])
                }
            }
        }

        @Test func aChannelWithoutOwnerCloses() async throws {
            try await withLoops(2) { group in
                let closed = Promise<MTProtoError?>()
                let kept = Locked<SocketChannel?>(nil)
                let listener = try SocketListener.bind(loops: group) { channel in
                    kept.withLock { $0 = channel }
                    channel.onClosed = { closed.keep($0) }
                    channel.start()
                }
                defer { withExtendedLifetime(listener) {} }
                weak var dropped: SocketChannel?
                do {
                    let client = try await Connector.connect(
                        to: Endpoint(host: "127.0.0.1", port: listener.port),
                        loop: group.next()
                    )
                    await client.loop.run {
                        client.onBytes = { _ in }
                        client.start()
                    }
                    dropped = client
                }
                #expect(await closed.value == nil)
                #expect(dropped == nil)
            }
        }

        @Test func aClosedChannelLetsGoOfItsOwner() async throws {
            final class Owner: Sendable {}
            try await withLoops { group in
                let pair = try await ChannelPair.make(group)
                let ended = Promise<Bool>()
                weak var released: Owner?
                do {
                    let owner = Owner()
                    released = owner
                    await pair.client.loop.run {
                        pair.client.onBytes = { _ in _ = owner }
                        pair.client.onDrained = { _ = owner }
                        pair.client.onClosed = { _ in
                            _ = owner
                            ended.keep(true)
                        }
                        pair.client.start()
                    }
                }
                #expect(released != nil)
                await pair.server.loop.run { pair.server.close() }
                _ = await ended.value
                _ = await pair.client.loop.run { true }
                #expect(released == nil)
            }
        }
    }
}
