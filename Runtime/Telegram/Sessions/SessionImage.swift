/// What a session holds in memory.
struct SessionImage: Sendable {
    var content = SessionContent()
    var peers = PeerTable()
}
