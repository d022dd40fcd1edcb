/// Makes identifiers that only ever rise, from a time that may not.
package struct MessageIDGenerator: Sendable {
    /// Which identifiers to make: their two lowest bits tell who made them.
    package enum Kind: Int64, Sendable {
        /// By a client.
        case client = 0
        /// By a server, as an answer.
        case serverAnswer = 1
        /// By a server, without having been asked.
        case serverNotice = 3
    }

    /// The last one made, without its two lowest bits.
    private var last: Int64 = 0

    package init() {}

    /// The next identifier, from the time since 1970 at the server.
    package mutating func next(_ kind: Kind = .client, at serverTime: Duration) -> MessageID {
        let (seconds, attoseconds) = serverTime.components
        // Both halves are clamped: a wrong clock makes a strange identifier, never a trap.
        let upper = Int64(clamping: min(max(seconds, 0), Int64(Int32.max))) << 32
        let fraction = Int64((UInt64(max(attoseconds, 0)) / 1_000_000_000) << 32 / 1_000_000_000)
        let wanted = (upper | fraction) & ~3
        last = max(wanted, last + 4)
        return MessageID(last | kind.rawValue)
    }

    /// Forgets the past: for a session that starts anew after its time was found to be ahead.
    package mutating func reset() { last = 0 }
}
