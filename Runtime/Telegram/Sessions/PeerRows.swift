/// Peers of one call, in the form of a ``PeerTable``.
struct PeerRows: Sendable {
    private(set) var bytes: [UInt8] = []

    init() {}

    init(_ peers: [StoredPeer]) {
        for peer in peers { PeerRow.append(peer, to: &bytes) }
    }

    var isEmpty: Bool { bytes.isEmpty }

    /// Calls `body` with each row and its bytes.
    func forEach(_ body: (PeerRow, UnsafeRawBufferPointer) -> Void) {
        bytes.withUnsafeBytes { bytes in
            var offset = 0
            while offset < bytes.count {
                let row = PeerRow(trusted: bytes, at: offset)
                let end = offset + row.byteCount
                body(row, UnsafeRawBufferPointer(rebasing: bytes[offset..<end]))
                offset = end
            }
        }
    }

    mutating func append(_ row: UnsafeRawBufferPointer) { bytes.append(contentsOf: row) }
}

extension PeerTable {
    /// The rows that would change something if they were stored one after the other.
    func news(in rows: PeerRows) -> PeerRows {
        var news = PeerRows()
        // Who is not the same any more after the rows before: what the table says of them does not count.
        var changed: Set<PeerID> = []
        rows.forEach { row, bytes in
            guard changed.contains(row.id) || !contains(row) else { return }
            news.append(bytes)
            changed.insert(row.id)
            row.forEachText { field, text in
                if field != .name, let owner = owner(field, text) { changed.insert(owner) }
            }
        }
        return news
    }
}
