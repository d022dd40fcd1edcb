import MTProto
import MTProtoCrypto
import TelegramAPI

/// Requests, from the call to the last word.
extension ClientCore {
    /// Sends a request to the account's data centre, again as often as the policy says.
    nonisolated func call<Function: TLFunction>(
        _ function: Function,
        floodSleepThreshold: Duration? = nil,
        onAcknowledged: (@Sendable () -> Void)? = nil
    ) async throws -> Function.Response {
        if configuration.receiveUpdates {
            return try await call(function, as: function, floodSleepThreshold, onAcknowledged)
        }
        return try await call(
            function,
            as: TL.InvokeWithoutUpdates(query: function),
            floodSleepThreshold,
            onAcknowledged
        )
    }

    /// Sends a request in wrappers; what the server says about it concerns what is inside.
    nonisolated func call<Function: TLFunction, Wrapped: TLFunction>(
        _ function: Function,
        as wrapped: Wrapped,
        _ floodSleepThreshold: Duration?,
        _ onAcknowledged: (@Sendable () -> Void)? = nil
    ) async throws -> Wrapped.Response {
        var attempts = Attempts(Function.self, floodSleepThreshold ?? configuration.floodSleepThreshold, self)
        let options = RequestOptions(isRepeatable: Function.isRepeatable, onAcknowledged: onAcknowledged)
        while true {
            let (sender, account) = try await attempts.begin()
            do {
                let response = try await sender.call(wrapped, options: options)
                await learn(from: response)
                return response
            } catch {
                await refused(error, account: account)
                try await attempts.recover(from: error, at: .home(isSignedIn: account != nil))
            }
        }
    }

    /// Sends a request over a particular connection, wherever it leads.
    nonisolated func perform<Function: TLFunction>(
        _ function: Function,
        over sender: Sender,
        withoutUpdates: Bool = false,
        floodSleepThreshold: Duration? = nil
    ) async throws -> Function.Response {
        var attempts = Attempts(Function.self, floodSleepThreshold ?? configuration.floodSleepThreshold, self)
        let options = RequestOptions(isRepeatable: Function.isRepeatable)
        while true {
            try await attempts.beginElsewhere()
            do {
                let response: Function.Response
                if withoutUpdates {
                    response = try await sender.call(TL.InvokeWithoutUpdates(query: function), options: options)
                } else {
                    response = try await sender.call(function, options: options)
                }
                await learn(from: response)
                return response
            } catch {
                try await attempts.recover(from: error, at: .elsewhere)
            }
        }
    }

    /// Keeps what an answer says about peers.
    nonisolated func learn(from response: some TLCodable) async {
        await peers.learn(from: response)
    }

    /// Draws the consequences of an error for the whole client.
    nonisolated func refused(_ error: any Error, account: SessionAccount?) async {
        guard let error = error as? RPCError else { return }
        if error.endsSession { return await terminate(after: error) }
        guard error.endsSignIn, let account else { return }
        // A request of an earlier account says nothing about the present one.
        await signOut(account, after: error)
    }

    private func signOut(_ account: SessionAccount, after error: RPCError) async {
        guard content.account == account else { return }
        log.debug("nobody is signed in any more: \(error.name)")
        await signedOut()
    }
}

/// The attempts at one request: remembers waits, sleeps, moves.
struct Attempts {
    private let core: ClientCore
    private let function: UInt32
    private let name: String
    private var policy: CallPolicy

    init(_ function: (some TLFunction).Type, _ floodSleepThreshold: Duration, _ core: ClientCore) {
        self.core = core
        self.function = function.id
        name = function.name
        policy = CallPolicy(
            name: function.name,
            retries: core.configuration.requestRetries,
            floodSleepThreshold: floodSleepThreshold
        )
    }

    /// Keeps a request back that the server would refuse, and finds the connection for it.
    func begin() async throws -> (Sender, SessionAccount?) {
        try Task.checkCancellation()
        while true {
            let (wait, home, account) = try core.status.withLock { status in
                (status.hasFloodWaits ? remainingWait(&status) : nil, try status.requireHome(), status.account)
            }
            guard let wait else { return (home, account) }
            try await sleepThrough(wait)
        }
    }

    /// The same for a connection that is known.
    func beginElsewhere() async throws {
        try Task.checkCancellation()
        while let wait = core.status.withLock({ $0.hasFloodWaits ? remainingWait(&$0) : nil }) {
            try await sleepThrough(wait)
        }
    }

    private func remainingWait(_ status: inout ClientStatus) -> Duration? {
        status.floodWaits.remaining(for: function, at: core.now)
    }

    private func sleepThrough(_ remaining: Duration) async throws {
        let isTolerated = policy.tolerates(remaining)
        announce(remaining, isSleptThrough: isTolerated, isRemembered: true)
        guard isTolerated else {
            throw RPCError.make(code: 420, name: "FLOOD_WAIT_\(remaining.wholeSeconds)").from(name)
        }
        try await core.sleeper.sleep(for: remaining)
        core.status.withLock { $0.floodWaits.forget(function) }
    }

    /// Does what has to be done before the next attempt, or throws when there is none.
    mutating func recover(from error: any Error, at place: CallPolicy.Place) async throws {
        switch policy.failed(with: error, at: place) {
        case .retry(let delay):
            core.log.debug("'\(name)' is sent again in \(delay): \(error)")
            try await core.sleeper.sleep(for: delay)
        case .wait(let duration, let isRemembered):
            if isRemembered { remember(duration) }
            announce(duration, isSleptThrough: true, isRemembered: false)
            try await core.sleeper.sleep(for: duration)
            core.status.withLock { $0.floodWaits.forget(function) }
        case .switchHome(let dataCenter): try await core.switchHome(to: dataCenter)
        case .fail(let error, let wait):
            if let wait {
                remember(wait)
                announce(wait, isSleptThrough: false, isRemembered: false)
            }
            throw error
        }
    }

    private func remember(_ duration: Duration) {
        let now = core.now
        core.status.withLock { $0.floodWaits.remember(function, for: duration, at: now) }
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

extension TLFunction {
    /// Whether executing it twice does no harm, by its name: what gets something, and parts of a file, which are the same
    /// part again.
    static var isRepeatable: Bool {
        let method = name.utf8.lastIndex(of: UInt8(ascii: ".")).map { name[name.utf8.index(after: $0)...] } ?? name[...]
        if method.hasPrefix("get") { return name != "messages.getBotCallbackAnswer" }
        return name == "upload.saveFilePart" || name == "upload.saveBigFilePart"
    }
}
