import MTProto
import TelegramAPI

/// What becomes of one request after an error: errors in, decisions out. It lives as long as the request, through all
/// its attempts.
package struct CallPolicy: Sendable {
    /// Where the request is sent.
    package enum Place: Sendable, Hashable {
        /// To the account's data centre.
        case home(isSignedIn: Bool)
        /// To another one, or over a connection for files: a redirection concerns whoever chose it.
        case elsewhere
    }

    package enum Decision: Sendable {
        /// Send it again after this time.
        case retry(after: Duration)
        /// The server wants it to wait; then send it again.
        case wait(Duration, isRemembered: Bool)
        /// The account lives in this data centre: go there for good, and send it again.
        case switchHome(Int32)
        /// Throw this. When the server named a wait that is too long for the caller, it has to be remembered.
        case fail(any Error, remembering: Duration? = nil)
    }

    /// How long the server gets to recover from its own trouble.
    package static let recoveryTime: Duration = .seconds(2)

    /// The longest wait that is ever slept through.
    package static let maximumFloodSleep: Duration = .seconds(24 * 3_600)

    private let retries: Int?
    private let floodSleepThreshold: Duration
    private let name: String
    private var failures = 0

    /// - Parameters:
    ///   - name: Of the function, for error messages.
    ///   - retries: How many attempts may follow the first one; `nil` for any number.
    ///   - floodSleepThreshold: The longest wait that is slept through.
    package init(name: String, retries: Int?, floodSleepThreshold: Duration) {
        self.name = name
        self.retries = retries
        self.floodSleepThreshold = Self.threshold(floodSleepThreshold)
    }

    /// What counts of a threshold.
    static func threshold(_ wanted: Duration) -> Duration { min(max(wanted, .zero), maximumFloodSleep) }

    /// Whether a wait is slept through. A threshold of zero means never.
    package func tolerates(_ wait: Duration) -> Bool { floodSleepThreshold > .zero && wait <= floodSleepThreshold }

    /// An attempt has failed.
    package mutating func failed(with error: any Error, at place: Place) -> Decision {
        guard let error = error as? RPCError else { return .fail(error) }
        // Its first attempt was executed, and the answer got lost in an error or on the way.
        if failures > 0, error is RPCError.RandomIdDuplicate { return .fail(alreadyExecuted(error)) }
        let decision = judge(error, at: place)
        if case .fail = decision { return decision }
        failures += 1
        if let retries, failures > retries { return .fail(exhausted(error), remembering: wait(in: decision)) }
        return decision
    }

    private func judge(_ error: RPCError, at place: Place) -> Decision {
        if let wait = FloodWait(error) {
            guard tolerates(wait.duration) else {
                return .fail(error, remembering: wait.isRemembered ? wait.duration : nil)
            }
            return .wait(wait.duration, isRemembered: wait.isRemembered)
        }
        switch (error, place) {
        // The same request again cannot help: the sign-in has to begin anew, the identifier has been used.
        case (is RPCError.AuthRestart, _), (is RPCError.RandomIdDuplicate, _): return .fail(error)
        case (is RPCError.Server, _), (is RPCError.TimedOut, _), (is RPCError.RpcCallFail, _),
            (is RPCError.RpcMcgetFail, _), (is RPCError.InterdcCallError, _), (is RPCError.InterdcCallRichError, _):
            return .retry(after: Self.recoveryTime)
        case (let error as RPCError.UserMigrate, .home): return .switchHome(Int32(clamping: error.newDC))
        case (let error as RPCError.PhoneMigrate, .home(isSignedIn: false)):
            return .switchHome(Int32(clamping: error.newDC))
        case (let error as RPCError.NetworkMigrate, .home(isSignedIn: false)):
            return .switchHome(Int32(clamping: error.newDC))
        default: return .fail(error)
        }
    }

    private func wait(in decision: Decision) -> Duration? {
        if case .wait(let duration, isRemembered: true) = decision { duration } else { nil }
    }

    // MARK: - Errors

    private func exhausted(_ error: RPCError) -> ClientError {
        ClientError(
            .retriesExhausted,
            "'\(name)' failed \(failures) times, the last time with '\(error.name)'; "
                + "try later, or allow more attempts with 'requestRetries'",
            underlying: error
        )
    }

    private func alreadyExecuted(_ error: RPCError) -> ClientError {
        ClientError(
            .alreadyExecuted,
            "'\(name)' was executed by an earlier attempt, whose answer was lost; "
                + "look for its effect, do not repeat it",
            underlying: error
        )
    }
}

/// A wait that the server named.
private struct FloodWait {
    let duration: Duration
    /// Whether it holds for all requests of the kind. Slow mode holds for one chat.
    let isRemembered: Bool

    init?(_ error: RPCError) {
        switch error {
        case is RPCError.FloodWait, is RPCError.FloodPremiumWait, is RPCError.FloodTestPhoneWait: isRemembered = true
        case is RPCError.SlowModeWait: isRemembered = false
        default: return nil
        }
        // Zero would mean at once, which the server has just refused.
        duration = .seconds(max(error.value ?? 0, 1))
    }
}
