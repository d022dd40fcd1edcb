package import MTProto
import MTProtoCrypto

/// Sleeping by clocks that a test can move.
package final class Sleeper: Sendable {
    private struct Sleep {
        let deadline: Duration
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var sleeps: [UInt64: Sleep] = [:]
        var lastID: UInt64 = 0
    }

    private let time: any TimeSource
    private let state = Locked(State())
    private let counts = StateBroadcast(0)

    package init(time: any TimeSource) {
        self.time = time
        time.onAdjustment { [weak self] in self?.wakeDue() }
    }

    /// How many tasks sleep, now and after each change: how a test knows that it is time to move the hands.
    package var sleeperCounts: AsyncStream<Int> { counts.subscribe() }

    /// Sleeps for a while.
    /// - Throws: `CancellationError` when the task is cancelled, or after ``interruptAll()``.
    package func sleep(for duration: Duration) async throws {
        try await sleep(until: time.now().monotonic + duration)
    }

    /// Sleeps until a moment on the monotonic scale.
    package func sleep(until deadline: Duration) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.wait(until: deadline) }
            // Clocks of the system tick by themselves, and tell nobody.
            group.addTask { [time] in
                while true {
                    let remaining = deadline - time.now().monotonic
                    guard remaining > .zero else { return }
                    // A clock that stands still must not make this a busy loop.
                    try await Task.sleep(for: max(remaining, .milliseconds(1)))
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Wakes everybody with a `CancellationError`.
    package func interruptAll() {
        finish(where: { _ in true }, with: .failure(CancellationError()))
    }

    private func wait(until deadline: Duration) async throws {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isDue = state.withLock { state in
                    // Asked under the lock: whoever moves the hands or cancels after this finds the continuation.
                    guard deadline > time.now().monotonic else { return true }
                    guard !Task.isCancelled else { return true }
                    state.sleeps[id] = Sleep(deadline: deadline, continuation: continuation)
                    counts.send(state.sleeps.count)
                    return false
                }
                if isDue {
                    continuation.resume(with: Task.isCancelled ? .failure(CancellationError()) : .success(()))
                }
            }
        } onCancel: {
            finish(where: { $0 == id }, with: .failure(CancellationError()))
        }
    }

    private func wakeDue() {
        let now = time.now().monotonic
        let due = state.withLock { state in Set(state.sleeps.filter { $0.value.deadline <= now }.keys) }
        finish(where: due.contains, with: .success(()))
    }

    private func finish(where matches: (UInt64) -> Bool, with result: Result<Void, any Error>) {
        let woken = state.withLock { state in
            let woken = state.sleeps.filter { matches($0.key) }
            for id in woken.keys { state.sleeps[id] = nil }
            counts.send(state.sleeps.count)
            return woken.values.map(\.continuation)
        }
        for continuation in woken { continuation.resume(with: result) }
    }
}
