import MTProtoCrypto
import Telegram

/// Writes down what it is told to keep, and forgets it; or refuses, like a full disk.
final class RecordingStore: SessionStore {
    struct Full: Error {}

    let isFull = Locked(false)
    let mostAtOnce = Locked(0)
    private let rows = Locked<[StoredPeer]>([])
    private let writers = Locked(0)

    var written: [StoredPeer] { rows.withLock { $0 } }

    func storePeers(_ peers: [StoredPeer]) async throws {
        let count = writers.withLock { count in
            count += 1
            return count
        }
        mostAtOnce.withLock { $0 = max($0, count) }
        await Task.yield()
        writers.withLock { $0 -= 1 }
        if isFull.withLock({ $0 }) { throw Full() }
        rows.withLock { $0 += peers }
    }

    func open() -> SessionContent { SessionContent() }
    func apply(_ changes: [SessionChange]) {}
    func peer(_ id: PeerID) -> StoredPeer? { nil }
    func peer(username: String) -> StoredPeer? { nil }
    func peer(phone: String) -> StoredPeer? { nil }
    func peer(name: String) -> StoredPeer? { nil }
    func save() {}
    func close() {}
    func delete() {}
}
