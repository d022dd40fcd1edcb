import MTProto
import MTProtoCrypto

/// Sends back whatever comes.
final class EchoServer: Sendable {
    private let listener: SocketListener
    private let channels: ChannelKeeper

    var port: UInt16 { listener.port }

    init() throws {
        let channels = ChannelKeeper()
        self.channels = channels
        listener = try SocketListener.bind(loops: .shared) { channel in
            channels.keep(channel)
            channel.onBytes = { [weak channel] bytes in channel?.write(Array(bytes)) }
            channel.start()
        }
    }

    func stop() async {
        await listener.close()
        await channels.closeAll()
    }
}

/// Sends many bytes to everybody who connects, as fast as they are taken.
final class FloodServer: Sendable {
    private static let piece = [UInt8](repeating: 0x55, count: 64 << 10)

    private let listener: SocketListener
    private let channels: ChannelKeeper

    var port: UInt16 { listener.port }

    init(byteCount: Int, closes: Bool = false) throws {
        let channels = ChannelKeeper()
        self.channels = channels
        listener = try SocketListener.bind(loops: .shared) { channel in
            channels.keep(channel)
            Self.flood(channel, left: byteCount, closes: closes)
            channel.start()
        }
    }

    /// Writes until the queue is long, and again when it is short.
    private static func flood(_ channel: SocketChannel, left: Int, closes: Bool) {
        var left = left
        let write = { [weak channel] in
            while let channel, left > 0, channel.bufferedByteCount <= SocketChannel.lowWaterMark {
                let count = min(left, piece.count)
                channel.write(Array(piece.prefix(count)))
                left -= count
            }
            if left == 0, closes { channel?.finishWriting() }
        }
        channel.onDrained = write
        write()
    }

    func stop() async {
        await listener.close()
        await channels.closeAll()
    }
}

/// Keeps the channels of a server until it stops.
final class ChannelKeeper: Sendable {
    private let channels = Locked<[SocketChannel]>([])

    func keep(_ channel: SocketChannel) { channels.withLock { $0.append(channel) } }

    func closeAll() async {
        let channels = channels.withLock { channels in
            defer { channels = [] }
            return channels
        }
        for channel in channels {
            await withCheckedContinuation { continuation in
                channel.loop.execute {
                    channel.close()
                    continuation.resume()
                }
            }
        }
    }
}

/// A client that connects through a proxy, sends bytes and collects what comes back.
actor ProxiedConnection {
    nonisolated let loop = EventLoopGroup.shared.next()
    private let proxy: Endpoint
    private let sending: [UInt8]
    private let expected: Int
    private var handshake: (any StreamHandshake)?
    private var channel: SocketChannel?
    private var input = ByteQueue()
    private var failure: MTProtoError?
    private var waiter: CheckedContinuation<Void, Never>?
    private var pausesAtOnce = false

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// Expects as many bytes as are sent unless told otherwise.
    init(_ configuration: ProxyConfiguration, _ destination: Endpoint, sending: [UInt8], expecting: Int? = nil) throws {
        proxy = configuration.endpoint
        handshake = try ProxyHandshake.make(for: configuration, destination: destination)
        self.sending = sending
        expected = expecting ?? sending.count
    }

    /// What came, once it is all there.
    func received() async throws -> [UInt8] {
        try await waitForBytes(expected)
        return input.prefix(input.count)
    }

    func waitForBytes(_ count: Int) async throws {
        if channel == nil { try await connect() }
        while handshake != nil || input.count < count {
            if let failure { throw failure }
            await withCheckedContinuation { waiter = $0 }
        }
    }

    func pauseAfterFirstBytes() async throws {
        pausesAtOnce = true
        try await waitForBytes(1)
    }

    func resume() { channel?.resumeReading() }

    func close() { channel?.close() }

    private func connect() async throws {
        let channel = try await Connector.connect(to: proxy, loop: loop)
        self.channel = channel
        channel.onBytes = { [weak self] bytes in self?.assumeIsolated { $0.take(bytes) } }
        channel.onClosed = { [weak self] error in
            self?.assumeIsolated { $0.fail(error ?? MTProtoError(.connectionLost, "the other side closed")) }
        }
        channel.write(handshake?.start() ?? [])
        channel.start()
    }

    private func take(_ bytes: UnsafeRawBufferPointer) {
        input.append(bytes)
        do throws(MTProtoError) {
            try advance()
        } catch {
            fail(error)
        }
        if handshake == nil, pausesAtOnce, !input.isEmpty {
            pausesAtOnce = false
            channel?.pauseReading()
        }
        wake()
    }

    private func advance() throws(MTProtoError) {
        while let progress = try handshake?.received(&input) {
            switch progress {
            case .needsMore: return
            case .send(let bytes): channel?.write(bytes)
            case .finished(let bytes):
                handshake = nil
                channel?.write(bytes + sending)
            }
        }
    }

    private func fail(_ error: MTProtoError) {
        failure = failure ?? error
        wake()
    }

    private func wake() {
        waiter?.resume()
        waiter = nil
    }
}
