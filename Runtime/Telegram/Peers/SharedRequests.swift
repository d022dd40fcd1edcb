import MTProtoCrypto

/// One request for all who want to know the same at the same time.
///
/// Whoever asks first makes it, in their own task. When that task is cancelled the next one takes over, so that
/// nobody's cancellation is anybody else's.
final class SharedRequests<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private typealias Continuation = CheckedContinuation<Result<Value, any Error>?, any Error>

    private struct State {
        var waiters: [Key: [UInt64: Continuation]] = [:]
        var lastID: UInt64 = 0
    }

    private enum Role {
        case first
        case waiter(UInt64)
    }

    private let state = Locked(State())

    /// How many wait for an answer that somebody else has asked for.
    func waiterCount(_ key: Key) -> Int { state.withLock { $0.waiters[key]?.count ?? 0 } }

    /// - Throws: what the request throws; `CancellationError` when the task is cancelled.
    func value(for key: Key, _ request: () async throws -> Value) async throws -> Value {
        while true {
            try Task.checkCancellation()
            switch role(for: key) {
            case .first:
                do {
                    let value = try await request()
                    finish(key, with: .success(value))
                    return value
                } catch {
                    finish(key, with: error is CancellationError || Task.isCancelled ? nil : .failure(error))
                    throw error
                }
            case .waiter(let id):
                // Nothing means that whoever asked first has given up.
                if let result = try await wait(id, for: key) { return try result.get() }
            }
        }
    }

    private func role(for key: Key) -> Role {
        state.withLock { state in
            if state.waiters[key] == nil {
                state.waiters[key] = [:]
                return .first
            }
            state.lastID += 1
            return .waiter(state.lastID)
        }
    }

    private func wait(_ id: UInt64, for key: Key) async throws -> Result<Value, any Error>? {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: Continuation) in
                let isOver: Result<Result<Value, any Error>?, any Error>? = state.withLock { state in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    // The answer has come in between; it is asked for anew.
                    if state.waiters[key] == nil { return .success(nil) }
                    state.waiters[key]?[id] = continuation
                    return nil
                }
                if let isOver { continuation.resume(with: isOver) }
            }
        } onCancel: {
            state.withLock { $0.waiters[key]?.removeValue(forKey: id) }?.resume(throwing: CancellationError())
        }
    }

    private func finish(_ key: Key, with result: Result<Value, any Error>?) {
        let waiters = state.withLock { $0.waiters.removeValue(forKey: key) } ?? [:]
        for continuation in waiters.values { continuation.resume(returning: result) }
    }
}
