package import MTProto

/// Who uses which connection, and since when nobody does.
package struct BorrowLedger: Sendable {
    /// How long a connection that nobody uses is kept: the next file often comes from the same data centre.
    package static let idleTime: Duration = .seconds(60)

    private struct Entry: Sendable {
        var count = 0
        /// Since when the count is 0, on the monotonic scale.
        var idleSince: Duration?
    }

    private var entries: [ConnectionKey: Entry] = [:]

    package init() {}

    /// How many use a connection.
    package func count(of key: ConnectionKey) -> Int { entries[key]?.count ?? 0 }

    package mutating func borrow(_ key: ConnectionKey) {
        entries[key, default: Entry()].count += 1
        entries[key]?.idleSince = nil
    }

    package mutating func giveBack(_ key: ConnectionKey, at now: TimeReading) {
        guard let entry = entries[key], entry.count > 0 else { return }
        entries[key]?.count -= 1
        if entry.count == 1 { entries[key]?.idleSince = now.monotonic }
    }

    /// Connections that nobody has used for long enough. They are told once.
    package mutating func takeIdle(at now: TimeReading) -> [ConnectionKey] {
        let idle = entries.filter { $0.value.idleSince.map { now.monotonic - $0 >= Self.idleTime } ?? false }
        for key in idle.keys { entries[key] = nil }
        return Array(idle.keys)
    }

    /// When the next connection will have been idle for long enough, on the monotonic scale.
    package var nextDeadline: Duration? { entries.values.compactMap(\.idleSince).min().map { $0 + Self.idleTime } }
}
