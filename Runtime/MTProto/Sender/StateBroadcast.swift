import MTProtoCrypto

/// A value that changes, and any number of streams that tell so.
package final class StateBroadcast<Value: Sendable & Equatable>: Sendable {
    /// How many changes a slow subscriber finds; older ones are dropped, the newest never is.
    package static var bufferedCount: Int { 16 }

    private struct State {
        var current: Value
        var subscribers: [Int: AsyncStream<Value>.Continuation] = [:]
        var nextKey = 0
        var isFinished = false
    }

    private let state: Locked<State>

    package init(_ value: Value) { state = Locked(State(current: value)) }

    deinit { finish() }

    /// The value now.
    package var current: Value { state.withLock { $0.current } }

    package var subscriberCount: Int { state.withLock { $0.subscribers.count } }

    /// Changes the value; the same value again is no change.
    package func send(_ value: Value) {
        state.withLock { state in
            guard value != state.current, !state.isFinished else { return }
            state.current = value
            // Under the lock, so that all subscribers see the same order. Nobody's code runs in here.
            for subscriber in state.subscribers.values { subscriber.yield(value) }
        }
    }

    /// The current value at once, then each change.
    package func subscribe() -> AsyncStream<Value> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Value.self,
            bufferingPolicy: .bufferingNewest(Self.bufferedCount)
        )
        let (key, isFinished) = state.withLock { state in
            state.nextKey += 1
            continuation.yield(state.current)
            if !state.isFinished { state.subscribers[state.nextKey] = continuation }
            return (state.nextKey, state.isFinished)
        }
        continuation.onTermination = { [weak self] _ in
            _ = self?.state.withLock { $0.subscribers.removeValue(forKey: key) }
        }
        if isFinished { continuation.finish() }
        return stream
    }

    /// Ends all streams.
    package func finish() {
        let subscribers = state.withLock { state in
            state.isFinished = true
            defer { state.subscribers = [:] }
            return Array(state.subscribers.values)
        }
        // Outside the lock: ending a stream calls back to remove it.
        for subscriber in subscribers { subscriber.finish() }
    }
}
