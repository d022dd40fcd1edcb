import MTProtoCrypto
public import TelegramAPI

extension TelegramClient {
    /// Sends any request and returns its answer.
    ///
    /// ```swift
    /// let nearest = try await client(TL.help.GetNearestDc())
    /// ```
    /// Trouble of the server, and waits up to the threshold, are slept through, and the request is sent again: as it
    /// was, with the same `random_id`, so that nothing happens twice. When the account turns out to live in another
    /// data centre the client moves there. Cancelling the task drops the request.
    /// - Parameter floodSleepThreshold: The longest wait to sleep through for this call, instead of
    ///   ``TelegramClient/floodSleepThreshold``; zero throws every `FLOOD_WAIT`.
    /// - Throws: `RPCError` as the server answered; ``ClientError`` with `retriesExhausted` or `alreadyExecuted`;
    ///   `MTProtoError`: `notConnected`, `outcomeUnknown`, `undecodableAnswer`, `requestTooLarge`, or the error that
    ///   the connection was given up with; `TLEncodingError`; `CancellationError` when the task is cancelled or the
    ///   client is disconnected.
    ///
    /// After an error that ends the sign-in (`AUTH_KEY_UNREGISTERED`, `SESSION_REVOKED`, `SESSION_EXPIRED`,
    /// `USER_DEACTIVATED`, `USER_DEACTIVATED_BAN`) nobody is signed in any more, and the connection stays: one can sign
    /// in again. After `AUTH_KEY_DUPLICATED` the key is worth nothing: it is forgotten, and the client is disconnected
    /// with `sessionInvalidated`.
    public func callAsFunction<Function: TLFunction>(
        _ function: Function,
        floodSleepThreshold: Duration? = nil
    ) async throws -> Function.Response {
        try await core.call(function, floodSleepThreshold: floodSleepThreshold)
    }

    /// The same, and tells when the server has the request: of `auth.logOut` it may say nothing more.
    package func call<Function: TLFunction>(
        _ function: Function,
        floodSleepThreshold: Duration? = nil,
        onAcknowledged: (@Sendable () -> Void)?
    ) async throws -> Function.Response {
        try await core.call(function, floodSleepThreshold: floodSleepThreshold, onAcknowledged: onAcknowledged)
    }

    /// Sends a request to some data centre, over a connection that is made for it when it is not the account's own, and
    /// closed when nobody has used it for a minute. The account is signed in there, too.
    /// - Throws: what ``callAsFunction(_:floodSleepThreshold:)`` throws, redirections to other data centres, and
    ///   ``ClientError`` with `unknownDataCenter`.
    package func call<Function: TLFunction>(
        _ function: Function,
        inDataCenter dataCenter: Int32
    ) async throws -> Function.Response {
        if dataCenter == homeDataCenter { return try await core.call(function) }
        return try await borrow(dataCenter).call(function)
    }

    /// Takes a connection to a data centre into use, for more than one request.
    package func borrow(_ dataCenter: Int32, _ role: ConnectionRole = .ordinary) -> BorrowedSender {
        core.borrow(ConnectionKey(dataCenter: dataCenter, role: role))
    }

    /// The longest wait that the client sleeps through when the server demands one; longer ones are thrown. It begins
    /// with that of the configuration, and what is set counts for calls from then on: zero throws every wait, and more
    /// than a day counts as a day.
    public var floodSleepThreshold: Duration {
        get { core.status.withLock { $0.floodSleepThreshold } }
        set { core.status.withLock { $0.floodSleepThreshold = CallPolicy.threshold(newValue) } }
    }

    /// Tells of every wait that the server demands, before it is slept through or thrown; each call makes a stream of
    /// its own, which ends with the client. A slow reader misses the oldest ones.
    public var floodWaits: AsyncStream<FloodWaitEvent> { core.floodWaits.subscribe() }
}
