/// The content of a session that is kept in memory only, and can be opened by one client at a time.
struct OpenableImage: Sendable {
    var isOpen = false
    private var image: SessionImage

    init(_ image: SessionImage) { self.image = image }

    mutating func open() throws(SessionError) -> SessionContent {
        guard !isOpen else { throw .openedTwice }
        isOpen = true
        return image.content
    }

    mutating func write(_ write: SessionWrite) throws(SessionError) {
        guard isOpen else { throw .notOpen }
        if let news = try write.news(for: image) { image.make(news) }
    }

    func lookUp(_ body: (PeerTable) -> StoredPeer?) throws(SessionError) -> StoredPeer? {
        guard isOpen else { throw .notOpen }
        return body(image.peers)
    }

    /// What there is, open or not.
    var content: SessionContent { image.content }
}
