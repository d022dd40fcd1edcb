package import MTProto

/// The keys that a server knows, and which temporary key belongs to which permanent one.
package struct ServerKeyStore: Sendable {
    package struct Entry: Sendable {
        package let key: AuthKey
        /// The data centre it was made with; others do not know it.
        package let dataCenter: Int32
        /// When a temporary key ends, by the server's clock; `nil` for a permanent one.
        package let expiresAt: Duration?
        /// The permanent key that a temporary one is bound to.
        package var permanentKeyID: Int64?
        package var salts: ServerSalts

        package var isTemporary: Bool { expiresAt != nil }
        /// The key that everything is kept with; `nil` for a temporary key that is not bound yet.
        package var ownerID: Int64? { isTemporary ? permanentKeyID : key.id }
    }

    private var entries: [Int64: Entry] = [:]

    package init() {}

    package var ids: [Int64] { Array(entries.keys) }

    package subscript(id: Int64) -> Entry? {
        get { entries[id] }
        set { entries[id] = newValue }
    }

    /// The key that a packet for a data centre may be encrypted with now.
    package func usable(_ id: Int64, dataCenter: Int32, at serverTime: Duration) -> Entry? {
        guard let entry = entries[id], entry.dataCenter == dataCenter else { return nil }
        if let expiresAt = entry.expiresAt, expiresAt <= serverTime { return nil }
        return entry
    }

    package mutating func add(
        _ key: AuthKey,
        dataCenter: Int32,
        expiresAt: Duration?,
        salts: ServerSalts,
        at serverTime: Duration
    ) {
        for (id, entry) in entries {
            if let expiresAt = entry.expiresAt, expiresAt + .seconds(60) <= serverTime { entries[id] = nil }
        }
        entries[key.id] = Entry(key: key, dataCenter: dataCenter, expiresAt: expiresAt, salts: salts)
    }

    /// Forgets a key, and with a permanent one the temporary ones that are bound to it. Returns what was forgotten.
    package mutating func remove(_ id: Int64) -> [Int64] {
        let removed = entries.values.filter { $0.key.id == id || $0.permanentKeyID == id }.map(\.key.id)
        for id in removed { entries[id] = nil }
        return removed
    }

    /// Binds a temporary key. A newer one of the same permanent key does not end the older ones: their time does.
    package mutating func bind(_ id: Int64, to permanentKeyID: Int64) { entries[id]?.permanentKeyID = permanentKeyID }
}
