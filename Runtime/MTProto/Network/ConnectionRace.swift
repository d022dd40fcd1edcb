/// Tries addresses one after the other without waiting long for any: the first that answers wins. This is "happy
/// eyeballs" (<https://www.rfc-editor.org/rfc/rfc8305#section-5>), but names are looked up one at a time.
///
/// It needs no task: the deadline goes on while the cooperative pool is busy, so all that it waits for has to go on,
/// too.
///
/// `@unchecked Sendable`: all but the constants is touched only on the loop's thread, where every method has to be
/// called. The timer of the deadline keeps the race alive until it is decided.
final class ConnectionRace: @unchecked Sendable {
    private typealias Waiter = CheckedContinuation<Connector.Connection, any Error>
    private typealias Candidate = (address: SocketAddress, endpoint: Endpoint)

    private let name: String
    private let loop: EventLoop
    private let options: ConnectOptions

    private var waiter: Waiter?
    private var outcome: Result<Connector.Connection, any Error>?
    /// Endpoints whose addresses nobody has asked for yet, the next one last.
    private var unresolved: [Endpoint]
    private var search: AddressResolver.Search?
    private var candidates: [Candidate] = []
    private var attempts: [ConnectAttempt] = []
    private var failures: [String] = []
    private var delayTimer: LoopTimer?
    private var deadlineTimer: LoopTimer?

    init(to endpoints: [Endpoint], loop: EventLoop, options: ConnectOptions) {
        name = endpoints.map(\.description).joined(separator: ", ")
        unresolved = endpoints.reversed()
        self.loop = loop
        self.options = options
    }

    /// Begins, and tells the outcome, at once if there is one already.
    func start(_ waiter: CheckedContinuation<Connector.Connection, any Error>) {
        loop.preconditionCurrent()
        if let outcome {
            waiter.resume(with: outcome)
            return
        }
        self.waiter = waiter
        deadlineTimer = loop.schedule(after: options.timeout) { [self] in timeOut() }
        findCandidates()
        proceed()
    }

    /// Turns endpoints into addresses until one has to be looked up; the others wait, because the order counts.
    private func findCandidates() {
        while search == nil, let endpoint = unresolved.popLast() {
            if let address = SocketAddress(host: endpoint.host, port: endpoint.port) {
                candidates.append((address, endpoint))
            } else {
                search = options.resolver.resolve(endpoint) { [self] answer in
                    loop.execute { [self] in found(answer, for: endpoint) }
                }
            }
        }
    }

    private func found(_ answer: AddressResolver.Answer, for endpoint: Endpoint) {
        guard outcome == nil else { return }
        search = nil
        switch answer {
        case .success(let addresses): candidates += options.ordered(addresses).map { ($0, endpoint) }
        case .failure(let error): failures.append((error as? MTProtoError)?.message ?? "\(error)")
        }
        findCandidates()
        proceed()
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
            let (address, endpoint) = candidates.removeFirst()
            let attempt = ConnectAttempt(to: address, loop: loop) { [self] attempt, result in
                decided(attempt, for: endpoint, result)
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

    private func decided(_ attempt: ConnectAttempt, for endpoint: Endpoint, _ result: Result<Int32, MTProtoError>) {
        attempts.removeAll { $0 === attempt }
        switch result {
        case .success(let descriptor):
            let channel = SocketChannel(descriptor: descriptor, remoteAddress: attempt.address, loop: loop)
            finish(.success(Connector.Connection(channel: channel, endpoint: endpoint)))
        case .failure(let error):
            failures.append(error.message)
            // Who has failed need not be waited for.
            delayTimer?.cancel()
            delayTimer = nil
            proceed()
        }
    }

    private func failIfHopeless() {
        guard search == nil, candidates.isEmpty, attempts.isEmpty, waiter != nil else { return }
        fail("cannot connect to '\(name)'")
    }

    private func timeOut() {
        for attempt in attempts { failures.append("\(attempt.address): no answer") }
        if search != nil { failures.append("looking up addresses took too long") }
        failures += candidates.map { "\($0.address): not tried" }
        fail("cannot connect to '\(name)' within \(options.timeout)")
    }

    private func fail(_ summary: String) {
        let reasons = failures.isEmpty ? "there is no address to connect to" : failures.joined(separator: "; ")
        finish(.failure(MTProtoError(.cannotConnect, "\(summary): \(reasons)")))
    }

    private func finish(_ result: Result<Connector.Connection, any Error>) {
        guard outcome == nil else { return }
        for attempt in attempts { attempt.cancel() }
        attempts = []
        candidates = []
        unresolved = []
        search?.cancel()
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
