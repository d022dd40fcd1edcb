/// Tries addresses one after the other without waiting long for any: the first that answers wins. This is the part of
/// "happy eyeballs" (<https://www.rfc-editor.org/rfc/rfc8305#section-5>) after the addresses are known.
///
/// `@unchecked Sendable`: all but the constants is touched only on the loop's thread, where every method has to be
/// called. The timer of the deadline keeps the race alive until it is decided.
final class ConnectionRace: @unchecked Sendable {
    private typealias Waiter = CheckedContinuation<SocketChannel, any Error>

    private let name: String
    private let loop: EventLoop
    private let options: ConnectOptions

    private var waiter: Waiter?
    private var outcome: Result<SocketChannel, any Error>?
    private var candidates: [SocketAddress] = []
    private var allCandidatesAreKnown = false
    private var attempts: [ConnectAttempt] = []
    private var failures: [String] = []
    private var delayTimer: LoopTimer?
    private var deadlineTimer: LoopTimer?

    /// - Parameter name: what the error says the connection was for.
    init(name: String, loop: EventLoop, options: ConnectOptions) {
        self.name = name
        self.loop = loop
        self.options = options
    }

    /// Begins, and tells the outcome, at once if there is one already.
    func start(_ waiter: CheckedContinuation<SocketChannel, any Error>) {
        loop.preconditionCurrent()
        if let outcome {
            waiter.resume(with: outcome)
            return
        }
        self.waiter = waiter
        deadlineTimer = loop.schedule(after: options.timeout) { [self] in timeOut() }
        proceed()
    }

    /// More addresses to try, after those that are known.
    func add(_ addresses: [SocketAddress]) {
        loop.preconditionCurrent()
        guard outcome == nil else { return }
        candidates += addresses
        proceed()
    }

    /// An endpoint for which there are no addresses.
    func addFailure(_ reason: String) {
        loop.preconditionCurrent()
        failures.append(reason)
    }

    /// No more addresses will come, so when the last attempt fails all is lost.
    func finishCandidates() {
        loop.preconditionCurrent()
        allCandidatesAreKnown = true
        failIfHopeless()
    }

    /// Closes all sockets; the waiter gets a `CancellationError`.
    func cancel() {
        loop.preconditionCurrent()
        finish(.failure(CancellationError()))
    }

    /// Starts the next attempt unless the last one still has time.
    private func proceed() {
        guard outcome == nil, waiter != nil, delayTimer == nil else { return }
        while !candidates.isEmpty {
            let address = candidates.removeFirst()
            let attempt = ConnectAttempt(to: address, loop: loop) { [self] attempt, result in
                decided(attempt, result)
            }
            do {
                try attempt.start(from: options.localAddress)
                attempts.append(attempt)
                delayTimer = loop.schedule(after: options.attemptDelay) { [self] in
                    delayTimer = nil
                    proceed()
                }
                return
            } catch {
                failures.append(error.message)
            }
        }
        failIfHopeless()
    }

    private func decided(_ attempt: ConnectAttempt, _ result: Result<Int32, MTProtoError>) {
        attempts.removeAll { $0 === attempt }
        switch result {
        case .success(let descriptor):
            finish(.success(SocketChannel(descriptor: descriptor, remoteAddress: attempt.address, loop: loop)))
        case .failure(let error):
            failures.append(error.message)
            // Who has failed need not be waited for.
            delayTimer?.cancel()
            delayTimer = nil
            proceed()
        }
    }

    private func failIfHopeless() {
        guard allCandidatesAreKnown, candidates.isEmpty, attempts.isEmpty, waiter != nil else { return }
        fail("cannot connect to '\(name)'")
    }

    private func timeOut() {
        for attempt in attempts { failures.append("\(attempt.address): no answer") }
        if !allCandidatesAreKnown { failures.append("looking up addresses took too long") }
        failures += candidates.map { "\($0): not tried" }
        fail("cannot connect to '\(name)' within \(options.timeout)")
    }

    private func fail(_ summary: String) {
        let reasons = failures.isEmpty ? "there is no address to connect to" : failures.joined(separator: "; ")
        finish(.failure(MTProtoError(.cannotConnect, "\(summary): \(reasons)")))
    }

    private func finish(_ result: Result<SocketChannel, any Error>) {
        guard outcome == nil else { return }
        for attempt in attempts { attempt.cancel() }
        attempts = []
        candidates = []
        delayTimer?.cancel()
        deadlineTimer?.cancel()
        // A race without waiter was cancelled before it began.
        guard let waiter else {
            outcome = result
            return
        }
        outcome = .failure(CancellationError())
        self.waiter = nil
        waiter.resume(with: result)
    }
}
