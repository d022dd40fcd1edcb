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
        var interruptionCount = 0
        /// What the last interruption was for.
        var interruption: any Error = CancellationError()

        mutating func remove(where matches: (UInt64) -> Bool) -> [CheckedContinuation<Void, any Error>] {
            let removed = sleeps.filter { matches($0.key) }
            for id in removed.keys { sleeps[id] = nil }
            return removed.values.map(\.continuation)
        }
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

    /// How often everybody has been woken before their time.
    package var interruptionCount: Int { state.withLock { $0.interruptionCount } }

    /// Sleeps for a while.
    /// - Throws: `CancellationError` when the task is cancelled; the error of ``interruptAll(with:)``.
    package func sleep(for duration: Duration) async throws {
        try await sleep(until: time.now().monotonic + duration)
    }

    /// Sleeps until a moment on the monotonic scale.
    /// - Parameter interruptions: ``interruptionCount`` as it was when the work began that the sleep is a part of. An
    ///   interruption ends all of that work, also when it comes right before the sleep.
    /// - Throws: the same as ``sleep(for:)``.
    package func sleep(until deadline: Duration, since interruptions: Int? = nil) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.wait(until: deadline, since: interruptions) }
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

    /// Wakes everybody with an error.
    package func interruptAll(with error: any Error = CancellationError()) {
        let woken = state.withLock { state in
            state.interruptionCount += 1
            state.interruption = error
            let woken = state.remove { _ in true }
            counts.send(0)
            return woken
        }
        for continuation in woken { continuation.resume(throwing: error) }
    }

    private func wait(until deadline: Duration, since interruptions: Int?) async throws {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let result: Result<Void, any Error>? = state.withLock { state in
                    // Asked under the lock: whoever moves the hands, interrupts or cancels after this finds the
                    // continuation.
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if let interruptions, interruptions != state.interruptionCount {
                        return .failure(state.interruption)
                    }
                    guard deadline > time.now().monotonic else { return .success(()) }
                    state.sleeps[id] = Sleep(deadline: deadline, continuation: continuation)
                    counts.send(state.sleeps.count)
                    return nil
                }
                if let result { continuation.resume(with: result) }
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
            let woken = state.remove(where: matches)
            counts.send(state.sleeps.count)
            return woken
        }
        for continuation in woken { continuation.resume(with: result) }
    }
}
