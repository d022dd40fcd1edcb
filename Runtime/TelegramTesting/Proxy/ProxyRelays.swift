import MTProto
import MTProtoCrypto

/// The connections of a proxy.
final class ProxyRelays: Sendable {
    private struct State {
        var relays: [ObjectIdentifier: ProxyRelay] = [:]
        var acceptedCount = 0
        var largestBacklog = 0
        var isFinished = false
    }

    private let state = Locked(State())

    var acceptedCount: Int { state.withLock { $0.acceptedCount } }
    /// How many bytes have waited for a slow reader when the other side was held back; 0 when that never happened.
    var largestBacklog: Int { state.withLock { $0.largestBacklog } }
    var openCount: Int { state.withLock { $0.relays.count } }

    /// Keeps a connection until it is over. On the thread of its loop.
    func begin(_ relay: ProxyRelay) {
        let isWelcome = state.withLock { state in
            // Connections that were accepted before the end may arrive after it; without owner they close.
            guard !state.isFinished else { return false }
            state.acceptedCount += 1
            state.relays[ObjectIdentifier(relay)] = relay
            return true
        }
        guard isWelcome else { return }
        relay.assumeIsolated { relay in
            relay.start { [weak self] relay in
                self?.state.withLock { $0.relays[ObjectIdentifier(relay)] = nil }
            } onBacklog: { [weak self] count in
                self?.state.withLock { $0.largestBacklog = max($0.largestBacklog, count) }
            }
        }
    }

    /// Closes everything, soon; for those who cannot wait.
    func closeAll() {
        for relay in takeAll() { relay.loop.execute { relay.assumeIsolated { $0.close() } } }
    }

    /// Closes everything, and what is still to come.
    func finish() async {
        for relay in takeAll() { await relay.finish() }
    }

    private func takeAll() -> [ProxyRelay] {
        state.withLock { state in
            state.isFinished = true
            defer { state.relays = [:] }
            return Array(state.relays.values)
        }
    }
}
