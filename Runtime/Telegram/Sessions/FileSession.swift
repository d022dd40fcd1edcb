internal import MTProtoCrypto

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A session in a file, the usual kind. Whoever has the file is signed in, so only its owner may read it (mode 0600).
///
/// ```swift
/// let client = try TelegramClient(session: FileSession(name: "me"), apiID: id, apiHash: hash)    // me.session
/// ```
///
/// While it is open the file is locked, and another client gets ``SessionError/Code/inUse``. Every change is in the
/// file when the call returns, so it survives the end of the process, however sudden; ``save()`` makes it survive a
/// power failure. The file grows with every change, and is replaced by a shorter one when most of it is out of date.
///
/// Peers are kept in memory, about a hundred bytes for each.
public final class FileSession: SessionStore {
    /// Where the file is. Its name ends in `.session`.
    public let path: String

    // Taken in this order, from top to bottom.

    /// How often saving began; held until it ends. An empty value would do, but has no address of its own, and the
    /// thread sanitizer would see it where the object's class is.
    private let saves = Locked(0)
    private let disk = Locked(SessionDisk())
    private let image = Locked(SessionImage?.none)

    private static let suffix = ".session"

    /// Chooses a file, which is created by ``open()`` if it is not there. The folder has to be there. `.session` is
    /// appended if the path does not end so.
    public init(path: String) {
        self.path = path.hasSuffix(Self.suffix) ? path : path + Self.suffix
    }

    /// Chooses a file in the current folder of the process.
    public convenience init(name: String) {
        let folder = getcwd(nil, 0).map { folder in
            defer { free(folder) }
            return String(cString: folder)
        }
        self.init(path: name.hasPrefix("/") ? name : "\(folder ?? ".")/\(name)")
    }

    // MARK: - Open and closed

    /// Opens the file, or creates it. What a sudden end has left incomplete is removed.
    /// - Throws: ``SessionError``: ``SessionError/Code/inUse`` when another client has it;
    ///   ``SessionError/Code/corrupted`` when it has been damaged, with the place; ``SessionError/Code/foreignFile``
    ///   when it is something else, like a session of another library; ``SessionError/Code/unsupportedVersion``;
    ///   ``SessionError/Code/io``.
    public func open() async throws -> SessionContent {
        try await BlockingWork.shared.run { [self] in
            try disk.withLock { disk throws(SessionError) in
                let opened = try disk.open(path)
                image.withLock { $0 = opened }
                return opened.content
            }
        }
    }

    /// Makes sure that all changes survive a power failure; that takes as long as the disk takes. When most of the file
    /// is out of date, a shorter one takes its place.
    /// - Throws: ``SessionError`` with ``SessionError/Code/io``: the changes are still there, but only as long as the
    ///   machine runs.
    public func save() async throws {
        try await BlockingWork.shared.run { [self] in try saveNow() }
    }

    /// Saves, and gives the file free, even when saving fails. It can be opened again.
    public func close() async throws {
        try await BlockingWork.shared.run { [self] in
            guard disk.withLock({ $0.isOpen }) else { return }
            defer {
                disk.withLock { disk in
                    disk = SessionDisk()
                    image.withLock { $0 = nil }
                }
            }
            try saveNow()
        }
    }

    /// Removes the file, open or not.
    /// - Throws: ``SessionError``: ``SessionError/Code/inUse`` when another client has it, ``SessionError/Code/io``.
    public func delete() async throws {
        try await BlockingWork.shared.run { [self] in
            try disk.withLock { disk throws(SessionError) in
                try disk.delete(path)
                image.withLock { $0 = nil }
            }
        }
    }

    // MARK: - Changes

    /// Makes changes, in this order, all or none of them. If all are there already, nothing is written.
    public func apply(_ changes: [SessionChange]) async throws { try await write(.changes(changes)) }

    /// Keeps peers, all or none of them. Those that are there already are not written.
    public func storePeers(_ peers: [StoredPeer]) async throws { try await write(.peers(PeerRows(peers))) }

    private func write(_ write: SessionWrite) async throws {
        let isRewriteOverdue = try disk.withLock { disk throws(SessionError) -> Bool in
            let news = try image.withLock { image throws(SessionError) in
                guard let image else { throw .notOpen }
                return try write.news(for: image)
            }
            guard let news else { return false }
            try disk.append(news)
            let liveByteCount = image.withLock { image in
                image?.make(news)
                return image.map(SessionFormat.byteCount) ?? 0
            }
            return disk.isRewriteOverdue(liveByteCount)
        }
        guard isRewriteOverdue else { return }
        try await BlockingWork.shared.run { [self] in try rewriteIfDue() }
    }

    // MARK: - Lookups

    /// The row of a peer.
    public func peer(_ id: PeerID) throws -> StoredPeer? { try lookUp { $0.peer(id) } }

    /// The peer with a username, in lower case and without `@`.
    public func peer(username: String) throws -> StoredPeer? { try lookUp { $0.peer(.username, username) } }

    /// The user with a phone number, digits only.
    public func peer(phone: String) throws -> StoredPeer? { try lookUp { $0.peer(.phone, phone) } }

    /// The peer whose name is exactly this.
    public func peer(name: String) throws -> StoredPeer? { try lookUp { $0.peer(.name, name) } }

    /// Waits for a change that is being made in memory, but never for the disk.
    private func lookUp(_ body: (PeerTable) -> StoredPeer?) throws -> StoredPeer? {
        try image.withLock { image throws(SessionError) in
            guard let image else { throw .notOpen }
            return body(image.peers)
        }
    }

    // MARK: - Saving

    /// Does not keep changes from being made while the disk is slow.
    private func saveNow() throws(SessionError) {
        // One at a time: whoever comes second must not return before the disk has what the first one has begun with.
        try saves.withLock { saves throws(SessionError) in
            saves += 1
            try rewriteIfDue()
            guard let unsaved = disk.withLock({ $0.takeUnsaved() }) else { return }
            do throws(SessionError) {
                try unsaved.save()
            } catch {
                disk.withLock { $0.savingFailed(unsaved) }
                throw error
            }
        }
    }

    /// Nothing can change meanwhile, but lookups go on.
    private func rewriteIfDue() throws(SessionError) {
        try disk.withLock { disk throws(SessionError) in
            guard let current = image.withLock({ $0 }) else { throw .notOpen }
            if disk.isRewriteDue(SessionFormat.byteCount(current)) { try disk.rewrite(current) }
        }
    }
}
