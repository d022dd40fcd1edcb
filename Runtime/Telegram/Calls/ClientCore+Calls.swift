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
        _ onAcknowledged: (@Sendable () -> Void)? = nil,
        isInExport: Bool = false
    ) async throws -> Wrapped.Response {
        var attempts = Attempts(
            Function.self,
            floodSleepThreshold,
            self,
            isInExport: isInExport
        )
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
    /// - Parameter interruptions: When what it is a part of began earlier: how often sleeps had been interrupted then.
    nonisolated func perform<Function: TLFunction>(
        _ function: Function,
        over sender: Sender,
        withoutUpdates: Bool = false,
        floodSleepThreshold: Duration? = nil,
        since interruptions: Int? = nil
    ) async throws -> Function.Response {
        var attempts = Attempts(Function.self, floodSleepThreshold, self, since: interruptions)
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

extension TLFunction {
    /// Whether executing it twice does no harm, by its name: what gets something, and parts of a file, which are the
    /// same part again.
    static var isRepeatable: Bool {
        let method = name.utf8.lastIndex(of: UInt8(ascii: ".")).map { name[name.utf8.index(after: $0)...] } ?? name[...]
        if method.hasPrefix("get") { return name != "messages.getBotCallbackAnswer" }
        return name == "upload.saveFilePart" || name == "upload.saveBigFilePart"
    }
}
