import MTProtoCrypto
import TelegramAPI

extension TelegramClient {
    /// Exports data: begins an export, or goes on with one that was interrupted, and ends it behind the closure.
    ///
    /// ```swift
    /// try await client.withTakeout(TakeoutOptions(contacts: true)) { takeout in
    ///     let contacts = try await takeout(TL.contacts.GetSaved())
    /// }
    /// ```
    /// The number of the export is kept in the session until it has ended, or the server says that it has
    /// (`TAKEOUT_INVALID`, or `TAKEOUT_REQUIRED` at its end). Ending it is not cancelled with the task.
    /// - Parameters:
    ///   - options: What will be fetched. `nil` goes on with the export that the session has, or begins one with
    ///     nothing named.
    ///   - finalize: Whether the export is ended behind the closure: as a success, or as a failure when the closure
    ///     throws. If not, ``endTakeout(success:)`` ends it, in this or another run of the program.
    /// - Throws: `RPCError.TakeoutInitDelay` when the owner of the account has to allow it in an official app first, or
    ///   wait that long; ``ClientError``: `takeoutUnfinished` when there are options and an earlier export has not
    ///   ended, `takeoutFailed` when the server does not accept the end; and what the closure throws.
    public func withTakeout<Result>(
        _ options: TakeoutOptions? = nil,
        finalize: Bool = true,
        isolation: isolated (any Actor)? = #isolation,
        _ body: (TakeoutClient) async throws -> Result
    ) async throws -> Result {
        let takeout = try await beginTakeout(options)
        let result: Result
        do {
            result = try await body(takeout)
        } catch {
            // The closure's error is the one that matters.
            if finalize { _ = try? await finish(takeout, success: false) }
            throw error
        }
        if finalize, try await !finish(takeout, success: true) {
            throw ClientError(.takeoutFailed, "the server did not accept the end of the export; end it again later")
        }
        return result
    }

    /// Ends the export that the session has.
    /// - Returns: `false` when there is none, the server does not accept the end, or the export had ended before.
    /// - Throws: what any request throws. It is not cancelled with the task.
    @discardableResult
    public func endTakeout(success: Bool) async throws -> Bool {
        guard let id = core.status.withLock({ $0.takeoutID }) else { return false }
        do {
            return try await finish(TakeoutClient(client: self, takeoutID: id), success: success)
        } catch let error as RPCError where error.deniesExport {
            return false
        }
    }

    private func beginTakeout(_ options: TakeoutOptions?) async throws -> TakeoutClient {
        if let id = core.status.withLock({ $0.takeoutID }) {
            guard options == nil else {
                throw ClientError(
                    .takeoutUnfinished,
                    "an earlier export has not been ended; "
                        + "go on with it without options, or call 'endTakeout(success:)'"
                )
            }
            return TakeoutClient(client: self, takeoutID: id)
        }
        let takeout = try await self((options ?? TakeoutOptions()).request)
        try await core.change(.takeout(takeout.id))
        return TakeoutClient(client: self, takeoutID: takeout.id)
    }

    private func finish(_ takeout: TakeoutClient, success: Bool) async throws -> Bool {
        // In a task of its own: a task that has been cancelled sends nothing, and the export would stay open.
        try await Task {
            do {
                guard try await takeout(TL.account.FinishTakeoutSession(success: success)) else { return false }
            } catch let error as RPCError where error.deniesExport {
                await core.forgetTakeout(takeout.takeoutID)
                throw error
            }
            await core.forgetTakeout(takeout.takeoutID)
            return true
        }.value
    }
}

extension RPCError {
    /// Whether the server says of the end of an export that there is no such export.
    fileprivate var deniesExport: Bool { self is RPCError.TakeoutInvalid || self is RPCError.TakeoutRequired }
}
