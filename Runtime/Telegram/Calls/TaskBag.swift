import MTProtoCrypto

/// Tasks of different types, to be cancelled together.
final class TaskBag: Sendable {
    private let cancellations = Locked<[@Sendable () -> Void]>([])

    func add(_ cancel: @escaping @Sendable () -> Void) { cancellations.withLock { $0.append(cancel) } }

    func cancelAll() {
        for cancel in cancellations.withLock({ $0 }) { cancel() }
    }
}
