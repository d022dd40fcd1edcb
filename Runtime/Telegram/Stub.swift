import TelegramAPI

package actor PeerDirectory {
    package init(store: any SessionStore, limit: Int = 5_000) {}
    package func learn(users: [TL.User], chats: [TL.Chat]) async {}
    package func learn(from value: Any) async {}
    package func setAccount(_ account: SessionAccount?) async {}
    package func inputPeer(_ id: PeerID) async throws -> TL.InputPeer? { nil }
}

package actor MemorySession: SessionStore {
    package var content = SessionContent()
    package var saves = 0
    package init() {}
    package func open() async throws -> SessionContent { content }
    package func apply(_ changes: [SessionChange]) async throws { for change in changes { content.apply(change) } }
    package func storePeers(_ peers: [StoredPeer]) async throws {}
    package func peer(_ id: PeerID) async throws -> StoredPeer? { nil }
    package func peer(username: String) async throws -> StoredPeer? { nil }
    package func peer(phone: String) async throws -> StoredPeer? { nil }
    package func peer(name: String) async throws -> StoredPeer? { nil }
    package func save() async throws { saves += 1 }
    package func close() async throws {}
    package func delete() async throws { content = SessionContent() }
}
