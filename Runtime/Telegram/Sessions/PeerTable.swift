/// Many peers in little memory: the rows lie one after the other in one piece of memory, in the form in which files
/// keep them, and a table of hashes says where.
///
/// A username or a phone number is only ever in one row: who comes with it takes it from whoever had it. So the same
/// rows in the same order always give the same table.
struct PeerTable: Sendable {
    /// Rows, also those that have been replaced.
    private var rows: [UInt8] = []
    /// How much of them has been replaced.
    private var deadByteCount = 0
    private var index = OffsetTable()
    /// How many peers there are.
    private(set) var count = 0

    /// Rows that have been replaced are removed when there are more of them than others, and as many bytes.
    private static let leastDeadByteCount = 1 << 16

    /// The bytes of all rows.
    var byteCount: Int { rows.count }
    /// The bytes of the rows that count.
    var liveByteCount: Int { rows.count - deadByteCount }

    /// Whether rows of as many bytes still find a place.
    func hasRoom(for byteCount: Int) -> Bool { rows.count + byteCount <= OffsetTable.maximumOffset }

    // MARK: - Lookups

    func peer(_ id: PeerID) -> StoredPeer? {
        rows.withUnsafeBytes { rows in offset(of: id, rows).map { PeerRow(trusted: rows, at: $0).peer } }
    }

    /// The peer that has exactly this name, username or number.
    func peer(_ field: PeerRow.Field, _ text: String) -> StoredPeer? {
        var text = text
        return text.withUTF8 { text in
            rows.withUnsafeBytes { rows in
                offset(field, UnsafeRawBufferPointer(text), rows).map { PeerRow(trusted: rows, at: $0).peer }
            }
        }
    }

    /// Who has a username or a number.
    func owner(_ field: PeerRow.Field, _ text: UnsafeRawBufferPointer) -> PeerID? {
        rows.withUnsafeBytes { rows in offset(field, text, rows).map { PeerRow(trusted: rows, at: $0).id } }
    }

    /// Whether exactly this row is there already.
    func contains(_ row: PeerRow) -> Bool {
        rows.withUnsafeBytes { rows in
            offset(of: row.id, rows).map { PeerRow(trusted: rows, at: $0).equals(row) } ?? false
        }
    }

    /// Calls `body` with the bytes of each row, in the order of their coming.
    func forEachRow(_ body: (UnsafeRawBufferPointer) -> Void) {
        rows.withUnsafeBytes { rows in
            var offset = 0
            while offset < rows.count {
                let row = PeerRow(trusted: rows, at: offset)
                let end = offset + row.byteCount
                if !row.isDead { body(UnsafeRawBufferPointer(rebasing: rows[offset..<end])) }
                offset = end
            }
        }
    }

    // MARK: - Changes

    /// Keeps a row; `bytes` are its own.
    mutating func store(_ row: PeerRow, _ bytes: UnsafeRawBufferPointer) {
        takeTexts(of: row)
        replace(row, bytes)
        if deadByteCount > max(liveByteCount, Self.leastDeadByteCount) { removeDeadRows() }
    }

    /// Makes room for as many rows and bytes.
    mutating func reserve(rows rowCount: Int, byteCount: Int) {
        rows.reserveCapacity(byteCount)
        // A number, a name, and often a username or a phone number.
        index.reserve(rowCount * 3)
    }

    private mutating func replace(_ row: PeerRow, _ bytes: UnsafeRawBufferPointer) {
        if let old = rows.withUnsafeBytes({ self.offset(of: row.id, $0) }) { remove(at: old) }
        let offset = UInt32(truncatingIfNeeded: rows.count)
        rows.append(contentsOf: bytes)
        index.insert(offset, hash: Self.hash(of: row.id))
        row.forEachText { index.insert(offset, hash: Self.hash($0, $1)) }
        count += 1
    }

    private mutating func remove(at offset: Int) {
        let place = UInt32(truncatingIfNeeded: offset)
        rows.withUnsafeBytes { rows in
            let row = PeerRow(trusted: rows, at: offset)
            index.remove(place, hash: Self.hash(of: row.id))
            row.forEachText { index.remove(place, hash: Self.hash($0, $1)) }
            deadByteCount += row.byteCount
        }
        PeerRow.kill(&rows, at: offset)
        count -= 1
    }

    /// Takes the usernames and the number of a row from other peers that have them.
    private mutating func takeTexts(of row: PeerRow) {
        let id = row.id
        row.forEachText { field, text in
            guard field != .name else { return }
            let owner = rows.withUnsafeBytes { rows -> StoredPeer? in
                guard let offset = offset(field, text, rows) else { return nil }
                let owner = PeerRow(trusted: rows, at: offset)
                return owner.id == id ? nil : owner.peer
            }
            guard var owner else { return }
            if field == .phone { owner.phone = nil } else { owner.usernames.removeAll { $0.utf8.elementsEqual(text) } }
            var bytes: [UInt8] = []
            PeerRow.append(owner, to: &bytes)
            bytes.withUnsafeBytes { replace(PeerRow(trusted: $0, at: 0), $0) }
        }
    }

    private mutating func removeDeadRows() {
        var table = PeerTable()
        table.reserve(rows: count, byteCount: liveByteCount)
        forEachRow { table.replace(PeerRow(trusted: $0, at: 0), $0) }
        self = table
    }

    // MARK: - Finding

    private func offset(of id: PeerID, _ rows: UnsafeRawBufferPointer) -> Int? {
        index.first(hash: Self.hash(of: id)) { PeerRow(trusted: rows, at: Int($0)).id == id }.map { Int($0) }
    }

    private func offset(
        _ field: PeerRow.Field,
        _ text: UnsafeRawBufferPointer,
        _ rows: UnsafeRawBufferPointer
    ) -> Int? {
        index.first(hash: Self.hash(field, text)) { PeerRow(trusted: rows, at: Int($0)).has(field, text) }
            .map { Int($0) }
    }

    // Seeded in each process, so that nobody can choose names with the same hash.

    private static func hash(of id: PeerID) -> UInt32 { UInt32(truncatingIfNeeded: id.hashValue) }

    private static func hash(_ field: PeerRow.Field, _ text: UnsafeRawBufferPointer) -> UInt32 {
        var hasher = Hasher()
        hasher.combine(field)
        hasher.combine(bytes: text)
        return UInt32(truncatingIfNeeded: hasher.finalize())
    }
}
