import MTProtoCrypto

/// The proofs of greetings that a proxy has answered. Whoever records a greeting and sends it again must not get an
/// answer that gives the proxy away.
package final class SeenGreetings: Sendable {
    private struct State {
        var proofs: Set<[UInt8]> = []
        /// In the order they came; a ring once it is full.
        var order: [[UInt8]] = []
        var next = 0
    }

    private let capacity: Int
    private let state = Locked(State())

    /// Forgets the oldest beyond the capacity; the check of the time refuses those.
    package init(capacity: Int = 10_000) {
        precondition(capacity > 0, "greetings cannot be remembered in no space")
        self.capacity = capacity
    }

    /// Remembers a proof; `false` when it is known already.
    package func insert(_ proof: [UInt8]) -> Bool {
        state.withLock { state in
            guard state.proofs.insert(proof).inserted else { return false }
            if state.order.count < capacity {
                state.order.append(proof)
            } else {
                state.proofs.remove(state.order[state.next])
                state.order[state.next] = proof
                state.next = (state.next + 1) % capacity
            }
            return true
        }
    }
}
