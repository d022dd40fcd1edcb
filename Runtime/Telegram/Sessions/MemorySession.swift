internal import MTProtoCrypto

/// A session that lives as long as the object: for tests, and for programs that sign in anew every time.
///
/// Closing it keeps the content, so a client can be replaced by another one with the same session.
public final class MemorySession: SessionStore {
    private let state: Locked<OpenableImage>

    /// Creates a session, which is empty unless some content is given.
    public init(_ content: SessionContent = SessionContent()) {
        state = Locked(OpenableImage(SessionImage(content: content)))
    }

    /// Gives what is there.
    /// - Throws: ``SessionError`` with ``SessionError/Code/inUse`` when it is open already.
    public func open() throws -> SessionContent { try state.withLock { try $0.open() } }

    /// Makes changes, in this order.
    public func apply(_ changes: [SessionChange]) throws {
        try state.withLock { try $0.write(.changes(changes)) }
    }

    /// Keeps peers.
    public func storePeers(_ peers: [StoredPeer]) throws {
        try state.withLock { try $0.write(.peers(PeerRows(peers))) }
    }

    /// The row of a peer.
    public func peer(_ id: PeerID) throws -> StoredPeer? { try lookUp { $0.peer(id) } }

    /// The peer with a username, in lower case and without `@`.
    public func peer(username: String) throws -> StoredPeer? { try lookUp { $0.peer(.username, username) } }

    /// The user with a phone number, digits only.
    public func peer(phone: String) throws -> StoredPeer? { try lookUp { $0.peer(.phone, phone) } }

    /// The peer whose name is exactly this.
    public func peer(name: String) throws -> StoredPeer? { try lookUp { $0.peer(.name, name) } }

    /// Does nothing: there is no place where anything would survive.
    public func save() throws { try state.withLock { _ = try $0.lookUp { _ in nil } } }

    /// Gives the session free. The content stays.
    public func close() { state.withLock { $0.isOpen = false } }

    /// Forgets everything and gives the session free.
    public func delete() { state.withLock { $0 = OpenableImage(SessionImage()) } }

    private func lookUp(_ body: (PeerTable) -> StoredPeer?) throws -> StoredPeer? {
        try state.withLock { try $0.lookUp(body) }
    }
}
