internal import MTProto
internal import MTProtoCrypto

/// Does what blocks, like waiting for a disk, on threads that are there for nothing else and end when there is nothing
/// to do: those of tasks are few, and somebody else needs them meanwhile.
final class BlockingWork: Sendable {
    static let shared = BlockingWork(threads: 4)

    private struct State {
        var queue: [@Sendable () -> Void] = []
        var workers = 0
    }

    private let threads: Int
    private let state = Locked(State())

    init(threads: Int) { self.threads = threads }

    /// Runs `body` on such a thread. It is not cancelled: what has begun is finished.
    func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { waiter in
            submit { waiter.resume(with: Swift.Result(catching: body)) }
        }
    }

    private func submit(_ job: @escaping @Sendable () -> Void) {
        let mustStart = state.withLock { state in
            state.queue.append(job)
            guard state.workers < threads else { return false }
            state.workers += 1
            return true
        }
        guard mustStart else { return }
        if let worker = try? SystemThread(name: "telegram-disk", { [self] in work() }) {
            worker.detach()
        } else {
            // Late is better than never.
            work()
        }
    }

    private func work() {
        while true {
            let job = state.withLock { state -> (@Sendable () -> Void)? in
                guard !state.queue.isEmpty else {
                    state.workers -= 1
                    return nil
                }
                return state.queue.removeFirst()
            }
            guard let job else { return }
            job()
        }
    }
}
