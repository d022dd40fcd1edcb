import MTProto
import TelegramAPI

/// Which kinds of requests the server does not want to see for a while.
///
/// Asking again before the time is over makes the next wait longer, so what is certain to be refused is not sent at
/// all. Requests are told apart by their constructor: that is how the server counts. Those of an export it counts apart
/// from the others, with limits of their own.
package struct FloodWaitMemory: Sendable {
    private struct Kind: Hashable {
        let function: UInt32
        let isInExport: Bool
    }

    /// A wait that has nearly passed is not worth keeping a request back for.
    package static let tolerance: Duration = .seconds(3)

    /// When each may be sent again, on the monotonic scale.
    private var dueTimes: [Kind: Duration] = [:]

    package init() {}

    /// How long a request has to wait; `nil` when it can be sent.
    package mutating func remaining(
        for function: UInt32,
        isInExport: Bool = false,
        at now: TimeReading
    ) -> Duration? {
        let kind = Kind(function: function, isInExport: isInExport)
        guard !dueTimes.isEmpty, let due = dueTimes[kind] else { return nil }
        let remaining = due - now.monotonic
        guard remaining > Self.tolerance else {
            dueTimes[kind] = nil
            return nil
        }
        return remaining
    }

    /// The server has named a wait. A longer one that is known already stays.
    package mutating func remember(
        _ function: UInt32,
        isInExport: Bool = false,
        for duration: Duration,
        at now: TimeReading
    ) {
        let kind = Kind(function: function, isInExport: isInExport)
        dueTimes[kind] = max(dueTimes[kind] ?? .zero, now.monotonic + duration)
    }

    /// Somebody has waited.
    package mutating func forget(_ function: UInt32, isInExport: Bool = false) {
        dueTimes[Kind(function: function, isInExport: isInExport)] = nil
    }

    /// Another account has other limits.
    package mutating func removeAll() { dueTimes = [:] }

    package var isEmpty: Bool { dueTimes.isEmpty }
}
