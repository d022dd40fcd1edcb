import MTProtoCrypto

/// Who wants to know when hands are moved.
final class AdjustmentListeners: Sendable {
    private let bodies = Locked<[@Sendable () -> Void]>([])

    func add(_ body: @escaping @Sendable () -> Void) { bodies.withLock { $0.append(body) } }

    /// Tells everybody; no lock is held meanwhile, so they may read the clock or move it again.
    func tell() {
        for body in bodies.withLock({ $0 }) { body() }
    }
}
