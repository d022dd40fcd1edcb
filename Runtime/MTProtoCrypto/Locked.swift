#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A value that one thread at a time may touch. The lock is POSIX's and not `Synchronization.Mutex`, because the thread
/// sanitizer understands the former everywhere, and on Linux sees only races in what the latter protects.
///
/// `@unchecked Sendable`: `value` is only touched under the lock, and nothing that is not `Sendable` can leave it.
package final class Locked<Value: Sendable>: @unchecked Sendable {
    /// On its own, because a lock must never move.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private var value: Value

    package init(_ value: Value) {
        self.value = value
        mutex = .allocate(capacity: 1)
        // Without attributes neither this nor locking can fail.
        mutex.initialize(to: pthread_mutex_t())
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Runs `body`, which should be short, while no other thread can. It must not ask for the same lock again.
    package func withLock<Result, Failure>(
        _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value)
    }
}
