/// The identifier of a message: the sender's time in its upper half, a fraction of the second and the direction below.
///
/// See <https://core.telegram.org/mtproto/description#message-identifier-msg-id>.
package struct MessageID: Hashable, Comparable, Sendable {
    package let rawValue: Int64

    package init(_ rawValue: Int64) { self.rawValue = rawValue }

    package static func < (left: MessageID, right: MessageID) -> Bool { left.rawValue < right.rawValue }

    /// When it was made, by the sender's clock, since 1970.
    package var time: Duration {
        let fraction = UInt64(UInt32(truncatingIfNeeded: rawValue))
        return .seconds(rawValue >> 32) + .nanoseconds(Int64((fraction * 1_000_000_000) >> 32))
    }

    /// Whether a client may have made it.
    package var isFromClient: Bool { rawValue & 3 == 0 }
    /// Whether a server may have made it: as an answer (1) or on its own account (3).
    package var isFromServer: Bool { rawValue & 1 == 1 }
}

extension MessageID: CustomStringConvertible {
    package var description: String { String(rawValue) }
}
