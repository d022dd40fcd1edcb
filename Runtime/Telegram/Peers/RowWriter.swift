/// Rows on their way to the session: one batch at a time, in the order in which they came.
///
/// It belongs to one actor, on which all of it happens, and is an object of its own only to keep writing apart from
/// knowing.
final class RowWriter {
    private let store: any SessionStore
    /// How many rows are kept for a session that takes none; the oldest are lost then.
    private let limit: Int
    private var waiting: [StoredPeer] = []
    /// Handed to the session, which has not answered yet.
    private var leaving: [StoredPeer] = []
    private var isWriting = false
    /// Tasks that wait for the end of a write.
    private var listeners: [CheckedContinuation<Void, Never>] = []
    /// Why the last batch was not taken.
    private(set) var error: (any Error)?

    init(store: any SessionStore, limit: Int) {
        self.store = store
        self.limit = max(1, limit)
    }

    func add(_ row: StoredPeer) { waiting.append(row) }

    /// What is known and not in the session yet.
    func row(_ id: PeerID) -> StoredPeer? {
        waiting.last { $0.id == id } ?? leaving.last { $0.id == id }
    }

    /// Forgets what the session has not taken.
    func discard() {
        waiting.removeAll()
        leaving.removeAll()
    }

    /// Writes until nothing waits, or the session refuses; while somebody else does so, waits for them.
    func write(isolation: isolated (any Actor)? = #isolation) async {
        if isWriting {
            await withCheckedContinuation { self.listeners.append($0) }
            return
        }
        isWriting = true
        error = nil
        while !waiting.isEmpty {
            leaving = waiting
            waiting.removeAll(keepingCapacity: true)
            do {
                try await store.storePeers(leaving)
            } catch {
                self.error = error
                // As far as it has not been discarded meanwhile.
                waiting = (leaving + waiting).suffix(limit)
                break
            }
        }
        leaving.removeAll()
        isWriting = false
        let listeners = listeners
        self.listeners.removeAll()
        for listener in listeners { listener.resume() }
    }
}
