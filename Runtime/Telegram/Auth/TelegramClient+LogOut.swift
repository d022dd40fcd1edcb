import MTProto
import MTProtoCrypto
import TelegramAPI

extension TelegramClient {
    /// How long an answer is waited for after the server has confirmed that it has the request. Longer than the client
    /// waits before it repeats one that has failed with trouble of the server: a repeated request is confirmed again.
    private static var answerGrace: Duration { CallPolicy.recoveryTime + .seconds(3) }

    /// Logs the account out at the server, disconnects, and deletes the session. The client is of no use after that:
    /// every further call fails with `loggedOut`.
    /// - Returns: `false` when the server has refused; then the session stays, and so does the connection. An account
    ///   that it does not know any more (`AUTH_KEY_UNREGISTERED`, `SESSION_REVOKED`) counts as refused, too, but nobody
    ///   is signed in then, as after any request with this answer; sign in again, or disconnect and delete the session.
    /// - Throws: `MTProtoError` when there is no connection; `SessionError` when the session cannot be deleted;
    ///   `CancellationError` when the task is cancelled in time.
    ///
    /// See <https://core.telegram.org/method/auth.logOut>.
    @discardableResult
    public func logOut() async throws -> Bool {
        do {
            try await sendLogOut()
        } catch is RPCError {
            return false
        } catch let error as ClientError where error.code == .retriesExhausted {
            return false
        } catch let error as MTProtoError where error.code == .authKeyNotFound {
            // The key went with the account, faster than the answer.
            core.log.debug("the server has forgotten the key")
        }
        loginCodes.withLock { $0.forgetAll() }
        try await loggedOut()
        return true
    }

    /// Returns when the server has answered, or has confirmed the request and answers nothing: the key through which
    /// the answer would have to come may have lost its account before.
    private func sendLogOut() async throws {
        let (confirmations, confirm) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let lastConfirmation = Locked<Duration?>(nil)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [self] in
                let core = core
                _ = try await call(TL.auth.LogOut(), floodSleepThreshold: .zero) {
                    lastConfirmation.withLock { $0 = core.now.monotonic }
                    confirm.yield()
                }
            }
            group.addTask { [self] in
                for await _ in confirmations { break }
                while let confirmed = lastConfirmation.withLock({ $0 }) {
                    try Task.checkCancellation()
                    let deadline = confirmed + Self.answerGrace
                    if core.now.monotonic >= deadline { break }
                    try await core.sleeper.sleep(until: deadline)
                }
                try Task.checkCancellation()
                core.log.debug("the server has confirmed the log-out without an answer")
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
