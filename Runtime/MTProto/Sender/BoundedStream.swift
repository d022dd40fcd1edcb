import MTProtoCrypto

/// A stream for one consumer that never makes its producer wait.
///
/// When the consumer is too slow, the oldest elements are dropped, and it finds a mark in their place. The producer is
/// the thread that reads the socket: if it waited for the consumer, a consumer that makes a request would wait for
/// itself.
package final class BoundedStream<Element: Sendable>: AsyncSequence, Sendable {
    private struct State {
        var buffer: BoundedBuffer<Element>
        var consumer: CheckedContinuation<[Element], Never>?
        var isFinished = false
    }

    private let state: Locked<State>
    private let overflowMark: @Sendable (_ droppedCount: Int) -> Element

    package init(
        maximumCount: Int,
        maximumBytes: Int = .max,
        overflowMark: @escaping @Sendable (_ droppedCount: Int) -> Element
    ) {
        let buffer = BoundedBuffer<Element>(maximumCount: maximumCount, maximumBytes: maximumBytes)
        state = Locked(State(buffer: buffer))
        self.overflowMark = overflowMark
    }

    /// Adds an element, from any thread.
    package func send(_ element: Element, byteCount: Int = 0) {
        let consumer = state.withLock { state in
            guard !state.isFinished else { return nil as CheckedContinuation<[Element], Never>? }
            guard let consumer = state.consumer.take() else {
                state.buffer.append(element, byteCount: byteCount)
                return nil
            }
            return consumer
        }
        consumer?.resume(returning: [element])
    }

    /// Ends the stream; what is in it can still be fetched.
    package func finish() {
        let consumer = state.withLock { state in
            state.isFinished = true
            return state.consumer.take()
        }
        consumer?.resume(returning: [])
    }

    /// Everything that is there, in order; waits for the first element when there is none. Empty at the end of the
    /// stream, and when the task is cancelled.
    package func nextBatch(isolation: isolated (any Actor)? = #isolation) async -> [Element] {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let batch = state.withLock { state in take(from: &state, orWaitWith: continuation) }
                if let batch { continuation.resume(returning: batch) }
            }
        } onCancel: {
            state.withLock { state in state.consumer.take() }?.resume(returning: [])
        }
    }

    /// `nil` when the consumer has to wait.
    private func take(
        from state: inout State,
        orWaitWith continuation: CheckedContinuation<[Element], Never>
    ) -> [Element]? {
        if !state.buffer.isEmpty {
            let (elements, droppedCount) = state.buffer.takeAll()
            return droppedCount > 0 ? [overflowMark(droppedCount)] + elements : elements
        }
        // Asked under the lock: a cancellation after this finds the continuation in place.
        if state.isFinished || Task.isCancelled { return [] }
        precondition(state.consumer == nil, "a bounded stream has one consumer")
        state.consumer = continuation
        return nil
    }

    package func makeAsyncIterator() -> Iterator { Iterator(stream: self) }

    /// Hands out one element at a time; fetches all there are at once.
    package struct Iterator: AsyncIteratorProtocol {
        fileprivate let stream: BoundedStream
        private var batch: [Element] = []
        private var next = 0

        fileprivate init(stream: BoundedStream) { self.stream = stream }

        package mutating func next() async -> Element? { await next(isolation: nil) }

        package mutating func next(isolation actor: isolated (any Actor)?) async -> Element? {
            if next == batch.count {
                batch = await stream.nextBatch(isolation: actor)
                next = 0
                if batch.isEmpty { return nil }
            }
            defer { next += 1 }
            return batch[next]
        }
    }
}
