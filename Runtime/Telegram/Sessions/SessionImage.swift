/// What a session holds in memory.
struct SessionImage: Sendable {
    var content = SessionContent()
    var peers = PeerTable()

    mutating func apply(_ changes: [SessionChange]) {
        for change in changes { content.apply(change) }
    }

    mutating func store(_ peers: [StoredPeer]) {
        for peer in peers { self.peers.store(peer) }
    }
}
