#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Accepts TCP connections and deals them out to the loops of a group.
///
/// `@unchecked Sendable`: `key`, `retryTimer` and `isClosed` are touched only on the loop's thread, which every method
/// that does so checks; everything else is constant; `deinit` runs when nobody else can touch anything.
///
/// It accepts as long as it is kept, and until `close()`.
package final class SocketListener: @unchecked Sendable {
    /// How many connections are accepted in one turn.
    private static let acceptedPerTurn = 64
    /// How long to wait for descriptors or memory to become free.
    private static let retryDelay = Duration.milliseconds(50)

    /// Where it listens, with the port that the system has chosen if it was left to it.
    package let address: SocketAddress
    private let descriptor: Int32
    private let loop: EventLoop
    private let loops: EventLoopGroup
    private let onAccept: @Sendable (SocketChannel) -> Void
    private var key: UInt64?
    private var retryTimer: LoopTimer?
    private var isClosed = false

    /// The port it listens on.
    package var port: UInt16 { address.port }

    private init(
        descriptor: Int32,
        address: SocketAddress,
        loops: EventLoopGroup,
        onAccept: @escaping @Sendable (SocketChannel) -> Void
    ) {
        self.descriptor = descriptor
        self.address = address
        self.loops = loops
        self.onAccept = onAccept
        loop = loops.next()
    }

    deinit {
        guard !isClosed else { return }
        loop.execute { [loop, key, descriptor] in
            if let key { loop.deregister(key) }
            Socket.close(descriptor)
        }
    }

    /// Listens on a numeric address; port 0 lets the system choose one. From then on connections are accepted, and each
    /// is handed to `onAccept` on the thread of its loop: set callbacks and call `start()`, and keep it, or it closes.
    package static func bind(
        host: String = "127.0.0.1",
        port: UInt16 = 0,
        loops: EventLoopGroup,
        onAccept: @escaping @Sendable (SocketChannel) -> Void
    ) throws(MTProtoError) -> SocketListener {
        guard let wanted = SocketAddress(host: host, port: port) else {
            throw MTProtoError(.cannotConnect, "cannot listen on '\(host)': it is not an IP address")
        }
        let (descriptor, address) = try listeningSocket(wanted)
        let listener = SocketListener(descriptor: descriptor, address: address, loops: loops, onAccept: onAccept)
        listener.loop.execute { [weak listener] in listener?.start() }
        return listener
    }

    private static func listeningSocket(
        _ wanted: SocketAddress
    ) throws(MTProtoError) -> (Int32, SocketAddress) {
        var opened: Int32?
        do throws(ErrorNumber) {
            let descriptor = try Socket.make(wanted.family)
            opened = descriptor
            // A server that starts again must get its port back while old connections linger.
            Socket.setOption(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
            if wanted.family == .ipv6 { Socket.setOption(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 1) }
            try Socket.bind(descriptor, to: wanted)
            try Socket.listen(descriptor)
            guard let address = Socket.localAddress(descriptor) else { throw .last }
            return (descriptor, address)
        } catch {
            if let opened { Socket.close(opened) }
            throw MTProtoError(.cannotConnect, "cannot listen on '\(wanted)': \(error)")
        }
    }

    private func start() {
        guard !isClosed else { return }
        do throws(MTProtoError) {
            let key = try loop.register(descriptor, self)
            self.key = key
            try loop.setInterest(.read, for: key)
        } catch {
            // The loop was shut down, or the system is out of memory; those who connect see it closed.
            tearDown()
        }
    }

    /// Stops accepting and closes the socket; connections that were accepted stay. Again, it does nothing.
    package func close() async {
        await withCheckedContinuation { continuation in
            loop.execute { [self] in
                tearDown()
                continuation.resume()
            }
        }
    }

    private func tearDown() {
        loop.preconditionCurrent()
        guard !isClosed else { return }
        isClosed = true
        retryTimer?.cancel()
        if let key { loop.deregister(key) }
        Socket.close(descriptor)
    }
}

extension SocketListener: EventHandler {
    func ready(_ readiness: Readiness) {
        for _ in 0..<Self.acceptedPerTurn where !isClosed {
            switch Socket.accept(descriptor) {
            case .done(let (connection, peer)): hand(connection, from: peer)
            case .wouldBlock: return
            // What happened to a connection while it waited is of no interest to the others.
            case .failed(let error) where [ECONNABORTED, EPROTO, EINTR].contains(error.value): continue
            case .failed:
                pause()
                return
            }
        }
    }

    func loopStopped() { tearDown() }

    private func hand(_ connection: Int32, from peer: SocketAddress) {
        Socket.configure(connection)
        let channel = SocketChannel(descriptor: connection, remoteAddress: peer, loop: loops.next())
        channel.loop.execute { [onAccept] in onAccept(channel) }
    }

    /// Without descriptors or memory the connection stays in the queue, and the poller would tell of it over and over.
    private func pause() {
        guard let key else { return }
        // Leaving the poller does not fail.
        try? loop.setInterest([], for: key)
        retryTimer = loop.schedule(after: Self.retryDelay) { [weak self] in
            guard let self, !isClosed else { return }
            do { try loop.setInterest(.read, for: key) } catch { pause() }
        }
    }
}
