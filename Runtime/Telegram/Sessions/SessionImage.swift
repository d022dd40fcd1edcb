/// What a session holds in memory.
struct SessionImage: Sendable {
    var content = SessionContent()
    var peers = PeerTable()

    /// Makes a change. What was known about peers goes with the account that had met them: their access hashes are
    /// worth nothing to anybody else.
    mutating func apply(_ change: SessionChange) {
        if case .account(let account) = change, let former = content.account, former.userID != account?.userID {
            peers = PeerTable()
        }
        content.apply(change)
    }
}
