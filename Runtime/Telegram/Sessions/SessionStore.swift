/// Where a client keeps what must outlive it: keys, who is signed in, how far updates were processed, and peers.
///
/// `FileSession` is the usual one, `MemorySession` forgets everything, `StringSession` gives a text to take elsewhere.
/// Others, in a database for example, are up to a program.
///
/// A store belongs to one client at a time, but is called from any thread and by several tasks at once: lookups and
/// ``storePeers(_:)`` meet whatever else is under way, ``apply(_:)``, ``save()`` and ``close()`` among it. It is up to
/// the store that nothing gets torn or lost then. Calls of ``storePeers(_:)`` come one after the other, and so do those
/// of all other methods but lookups.
///
/// What a method has returned for is kept, even when the process is killed right after ``save()``; without it, at least
/// everything before the last ``save()`` is.
public protocol SessionStore: AnyObject, Sendable {
    /// Opens the session, and takes it for this client alone.
    /// - Throws: `SessionError`: `inUse` when another client has it, `corrupted` when it cannot be read.
    func open() async throws -> SessionContent

    /// Makes changes, in this order. When another account has signed in, or the one that was has signed out, the peers
    /// go: their access hashes are worth nothing to anybody else.
    func apply(_ changes: [SessionChange]) async throws

    /// Keeps peers; a row replaces the one with the same id. A username or a phone number belongs to the peer that came
    /// with it last.
    func storePeers(_ peers: [StoredPeer]) async throws

    /// The row of a peer.
    func peer(_ id: PeerID) async throws -> StoredPeer?

    /// The peer with a username, in lower case and without `@`.
    func peer(username: String) async throws -> StoredPeer?

    /// The user with a phone number, digits only.
    func peer(phone: String) async throws -> StoredPeer?

    /// The peer whose name is exactly this; any of them when there are several.
    func peer(name: String) async throws -> StoredPeer?

    /// Makes sure that all changes survive a power failure.
    func save() async throws

    /// Saves, and gives the session free for others. It can be opened again.
    func close() async throws

    /// Removes the session for good, as after logging out.
    func delete() async throws
}
