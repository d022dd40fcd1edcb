import MTProtoCrypto
import Synchronization
package import TLRuntime

/// Requests, from the call to the last word.
extension Sender {
    /// Sends a request and returns its answer.
    ///
    /// Encoding is done by the caller's thread, decoding by the connection's, from the bytes of the packet.
    /// - Throws: what `makeError` of the configuration makes of the server's refusal; `TLEncodingError`;
    ///   `MTProtoError`: `notConnected`, `outcomeUnknown`, `undecodableAnswer`, `requestTooLarge`, or the error that
    ///   the connection was given up with; `CancellationError` when the task is cancelled, or the sender is
    ///   disconnected.
    package nonisolated func call<Function: TLFunction>(
        _ function: Function,
        options: RequestOptions = RequestOptions()
    ) async throws -> Function.Response {
        let body = try function.encoded()
        return try await perform(body, name: Function.name, options: options, reading: AnswerReader(Function.self))
    }

    /// Sends an encoded request and returns the boxed answer.
    package func invoke(
        _ body: [UInt8],
        name: String,
        options: RequestOptions = RequestOptions()
    ) async throws -> [UInt8] {
        try await perform(body, name: name, options: options, reading: AnswerReader(name: name))
    }

    /// Asks the server for a sign of life.
    /// - Returns: how long that took.
    package func ping() async throws -> Duration {
        let start = time.now().monotonic
        let options = RequestOptions(isRepeatable: true, carriesAnnouncement: false)
        _ = try await call(MTP.Ping(pingID: random.integer()), options: options)
        return time.now().monotonic - start
    }

    /// Hands the request to the sender's thread and waits for its last word. The caller's task does not go there
    /// itself, which would cost it several changes of threads.
    private nonisolated func perform<Answer: Sendable>(
        _ body: [UInt8],
        name: String,
        options: RequestOptions,
        reading reader: AnswerReader<Answer>
    ) async throws -> Answer {
        let id = makeRequestID()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                guard !Task.isCancelled else { return continuation.resume(throwing: CancellationError()) }
                loop.execute {
                    self.assumeIsolated { sender in
                        do {
                            try sender.requireActive()
                        } catch {
                            return continuation.resume(throwing: error)
                        }
                        let makeError = sender.configuration.makeError
                        sender.enqueue(
                            PendingRequest(
                                request: OutgoingRequest(body, id: id, name: name, options: options),
                                byteCount: body.count,
                                onAcknowledged: options.onAcknowledged
                            ) { continuation.resume(with: reader.result(of: $0, makeError: makeError)) }
                        )
                    }
                }
                // A cancellation of just now came too early to find the request.
                if Task.isCancelled { onLoop { $0.cancelRequest(id) } }
            }
        } onCancel: {
            onLoop { $0.cancelRequest(id) }
        }
    }

    nonisolated func makeRequestID() -> RequestID {
        RequestID(lastRequestID.add(1, ordering: .relaxed).newValue)
    }

    /// Refuses requests that nobody would ever send.
    func requireActive() throws {
        switch phase {
        case .connecting, .handshaking, .exchangingKeys, .established, .waiting: return
        case .idle, .closing: throw MTProtoError(.notConnected, "there is no connection; call 'connect()' first")
        case .ended(let error) where error.code.isFinal: throw error
        case .ended(let error): throw MTProtoError(.notConnected, "the connection was given up: \(error)")
        }
    }

    // MARK: - On the way in

    /// Gives a request to the session, or lets it wait for its turn or for a session.
    func enqueue(_ pending: PendingRequest) {
        var pending = pending
        if let byteCount = pending.byteCount {
            pending.isAdmitted = limiter.admit(pending.request.id, byteCount: byteCount)
        } else {
            pending.isAdmitted = true
        }
        let isSubmitted = pending.isAdmitted && session != nil && !mustWait(pending.request)
        if isSubmitted { pending.sessionNumber = sessionNumber }
        requests[pending.request.id] = pending
        guard isSubmitted else { return }
        session?.submit(pending.request)
        scheduleFlush()
    }

    private func admit(_ id: RequestID) {
        requests[id]?.isAdmitted = true
        submit(id)
    }

    private func submit(_ id: RequestID) {
        guard session != nil, let request = requests[id]?.request, !mustWait(request) else { return }
        requests[id]?.sessionNumber = sessionNumber
        session?.submit(request)
        scheduleFlush()
    }

    /// Whether the request before it is in another session, since only within one does the server keep the order, or
    /// has ended in this one in a way that is not known here yet.
    private func mustWait(_ request: OutgoingRequest) -> Bool {
        guard let predecessor = request.predecessor.flatMap({ requests[$0] }) else { return false }
        return predecessor.sessionNumber != sessionNumber || session?.requests[predecessor.request.id] == nil
    }

    /// Gives a new session what no session has, in the order of the calls.
    func submitUnsentRequests() {
        let ids = requests.values.filter { $0.isAdmitted && $0.sessionNumber == nil }.map(\.request.id)
        for id in ids.sorted(by: { $0.rawValue < $1.rawValue }) { submit(id) }
    }

    // MARK: - On the way out

    /// Ends a request, and lets in those that waited for its place.
    func complete(_ id: RequestID, _ outcome: RequestOutcome) {
        guard let pending = requests.removeValue(forKey: id) else { return }
        if let successor = pending.successor {
            if outcome.isFailure {
                failUnsent(from: successor, after: pending)
            } else if requests[successor]?.isAdmitted == true, requests[successor]?.sessionNumber == nil {
                submit(successor)
            }
        }
        finish(pending, outcome)
    }

    /// Ends the rest of an ordered batch as far as no session has it: alone it would be executed without what had to
    /// come before. Of what is on its way the server knows the order itself, as long as the session lasts.
    private func failUnsent(from first: RequestID, after failed: PendingRequest) {
        let text = "'\(failed.request.name)', which had to be executed before, has failed"
        var chain: [PendingRequest] = []
        var next: RequestID? = first
        while let id = next, let pending = requests[id], pending.sessionNumber == nil {
            requests[id] = nil
            chain.append(pending)
            next = pending.successor
        }
        if let next { requests[next]?.failedPredecessor = (chain.last ?? failed).request.name }
        // The last one leaves the line first, so that none of them is let in.
        for pending in chain.reversed() { finish(pending, .failed(MTProtoError(.predecessorFailed, text))) }
    }

    private func finish(_ pending: PendingRequest, _ outcome: RequestOutcome) {
        pending.complete(outcome)
        guard let byteCount = pending.byteCount else { return }
        let admitted =
            pending.isAdmitted ? limiter.release(byteCount: byteCount) : limiter.giveUp(pending.request.id) ?? []
        for id in admitted { admit(id) }
    }

    /// The task that waits was cancelled.
    func cancelRequest(_ id: RequestID) {
        guard let pending = requests[id] else { return }
        if pending.sessionNumber == sessionNumber { session?.cancel(id) }
        if pending.sessionNumber == retiring?.number { retiring?.session.cancel(id) }
        complete(id, .failed(CancellationError()))
        scheduleFlush()
    }

    /// Ends all requests, in the order of the calls.
    func failAllRequests(with error: any Error) {
        let ended = requests.values.sorted { $0.request.id.rawValue < $1.request.id.rawValue }
        requests = [:]
        limiter.removeAll()
        for pending in ended { pending.complete(.failed(error)) }
    }

    /// A session is gone for good. What has not left or does no harm goes on in the next one, unless it had to come
    /// after a request that has failed; of the others nobody knows what became.
    func releaseRequests(of session: ClientSession, number: Int) {
        let orphans = requests.values.filter { $0.sessionNumber == number }.map(\.request)
        // In this order a failure is known before it is the turn of those that had to come after.
        for request in orphans.sorted(by: { $0.id.rawValue < $1.id.rawValue }) {
            if !request.isRepeatable, session.hasSent(request.id) {
                let text = "the session that '\(request.name)' was sent in is gone, so it may have been executed or not"
                complete(request.id, .failed(MTProtoError(.outcomeUnknown, text)))
            } else if let failedPredecessor = requests[request.id]?.failedPredecessor {
                let text = "'\(failedPredecessor)', which had to be executed before, has failed"
                complete(request.id, .failed(MTProtoError(.predecessorFailed, text)))
            } else {
                requests[request.id]?.sessionNumber = nil
            }
        }
        submitUnsentRequests()
    }
}

extension ClientSession {
    /// Whether the server may have seen a request, in its present form.
    fileprivate func hasSent(_ id: RequestID) -> Bool { requests[id]?.hasLeft ?? true }
}

extension OutgoingRequest {
    init(_ body: [UInt8], id: RequestID, name: String, options: RequestOptions, predecessor: RequestID? = nil) {
        self.init(
            id: id,
            content: .bytes(body),
            name: name,
            predecessor: predecessor,
            isRepeatable: options.isRepeatable,
            carriesAnnouncement: options.carriesAnnouncement,
            wantsQuickAck: options.onAcknowledged != nil
        )
    }
}
