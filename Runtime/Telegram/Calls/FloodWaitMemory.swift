import MTProto
import TelegramAPI

/// Which kinds of requests the server does not want to see for a while.
///
/// Asking again before the time is over makes the next wait longer, so what is certain to be refused is not sent at
/// all. Requests are told apart by their constructor: that is how the server counts.
package struct FloodWaitMemory: Sendable {
    /// A wait that has nearly passed is not worth keeping a request back for.
    package static let tolerance: Duration = .seconds(3)

    /// When each may be sent again, on the monotonic scale.
    private var dueTimes: [UInt32: Duration] = [:]

    package init() {}

    /// How long a request has to wait; `nil` when it can be sent.
    package mutating func remaining(for function: UInt32, at now: TimeReading) -> Duration? {
        guard !dueTimes.isEmpty, let due = dueTimes[function] else { return nil }
        let remaining = due - now.monotonic
        guard remaining > Self.tolerance else {
            dueTimes[function] = nil
            return nil
        }
        return remaining
    }

    /// The server has named a wait. A longer one that is known already stays.
    package mutating func remember(_ function: UInt32, for duration: Duration, at now: TimeReading) {
        dueTimes[function] = max(dueTimes[function] ?? .zero, now.monotonic + duration)
    }

    /// Somebody has waited.
    package mutating func forget(_ function: UInt32) { dueTimes[function] = nil }

    /// Another account has other limits.
    package mutating func removeAll() { dueTimes = [:] }

    package var isEmpty: Bool { dueTimes.isEmpty }
}
