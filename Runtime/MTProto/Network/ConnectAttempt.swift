/// One socket on its way to one address. It closes the socket unless it hands it on.
///
/// Lives on the thread of its loop.
final class ConnectAttempt: EventHandler {
    let address: SocketAddress
    private let loop: EventLoop
    private var descriptor: Int32?
    private var key: UInt64?
    /// Told once, and not from within ``start(from:)``.
    private var onDecided: ((ConnectAttempt, Result<Int32, MTProtoError>) -> Void)?

    init(
        to address: SocketAddress,
        loop: EventLoop,
        onDecided: @escaping (ConnectAttempt, Result<Int32, MTProtoError>) -> Void
    ) {
        self.address = address
        self.loop = loop
        self.onDecided = onDecided
    }

    deinit {
        // Its owner, which lives on the loop, has cancelled it or heard the outcome; a descriptor here would be a leak.
        assert(descriptor == nil, "an attempt to connect was dropped while it was under way")
    }

    /// Begins. What fails at once is thrown, the rest is told.
    func start(from localAddress: SocketAddress?) throws(MTProtoError) {
        if let localAddress, localAddress.family != address.family {
            throw failure("it cannot be reached from '\(localAddress.host)'")
        }
        do throws(MTProtoError) {
            let socket = try open(from: localAddress)
            // A socket that is connected already is writable, so that it is told in the next turn.
            let key = try loop.register(socket, self)
            self.key = key
            try loop.setInterest(.write, for: key)
        } catch {
            cancel()
            throw error
        }
    }

    private func open(from localAddress: SocketAddress?) throws(MTProtoError) -> Int32 {
        do throws(ErrorNumber) {
            let socket = try Socket.make(address.family)
            descriptor = socket
            Socket.configure(socket)
            if let localAddress { try Socket.bind(socket, to: localAddress) }
            try Socket.connect(socket, to: address)
            return socket
        } catch {
            throw failure(localAddress.map { "\(error), coming from '\($0)'" } ?? "\(error)")
        }
    }

    /// Closes the socket; nothing is told any more.
    func cancel() {
        onDecided = nil
        if let socket = release() { Socket.close(socket) }
    }

    func ready(_ readiness: Readiness) {
        guard let socket = descriptor else { return }
        if let error = Socket.pendingError(socket) {
            decide(.failure(failure("\(error)")))
        } else if address.port != 0, Socket.localAddress(socket) == address {
            // When nobody listens on a port that the system hands out for outgoing connections, it can happen to hand
            // out the very same, and a socket that connects to itself succeeds.
            decide(.failure(failure("\(ErrorNumber.connectionRefused)")))
        } else {
            decide(.success(socket))
        }
    }

    func loopStopped() { decide(.failure(EventLoop.stoppedError)) }

    private func decide(_ result: Result<Int32, MTProtoError>) {
        let onDecided = onDecided
        self.onDecided = nil
        let socket = release()
        if case .failure = result, let socket { Socket.close(socket) }
        onDecided?(self, result)
    }

    /// Gives the socket away, unknown to the loop.
    private func release() -> Int32? {
        if let key { loop.deregister(key) }
        key = nil
        return descriptor.take()
    }

    private func failure(_ reason: String) -> MTProtoError { MTProtoError(.cannotConnect, "\(address): \(reason)") }
}
