/// A TCP connection. Bytes that come are handed out as they come, bytes to send are collected until the end of the
/// turn.
///
/// `@unchecked Sendable`: `loop` and `remoteAddress` are constants, and everything else is touched only on the loop's
/// thread, which every method and accessor checks; `deinit` runs when nobody else can touch anything.
///
/// The loop does not keep a channel alive: its owner does, and a channel without owner closes itself. The callbacks are
/// dropped when the channel is closed, so an owner that they refer to is free then.
package final class SocketChannel: @unchecked Sendable {
    /// ``onDrained`` is called when the queue gets down to this many bytes after it was above it. Who writes much
    /// should stop above it until then.
    package static let lowWaterMark = 64 << 10
    /// The most that is sent in one turn, so that a fast reader does not keep the loop to itself.
    private static let sentPerTurn = 1 << 20

    private enum State {
        case idle
        case started(key: UInt64)
        case closed
    }

    private struct Callbacks {
        var onBytes: ((sending UnsafeRawBufferPointer) -> Void)?
        var onClosed: ((MTProtoError?) -> Void)?
        var onDrained: (() -> Void)?
    }

    package let loop: EventLoop
    package let remoteAddress: SocketAddress
    private let descriptor: Int32
    private var state = State.idle
    private var callbacks = Callbacks()
    private var output = OutputQueue()
    private var written = 0
    private var interest = Readiness()
    private var isReadingPaused = false
    private var isFlushScheduled = false
    /// The queue has been above the mark, and the owner has not been told that it is below again.
    private var owesDrained = false
    private var isFinishing = false

    /// Takes over a connected socket that does not wait. The caller calls ``start()`` on the loop.
    package init(descriptor: Int32, remoteAddress: SocketAddress, loop: EventLoop) {
        self.descriptor = descriptor
        self.remoteAddress = remoteAddress
        self.loop = loop
    }

    deinit {
        switch state {
        case .closed: break
        case .idle: Socket.close(descriptor)
        case .started(let key):
            let descriptor = descriptor
            if loop.isCurrent {
                loop.deregister(key)
                Socket.close(descriptor)
            } else {
                loop.execute { [loop] in
                    loop.deregister(key)
                    Socket.close(descriptor)
                }
            }
        }
    }

    /// Gets bytes as they come. The memory is the loop's: it is only there during the call.
    package var onBytes: ((sending UnsafeRawBufferPointer) -> Void)? {
        get { confined(callbacks.onBytes) }
        set { setCallback { $0.onBytes = newValue } }
    }

    /// Told once when the connection is over and not by the owner's wish; `nil` means that the peer ended it in order.
    /// It is the last call, and the channel is closed by then.
    package var onClosed: ((MTProtoError?) -> Void)? {
        get { confined(callbacks.onClosed) }
        set { setCallback { $0.onClosed = newValue } }
    }

    /// Told when the queue is short again; see ``lowWaterMark``.
    package var onDrained: (() -> Void)? {
        get { confined(callbacks.onDrained) }
        set { setCallback { $0.onDrained = newValue } }
    }

    private func confined<Value>(_ value: @autoclosure () -> Value) -> Value {
        loop.preconditionCurrent()
        return value()
    }

    private func setCallback(_ change: (inout Callbacks) -> Void) {
        loop.preconditionCurrent()
        if case .closed = state { return }
        change(&callbacks)
    }
}

// MARK: - What the owner asks for

extension SocketChannel {
    /// Begins to read, and to send what has been written already.
    package func start() {
        loop.preconditionCurrent()
        guard case .idle = state else { return }
        do {
            state = .started(key: try loop.register(descriptor, self))
            if !output.isEmpty || isFinishing { scheduleFlush() }
            try updateInterest()
        } catch {
            fail(later: error)
        }
    }

    package var isClosed: Bool {
        loop.preconditionCurrent()
        if case .closed = state { return true }
        return false
    }

    /// How many bytes have been written and not yet been taken by the system.
    package var bufferedByteCount: Int { confined(output.byteCount) }

    /// How many bytes have been written in all.
    package var writtenByteCount: Int { confined(written) }

    /// How many of them the system at the other end of the connection, be it a proxy, has confirmed; all of them when
    /// the connection is closed. Asks the system.
    package var deliveredByteCount: Int {
        isClosed ? written : written - output.byteCount - Socket.unconfirmedByteCount(descriptor)
    }

    /// The address of this end; `nil` when the connection is closed.
    package var localAddress: SocketAddress? { isClosed ? nil : Socket.localAddress(descriptor) }

    /// Queues bytes; they leave at the end of the turn. On a channel that is closed or finishing this does nothing.
    package func write(_ bytes: [UInt8]) {
        loop.preconditionCurrent()
        if case .closed = state { return }
        guard !isFinishing else { return }
        output.append(bytes)
        written += bytes.count
        if output.byteCount > Self.lowWaterMark { owesDrained = true }
        scheduleFlush()
    }

    /// Sends what is queued and then tells the peer that nothing more comes; reading goes on.
    package func finishWriting() {
        loop.preconditionCurrent()
        if case .closed = state { return }
        isFinishing = true
        scheduleFlush()
    }

    /// Stops handing out bytes, so that the peer has to wait once the system's buffers are full. The end of the
    /// connection is not noticed meanwhile.
    package func pauseReading() { setReadingPaused(true) }

    /// Goes on after ``pauseReading()``.
    package func resumeReading() { setReadingPaused(false) }

    /// Sends what the system takes at once, and ends the connection. No callback comes any more. Again, it does
    /// nothing.
    package func close() {
        loop.preconditionCurrent()
        callbacks = Callbacks()
        flush()
        tearDown()
    }

    /// Breaks the connection: the peer gets an error, and may lose bytes that it has not read yet.
    package func reset() {
        loop.preconditionCurrent()
        if case .closed = state { return }
        Socket.resetOnClose(descriptor)
        tearDown()
    }

    private func setReadingPaused(_ isPaused: Bool) {
        loop.preconditionCurrent()
        guard isReadingPaused != isPaused else { return }
        isReadingPaused = isPaused
        refreshInterest()
    }
}

// MARK: - Events

extension SocketChannel: EventHandler {
    func ready(_ readiness: Readiness) {
        // Reading first: what a peer has sent before it closed must not get lost because writing fails.
        if readiness.contains(.read), interest.contains(.read) { readOnce() }
        if readiness.contains(.write), interest.contains(.write) { flush() }
    }

    func loopStopped() { end(EventLoop.stoppedError) }

    /// One call per event: when there is more the poller tells again, after all others had their turn.
    private func readOnce() {
        let buffer = loop.readBuffer
        switch Socket.receive(descriptor, into: buffer) {
        case .done(0): end(nil)
        case .done(let count):
            // It can be handed to whoever lives on this loop: nothing else touches the buffer during the call.
            nonisolated(unsafe) let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            callbacks.onBytes?(bytes)
        case .wouldBlock: break
        case .failed(let error): end(broken(error))
        }
    }

    private func scheduleFlush() {
        // A full socket tells when there is room.
        guard !isFlushScheduled, !interest.contains(.write), case .started = state else { return }
        isFlushScheduled = true
        loop.atEndOfTick { [self] in
            isFlushScheduled = false
            flush()
        }
    }

    private func flush() {
        guard case .started = state else { return }
        var remaining = Self.sentPerTurn
        while remaining > 0, let outcome = output.withFirst({ Socket.send(descriptor, $0) }) {
            switch outcome {
            case .done(let count):
                output.consume(count)
                remaining -= count
            case .wouldBlock: remaining = 0
            case .failed(let error):
                end(broken(error))
                return
            }
        }
        if isFinishing, output.isEmpty { Socket.finishWriting(descriptor) }
        refreshInterest()
        if owesDrained, output.byteCount <= Self.lowWaterMark {
            owesDrained = false
            callbacks.onDrained?()
        }
    }

    private func refreshInterest() {
        do { try updateInterest() } catch { fail(later: error) }
    }

    private func updateInterest() throws(MTProtoError) {
        guard case .started(let key) = state else { return }
        var wanted = Readiness()
        if !isReadingPaused { wanted.insert(.read) }
        if !output.isEmpty, !isFlushScheduled { wanted.insert(.write) }
        guard wanted != interest else { return }
        try loop.setInterest(wanted, for: key)
        interest = wanted
    }

    private func broken(_ error: ErrorNumber) -> MTProtoError {
        MTProtoError(.connectionLost, "the connection to '\(remoteAddress)' broke: \(error)")
    }

    /// For failures inside a call of the owner, who does not expect to be called back from it.
    private func fail(later error: MTProtoError) {
        loop.execute { [weak self] in self?.end(error) }
    }

    private func end(_ error: MTProtoError?) {
        if case .closed = state { return }
        let onClosed = callbacks.onClosed
        tearDown()
        onClosed?(error)
    }

    private func tearDown() {
        switch state {
        case .closed: return
        case .idle: break
        case .started(let key): loop.deregister(key)
        }
        state = .closed
        interest = []
        Socket.close(descriptor)
        output.removeAll()
        callbacks = Callbacks()
    }
}
