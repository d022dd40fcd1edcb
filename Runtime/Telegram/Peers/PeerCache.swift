/// Rows of peers in memory: the most recently used ones, with their usernames and phone numbers.
struct PeerCache: Sendable {
    private var rows: BoundedCache<PeerID, StoredPeer>
    private var usernames: [String: Owner] = [:]
    private var phones: [String: PeerID] = [:]

    /// Who has a username, and when the server, or else the session, has shown it.
    private struct Owner {
        let id: PeerID
        let seen: Duration
    }

    init(limit: Int) { rows = BoundedCache(limit: limit) }

    var count: Int { rows.count }

    mutating func row(_ id: PeerID) -> StoredPeer? { rows.value(id) }
    func id(username: String) -> PeerID? { usernames[username]?.id }
    /// When a username has come for the last time, on the scale of whoever inserted it.
    func seen(username: String) -> Duration? { usernames[username]?.seen }
    func id(phone: String) -> PeerID? { phones[phone] }

    /// Takes a row over.
    /// - Returns: whether it says anything new.
    mutating func insert(_ row: StoredPeer, at now: Duration = .zero) -> Bool {
        let former = rows.value(row.id)
        // A name may have gone to somebody else and come back, with the row being the same.
        let hasNames =
            row.usernames.allSatisfy { usernames[$0]?.id == row.id } && row.phone.map { phones[$0] == row.id } ?? true
        let isKnown = former == row && hasNames
        if !isKnown {
            if let former { forgetNames(of: former) }
            if let forgotten = rows.insert(row, for: row.id) { forgetNames(of: forgotten) }
        }
        for name in row.usernames { usernames[name] = Owner(id: row.id, seen: now) }
        if isKnown { return false }
        if let phone = row.phone { phones[phone] = row.id }
        return true
    }

    /// Takes a username away from whoever has it.
    /// - Returns: the row without it.
    mutating func remove(username: String) -> StoredPeer? {
        guard let id = usernames.removeValue(forKey: username)?.id, var row = rows.peek(id) else { return nil }
        row.usernames.removeAll { $0 == username }
        rows.insert(row, for: id)
        return row
    }

    /// Names that have gone to others meanwhile stay theirs.
    private mutating func forgetNames(of row: StoredPeer) {
        for name in row.usernames where usernames[name]?.id == row.id { usernames[name] = nil }
        if let phone = row.phone, phones[phone] == row.id { phones[phone] = nil }
    }
}
