import MTProtoCrypto

/// Event loops that share the work. A loop starts when it is handed out for the first time, so what is not used has no
/// thread.
package final class EventLoopGroup: Sendable {
    /// The loops of the process: one per core, at most four. They live as long as the process.
    package static let shared = EventLoopGroup(threads: min(max(SystemCores.count, 1), 4))

    private struct State {
        var loops: [EventLoop] = []
        var next = 0
        var isShutDown = false
    }

    /// The largest number of threads.
    package let threads: Int
    private let state = Locked(State())

    /// Creates a group of its own, which has to be kept as long as its loops are in use.
    package init(threads: Int) {
        precondition(threads > 0, "a group of event loops needs at least one thread")
        self.threads = threads
    }

    deinit {
        state.withLock { state in
            for loop in state.loops {
                loop.stop()
                loop.detach()
            }
        }
    }

    /// How many loops have been started.
    package var startedCount: Int { state.withLock { $0.loops.count } }

    /// The loop whose turn it is. After ``shutDown()`` it is one that has stopped, on which everything fails in order.
    package func next() -> EventLoop {
        state.withLock { state in
            if state.loops.count < threads, !state.isShutDown || state.loops.isEmpty {
                do throws(MTProtoError) {
                    let loop = try EventLoop(name: "mtproto-loop-\(state.loops.count)")
                    if state.isShutDown { loop.stop() }
                    state.loops.append(loop)
                    return loop
                } catch {
                    // With one loop there is a way to go on, with none there is not.
                    precondition(!state.loops.isEmpty, "no event loop can be started: \(error)")
                }
            }
            state.next = (state.next + 1) % state.loops.count
            return state.loops[state.next]
        }
    }

    /// Closes all that the loops know, runs the jobs that wait, ends the threads and closes their descriptors. When
    /// this returns nothing of the group is left in the process. Not for ``shared``.
    package func shutDown() async {
        precondition(self !== Self.shared, "the shared event loops cannot be shut down")
        let loops = state.withLock { state in
            state.isShutDown = true
            return state.loops
        }
        for loop in loops { loop.stop() }
        for loop in loops { await loop.join() }
    }
}
