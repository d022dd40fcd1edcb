/// A dictionary that forgets what has not been used for the longest time when it is full.
struct BoundedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    /// Entries in a row from the most to the least recently used; links instead of an order of their own, so that a use
    /// costs the same however many there are.
    private struct Entry {
        var key: Key
        var value: Value
        var newer: Int
        var older: Int
    }

    private static var nowhere: Int { -1 }

    let limit: Int
    private var entries: [Entry] = []
    private var free: [Int] = []
    private var positions: [Key: Int] = [:]
    private var newest = nowhere
    private var oldest = nowhere

    /// - Parameter limit: How many entries are kept; at least one is.
    init(limit: Int) { self.limit = max(1, limit) }

    var count: Int { positions.count }

    /// Looks, without counting it as a use.
    func peek(_ key: Key) -> Value? { positions[key].map { entries[$0].value } }

    /// Looks, and makes the entry the most recently used.
    mutating func value(_ key: Key) -> Value? {
        guard let position = positions[key] else { return nil }
        moveToFront(position)
        return entries[position].value
    }

    /// Sets a value, which is the most recently used then.
    /// - Returns: what was forgotten for it.
    @discardableResult
    mutating func insert(_ value: Value, for key: Key) -> Value? {
        if let position = positions[key] {
            entries[position].value = value
            moveToFront(position)
            return nil
        }
        let forgotten = count == limit ? remove(entries[oldest].key) : nil
        let entry = Entry(key: key, value: value, newer: Self.nowhere, older: Self.nowhere)
        let position: Int
        if let gap = free.popLast() {
            position = gap
            entries[gap] = entry
        } else {
            position = entries.count
            entries.append(entry)
        }
        positions[key] = position
        pushFront(position)
        return forgotten
    }

    @discardableResult
    mutating func remove(_ key: Key) -> Value? {
        guard let position = positions.removeValue(forKey: key) else { return nil }
        unlink(position)
        free.append(position)
        return entries[position].value
    }

    private mutating func moveToFront(_ position: Int) {
        guard position != newest else { return }
        unlink(position)
        pushFront(position)
    }

    private mutating func unlink(_ position: Int) {
        let (newer, older) = (entries[position].newer, entries[position].older)
        if newer == Self.nowhere { newest = older } else { entries[newer].older = older }
        if older == Self.nowhere { oldest = newer } else { entries[older].newer = newer }
    }

    private mutating func pushFront(_ position: Int) {
        entries[position].newer = Self.nowhere
        entries[position].older = newest
        if newest == Self.nowhere { oldest = position } else { entries[newest].newer = position }
        newest = position
    }
}
