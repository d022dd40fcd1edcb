import MTProto
import MTProtoCrypto
import TelegramAPI

/// The attempts at one request: remembers waits, sleeps, moves.
struct Attempts {
    private let core: ClientCore
    private let function: UInt32
    private let name: String
    private let isInExport: Bool
    private let freshPolicy: CallPolicy
    private var policy: CallPolicy
    /// How often sleeps had been interrupted when the request was made. A disconnection ends it also when the answer
    /// has come, and the sleep until the next attempt has not begun.
    private let interruptions: Int

    /// - Parameter interruptions: When what the request is a part of began earlier: the count of then.
    init(
        _ function: (some TLFunction).Type,
        _ floodSleepThreshold: Duration?,
        _ core: ClientCore,
        isInExport: Bool = false,
        since interruptions: Int? = nil
    ) {
        self.core = core
        self.isInExport = isInExport
        self.interruptions = interruptions ?? core.sleeper.interruptionCount
        self.function = function.id
        name = function.name
        freshPolicy = CallPolicy(
            name: function.name,
            retries: core.configuration.requestRetries,
            floodSleepThreshold: floodSleepThreshold ?? core.status.withLock { $0.floodSleepThreshold }
        )
        policy = freshPolicy
    }

    /// The next failure is that of another request.
    mutating func startOver() { policy = freshPolicy }

    /// Keeps a request back that the server would refuse, and finds the connection for it.
    func begin() async throws -> (Sender, SessionAccount?) {
        try Task.checkCancellation()
        while true {
            let now = core.now
            let (wait, home, account) = try core.status.withLock { status in
                let home = try status.requireHome()
                let wait = status.floodWaits.remaining(for: function, isInExport: isInExport, at: now)
                if wait == nil { status.lastRequest = now.monotonic }
                return (wait, home, status.account)
            }
            guard let wait else { return (home, account) }
            try await sleepThrough(wait, from: now)
        }
    }

    /// The same for a connection that is known.
    func beginElsewhere() async throws {
        try Task.checkCancellation()
        while true {
            let now = core.now
            let wait = core.status.withLock { $0.floodWaits.remaining(for: function, isInExport: isInExport, at: now) }
            guard let wait else { return }
            try await sleepThrough(wait, from: now)
        }
    }

    private func sleepThrough(_ remaining: Duration, from now: TimeReading) async throws {
        let isTolerated = policy.tolerates(remaining)
        announce(remaining, isSleptThrough: isTolerated, isRemembered: true)
        guard isTolerated else {
            throw RPCError.make(code: 420, name: "FLOOD_WAIT_\(remaining.wholeSeconds)").from(name)
        }
        try await sleep(until: now.monotonic + remaining)
        core.status.withLock { $0.floodWaits.forget(function, isInExport: isInExport) }
    }

    /// Does what has to be done before the next attempt, or throws when there is none.
    mutating func recover(from error: any Error, at place: CallPolicy.Place) async throws {
        // Time counts from the answer, whatever is done before the sleep begins.
        let now = core.now
        switch policy.failed(with: error, at: place) {
        case .retry(let delay):
            core.log.debug("'\(name)' is sent again in \(delay): \(error)")
            try await sleep(until: now.monotonic + delay)
        case .wait(let duration, let isRemembered):
            if isRemembered { remember(duration, from: now) }
            announce(duration, isSleptThrough: true, isRemembered: false)
            try await sleep(until: now.monotonic + duration)
            core.status.withLock { $0.floodWaits.forget(function, isInExport: isInExport) }
        case .switchHome(let dataCenter): try await core.switchHome(to: dataCenter)
        case .fail(let error, let wait):
            if let wait {
                remember(wait, from: now)
                announce(wait, isSleptThrough: false, isRemembered: false)
            }
            throw error
        }
    }

    private func sleep(until deadline: Duration) async throws {
        try await core.sleeper.sleep(until: deadline, since: interruptions)
    }

    private func remember(_ duration: Duration, from now: TimeReading) {
        core.status.withLock { status in
            status.floodWaits.remember(function, isInExport: isInExport, for: duration, at: now)
        }
    }

    private func announce(_ duration: Duration, isSleptThrough: Bool, isRemembered: Bool) {
        let event = FloodWaitEvent(
            method: name,
            duration: duration,
            isSleptThrough: isSleptThrough,
            isRemembered: isRemembered
        )
        core.log.debug("flood wait: \(event)")
        core.floodWaits.send(event)
    }
}

extension Duration {
    /// Seconds, rounded up.
    fileprivate var wholeSeconds: Int64 { components.seconds + (components.attoseconds > 0 ? 1 : 0) }
}

extension RPCError {
    /// The same error of a request that was not sent.
    fileprivate func from(_ method: String) -> RPCError {
        type(of: self).init(code: code, name: name, value: value, path: [method], explanation: explanation)
    }
}
