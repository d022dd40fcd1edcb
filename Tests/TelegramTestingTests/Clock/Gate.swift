import MTProtoCrypto

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Stops a thread, as if the whole process had been stopped, until another one lets it go on.
final class Gate: Sendable {
    private enum State { case free, held, released }

    private let state = Locked(State.free)

    var isHeld: Bool { state.withLock { $0 } == .held }

    /// Blocks the thread that calls it.
    func hold() {
        state.withLock { if $0 == .free { $0 = .held } }
        while isHeld { usleep(500) }
    }

    func release() { state.withLock { $0 = .released } }
}
