import MTProtoCrypto
import Testing

@testable import MTProto

/// Ordered requests when the session that has them comes to its end.
@Suite(.timeLimit(.minutes(10))) struct SenderOrderTests: Sendable {
    /// How the requests of a test ended, by number.
    private let ends = Locked<[UInt64: String]>([:])

    /// A sender on a server that answers no request.
    private func withSender(
        limit: Int = 10,
        _ body: @Sendable (isolated Sender) -> Void
    ) async throws {
        try await SenderFixture.run(script: { _ in [] }, configure: { $0.maximumInFlight = limit }) { sender, _ in
            await sender.runIsolated(body)
        }
    }

    /// The requests of an ordered batch.
    private func batch(_ numbers: ClosedRange<UInt64>, isRepeatable: Bool) -> [PendingRequest] {
        // Far from those that the sender uses itself.
        func id(_ number: UInt64) -> RequestID { RequestID(1_000_000 + number) }
        return numbers.map { number in
            let request = OutgoingRequest(
                ScriptedServer.echo(UInt32(number)),
                id: id(number),
                name: "test.query\(number)",
                options: RequestOptions(isRepeatable: isRepeatable),
                predecessor: number > numbers.lowerBound ? id(number - 1) : nil
            )
            return PendingRequest(
                request: request,
                byteCount: 4,
                successor: number < numbers.upperBound ? id(number + 1) : nil,
                onAcknowledged: nil
            ) { [ends] outcome in ends.withLock { $0[number] = outcome.gist } }
        }
    }

    @Test func repeatableRequestDoesNotGoOnWithoutAFailedPredecessor() async throws {
        try await withSender { sender in
            let batch = batch(1...3, isRepeatable: true)
            for pending in batch { sender.enqueue(pending) }
            sender.flush()
            sender.complete(batch[0].request.id, .refused(code: 400, name: "NO"))
            #expect(ends.withLock { $0 } == [1: "NO"])
            sender.replaceSession()
            #expect(ends.withLock { $0 } == [1: "NO", 2: "predecessorFailed", 3: "predecessorFailed"])
        }
    }

    @Test func unsentRequestDoesNotGoOnWithoutALostPredecessor() async throws {
        try await withSender { sender in
            let batch = batch(1...3, isRepeatable: false)
            sender.enqueue(batch[0])
            sender.flush()
            sender.enqueue(batch[1])
            sender.enqueue(batch[2])
            sender.replaceSession()
            #expect(ends.withLock { $0 } == [1: "outcomeUnknown", 2: "predecessorFailed", 3: "predecessorFailed"])
        }
    }

    @Test func repeatableBatchGoesOnInTheNextSession() async throws {
        try await withSender { sender in
            let batch = batch(1...3, isRepeatable: true)
            for pending in batch { sender.enqueue(pending) }
            sender.flush()
            sender.replaceSession()
            #expect(ends.withLock { $0 } == [:])
            for pending in batch {
                #expect(sender.requests[pending.request.id]?.sessionNumber == sender.sessionNumber)
            }
        }
    }

    /// Across sessions the server does not know the order.
    @Test func requestOfTheNextSessionWaitsForItsPredecessorInTheOldOne() async throws {
        try await withSender(limit: 2) { sender in
            let batch = batch(1...3, isRepeatable: false)
            for pending in batch { sender.enqueue(pending) }
            sender.retireSession()
            sender.openOtherSession()
            sender.complete(batch[0].request.id, .answer([]))
            let last = batch[2].request.id
            #expect(sender.requests[last]?.isAdmitted == true && sender.requests[last]?.sessionNumber == nil)
            sender.complete(batch[1].request.id, .answer([]))
            #expect(sender.requests[last]?.sessionNumber == sender.sessionNumber)
        }
    }

    /// The session has said farewell to both requests when the end of the first makes room for the third.
    @Test func requestThatIsLetInByAFailureFailsWithItsPredecessor() async throws {
        try await withSender(limit: 2) { sender in
            for pending in batch(1...3, isRepeatable: false) { sender.enqueue(pending) }
            sender.flush()
            let events = sender.session?.failAll(MTProtoError(.outcomeUnknown, "lost")) ?? []
            sender.handle(events, of: sender.sessionNumber)
            #expect(ends.withLock { $0 } == [1: "outcomeUnknown", 2: "outcomeUnknown", 3: "predecessorFailed"])
        }
    }

    @Test func requestOfTheNextSessionFailsWithItsPredecessorInTheOldOne() async throws {
        try await withSender(limit: 2) { sender in
            let batch = batch(1...3, isRepeatable: false)
            for pending in batch { sender.enqueue(pending) }
            sender.retireSession()
            sender.openOtherSession()
            sender.complete(batch[0].request.id, .answer([]))
            sender.settleRetiringSession()
            #expect(ends.withLock { $0 } == [1: "answer", 2: "outcomeUnknown", 3: "predecessorFailed"])
        }
    }
}

extension Sender {
    fileprivate func runIsolated(_ body: @Sendable (isolated Sender) -> Void) { body(self) }

    /// Another session after one that nothing more is known about.
    fileprivate func replaceSession() {
        discardSession()
        openOtherSession()
    }

    fileprivate func openOtherSession() {
        guard let key = AuthKey(bytes: [UInt8](repeating: 0x5a, count: 256)) else { return }
        openSession(key: key, binding: nil, salts: [])
    }
}

extension RequestOutcome {
    fileprivate var gist: String {
        switch self {
        case .answer: "answer"
        case .refused(_, let name): name
        case .failed(let error): (error as? MTProtoError)?.code.description ?? "\(error)"
        }
    }
}
