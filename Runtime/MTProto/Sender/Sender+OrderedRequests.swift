package import TLRuntime

/// Requests that the server has to execute one after the other.
extension Sender {
    /// Sends requests that are executed in this order: each one only after the one before it has succeeded.
    /// - Returns: an outcome for each request. After one that fails the others fail too, with `predecessorFailed` or an
    ///   error of the server.
    /// - Throws: `TLEncodingError`, before anything is sent; `notConnected`; `CancellationError` when the task is
    ///   cancelled, whatever has been executed by then.
    package nonisolated func callOrdered<Function: TLFunction>(
        _ functions: [Function],
        options: RequestOptions = RequestOptions()
    ) async throws -> [Result<Function.Response, any Error>] {
        let bodies = try functions.map { try $0.encoded() }
        return try await perform(
            bodies.map { OrderedItem(body: $0, name: Function.name, reader: AnswerReader(Function.self)) },
            options
        )
    }

    /// The same with different functions; the answers are to be cast.
    package nonisolated func callOrdered(
        mixed functions: [any TLFunction],
        options: RequestOptions = RequestOptions()
    ) async throws -> [Result<any TLCodable, any Error>] {
        func item(_ function: some TLFunction) throws -> OrderedItem<any TLCodable> {
            OrderedItem(
                body: try function.encoded(),
                name: type(of: function).name,
                reader: AnswerReader(erasing: type(of: function))
            )
        }
        return try await perform(try functions.map { try item($0) }, options)
    }

    private nonisolated func perform<Answer: Sendable>(
        _ items: [OrderedItem<Answer>],
        _ options: RequestOptions
    ) async throws -> [Result<Answer, any Error>] {
        let ids = items.map { _ in makeRequestID() }
        let cancel: @Sendable (isolated Sender) -> Void = { sender in
            // From the last to the first, so that none is let in because the one before it has gone.
            for id in ids.reversed() { sender.cancelRequest(id) }
        }
        let results = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: OrderedBatch<Answer>.Continuation) in
                guard !Task.isCancelled else { return continuation.resume(throwing: CancellationError()) }
                loop.execute { self.assumeIsolated { $0.enqueue(items, ids, options, continuation) } }
                // A cancellation of just now came too early to find the requests.
                if Task.isCancelled { onLoop(cancel) }
            }
        } onCancel: {
            onLoop(cancel)
        }
        try Task.checkCancellation()
        return results
    }

    private func enqueue<Answer: Sendable>(
        _ items: [OrderedItem<Answer>],
        _ ids: [RequestID],
        _ options: RequestOptions,
        _ continuation: OrderedBatch<Answer>.Continuation
    ) {
        do {
            try requireActive()
        } catch {
            return continuation.resume(throwing: error)
        }
        guard !items.isEmpty else { return continuation.resume(returning: []) }
        let makeError = configuration.makeError
        let batch = OrderedBatch(count: items.count, continuation)
        for (index, item) in items.enumerated() {
            let request = OutgoingRequest(
                item.body,
                id: ids[index],
                name: item.name,
                options: options,
                predecessor: index > 0 ? ids[index - 1] : nil
            )
            enqueue(
                PendingRequest(
                    request: request,
                    byteCount: item.body.count,
                    successor: index + 1 < ids.count ? ids[index + 1] : nil,
                    onAcknowledged: options.onAcknowledged
                ) { batch.complete(index, with: item.reader.result(of: $0, makeError: makeError)) }
            )
        }
    }
}

private struct OrderedItem<Answer: Sendable>: Sendable {
    let body: [UInt8]
    let name: String
    let reader: AnswerReader<Answer>
}

/// Collects the outcomes of a batch; lives on the sender's thread.
private final class OrderedBatch<Answer: Sendable> {
    typealias Continuation = CheckedContinuation<[Result<Answer, any Error>], any Error>

    private var results: [Result<Answer, any Error>?]
    private var remaining: Int
    private let continuation: Continuation

    init(count: Int, _ continuation: Continuation) {
        results = Array(repeating: nil, count: count)
        remaining = count
        self.continuation = continuation
    }

    func complete(_ index: Int, with result: Result<Answer, any Error>) {
        results[index] = result
        remaining -= 1
        if remaining == 0 { continuation.resume(returning: results.compactMap { $0 }) }
    }
}
