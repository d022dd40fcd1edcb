import MTProto

/// One connection through a proxy: first the dialogue with the client, then bytes both ways.
///
/// It lives on the loop of the client's channel, and connects to the destination on the same loop.
actor ProxyRelay {
    /// When this much waits for one side, the other is not read.
    private static let highWaterMark = 1 << 20
    /// More than any request of a client.
    private static let maximumRequest = 64 << 10

    nonisolated let loop: EventLoop
    private let client: SocketChannel
    private var upstream: SocketChannel?
    private var handshake: any ProxyServerHandshake
    /// What came from the client and has not been passed on.
    private var input = ByteQueue()
    private var connecting: Task<Void, Never>?
    private var isConnecting = false
    private var onEnd: ((ProxyRelay) -> Void)?
    private var onBacklog: ((Int) -> Void)?
    private var isClosed = false

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(client: SocketChannel, handshake: any ProxyServerHandshake) {
        loop = client.loop
        self.client = client
        self.handshake = handshake
    }

    /// Begins to read. `onEnd` is called once when the connection is over, `onBacklog` whenever one side is not read
    /// any more because so many bytes wait for the other.
    func start(onEnd: @escaping (ProxyRelay) -> Void, onBacklog: @escaping (Int) -> Void) {
        self.onEnd = onEnd
        self.onBacklog = onBacklog
        client.onBytes = { [weak self] bytes in self?.assumeIsolated { $0.receivedRequest(bytes) } }
        client.onClosed = { [weak self] _ in self?.assumeIsolated { $0.close() } }
        client.start()
    }

    /// Closes both sides; again, it does nothing.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        connecting?.cancel()
        client.close()
        upstream?.close()
        // An attempt to connect ends by itself now, and then tells the owner.
        if !isConnecting { end() }
    }

    private func end() {
        onEnd?(self)
        onEnd = nil
    }

    /// Closes both sides and waits for the attempt to connect, if there is one.
    func finish() async {
        close()
        await connecting?.value
    }

    // MARK: - The dialogue

    private func receivedRequest(_ bytes: UnsafeRawBufferPointer) {
        input.append(bytes)
        // A client that hurries sends the stream's first bytes with its request.
        if connecting == nil { advance() }
        if upstream == nil, input.count > Self.maximumRequest { client.pauseReading() }
    }

    private func advance() {
        while !isClosed {
            guard let step = try? handshake.received(&input) else { return close() }
            switch step {
            case .needsMore:
                return input.count > Self.maximumRequest ? close() : ()
            case .send(let bytes):
                client.write(bytes)
            case .refuse(let bytes):
                client.write(bytes)
                return drainAndClose(client)
            case .connect(let destination):
                isConnecting = true
                connecting = Task { await connect(to: destination) }
                return
            }
        }
    }

    private func connect(to destination: Endpoint) async {
        let channel = try? await Connector.connect(to: destination, loop: loop)
        isConnecting = false
        guard !isClosed else {
            channel?.close()
            return end()
        }
        guard let channel else {
            client.write(handshake.unreachable())
            return drainAndClose(client)
        }
        upstream = channel
        client.write(handshake.accepted())
        channel.write(input.consumeAll())
        pass(from: client, to: channel)
        pass(from: channel, to: client)
        channel.start()
        client.resumeReading()
    }

    // MARK: - The stream

    private func pass(from source: SocketChannel, to target: SocketChannel) {
        source.onBytes = { [weak source, weak target, onBacklog] bytes in
            guard let target else { return }
            target.write(Array(bytes))
            guard target.bufferedByteCount > Self.highWaterMark else { return }
            source?.pauseReading()
            onBacklog?(target.bufferedByteCount)
        }
        target.onDrained = { [weak source] in source?.resumeReading() }
        source.onClosed = { [weak self, weak target] error in
            self?.assumeIsolated { relay in
                guard let target, error == nil else { return relay.close() }
                relay.drainAndClose(target)
            }
        }
    }

    /// Sends what waits and says that nothing more comes. The peer answers by closing as well; what it sends until then
    /// has no reader any more.
    private func drainAndClose(_ channel: SocketChannel) {
        channel.onBytes = { _ in }
        channel.onClosed = { [weak self] _ in self?.assumeIsolated { $0.close() } }
        channel.resumeReading()
        channel.finishWriting()
    }
}
