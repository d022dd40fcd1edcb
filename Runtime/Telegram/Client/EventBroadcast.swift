import MTProtoCrypto

/// Any number of streams that all get the same events. A slow reader loses the oldest ones.
final class EventBroadcast<Event: Sendable>: Sendable {
    private struct State {
        var subscribers: [Int: AsyncStream<Event>.Continuation] = [:]
        var lastKey = 0
    }

    private let state = Locked(State())
    private let bufferedCount: Int

    init(bufferedCount: Int) { self.bufferedCount = bufferedCount }

    deinit { finish() }

    func send(_ event: Event) {
        // Under the lock, so that all readers see the same order. Nobody's code runs in here.
        state.withLock { state in
            for subscriber in state.subscribers.values { subscriber.yield(event) }
        }
    }

    /// The events from now on.
    func subscribe() -> AsyncStream<Event> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Event.self,
            bufferingPolicy: .bufferingNewest(bufferedCount)
        )
        let key = state.withLock { state in
            state.lastKey += 1
            state.subscribers[state.lastKey] = continuation
            return state.lastKey
        }
        continuation.onTermination = { [weak self] _ in
            _ = self?.state.withLock { $0.subscribers.removeValue(forKey: key) }
        }
        return stream
    }

    /// Ends all streams.
    func finish() {
        let subscribers = state.withLock { state in
            defer { state.subscribers = [:] }
            return Array(state.subscribers.values)
        }
        // Outside the lock: ending a stream calls back to remove it.
        for subscriber in subscribers { subscriber.finish() }
    }
}
