import TelegramAPI

/// What goes wrong in the client itself.
///
/// What the server refuses is an `RPCError`; trouble with the connection is an `MTProtoError`; a cancelled task gets
/// `CancellationError`.
public struct ClientError: Error, Sendable {
    /// The cause, to decide by.
    public let code: Code
    /// One sentence: what happened, and what helps.
    public let message: String
    /// The error that led to it, if there is one: the last `RPCError` of ``Code/retriesExhausted``, for example.
    public let underlying: (any Error)?

    package init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }
}

extension ClientError {
    /// Causes. More may come, so keep a `default` when you switch over them.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name of the cause.
        public let description: String

        /// A setting cannot be used, or two of them contradict each other.
        public static let invalidConfiguration = Code(description: "invalidConfiguration")
        /// The client has logged out, which is its end: create another one.
        public static let loggedOut = Code(description: "loggedOut")
        /// Nobody is signed in, and it takes somebody.
        public static let notSignedIn = Code(description: "notSignedIn")
        /// The server has invalidated the session, because its key was used in two places at once. Its key is
        /// forgotten: connect and sign in again. See <https://core.telegram.org/api/errors#406-not-acceptable>.
        public static let sessionInvalidated = Code(description: "sessionInvalidated")
        /// All attempts at a request failed with errors that might have passed; the last one is underlying.
        public static let retriesExhausted = Code(description: "retriesExhausted")
        /// An earlier attempt at the request was executed, and its answer was lost.
        public static let alreadyExecuted = Code(description: "alreadyExecuted")
        /// No address of a data centre is known.
        public static let unknownDataCenter = Code(description: "unknownDataCenter")
        /// An earlier export has not been finished.
        public static let takeoutUnfinished = Code(description: "takeoutUnfinished")
        /// The server did not accept the end of an export.
        public static let takeoutFailed = Code(description: "takeoutFailed")
    }
}

extension ClientError {
    static func sessionInvalidated(by cause: RPCError) -> ClientError {
        ClientError(
            .sessionInvalidated,
            "the server has invalidated this session with '\(cause.name)', because its key was used in two places at "
                + "once; connect and sign in again, and never run two clients on copies of one session",
            underlying: cause
        )
    }
}

extension ClientError: CustomStringConvertible {
    /// The message.
    public var description: String { message }
}
