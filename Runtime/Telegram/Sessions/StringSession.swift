internal import MTProtoCrypto

/// A session that a program can take along as a text, in an environment variable for example: the data centre and its
/// key, in Telethon's format. Texts made by Telethon work here and the other way round.
///
/// ```swift
/// let session = try StringSession(text)        // "" for a new one
/// ...
/// print(session.string)                        // as good as a password
/// ```
///
/// Nothing else is in the text: the account is asked for anew, and peers and the state of updates are forgotten with
/// the object, like those of a ``MemorySession``.
public final class StringSession: SessionStore {
    private let state: Locked<OpenableImage>

    /// Begins a new session.
    public init() { state = Locked(OpenableImage(SessionImage(content: SessionContent()))) }

    /// Reads a text, or begins a new session when it is empty. White space around is ignored.
    /// - Throws: ``SessionError`` with ``SessionError/Code/invalidString``.
    public init(_ text: String) throws {
        var content = SessionContent()
        if let decoded = try StringSessionText.decode(text) {
            content.home = decoded.home
            content.authKeys[decoded.home.id] = decoded.key
        }
        state = Locked(OpenableImage(SessionImage(content: content)))
    }

    /// The text to keep: empty as long as there is no key, or when the address of the data centre is a name, for which
    /// the format has no place. It may be asked for at any time; after a move to another data centre it is another one.
    public var string: String {
        let content = state.withLock { $0.content }
        guard let home = content.home, let key = content.authKeys[home.id] else { return "" }
        return StringSessionText.encode(home: home, key: key) ?? ""
    }

    /// Gives what is there.
    /// - Throws: ``SessionError`` with ``SessionError/Code/inUse`` when it is open already.
    public func open() throws -> SessionContent { try state.withLock { try $0.open() } }

    /// Makes changes, in this order.
    public func apply(_ changes: [SessionChange]) throws {
        try state.withLock { try $0.write(.changes(changes)) }
    }

    /// Keeps peers as long as the object lives.
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

    /// Does nothing: take ``string`` and keep it.
    public func save() throws { try state.withLock { _ = try $0.lookUp { _ in nil } } }

    /// Gives the session free. The content stays.
    public func close() { state.withLock { $0.isOpen = false } }

    /// Forgets everything and gives the session free; ``string`` is empty then.
    public func delete() { state.withLock { $0 = OpenableImage(SessionImage()) } }

    private func lookUp(_ body: (PeerTable) -> StoredPeer?) throws -> StoredPeer? {
        try state.withLock { try $0.lookUp(body) }
    }
}
