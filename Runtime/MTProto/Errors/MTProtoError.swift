/// What can go wrong between this machine and the server, below the API: the way there, the key, the session.
///
/// Errors that the server answers a request with are `RPCError`s; a cancelled task gets `CancellationError`.
public struct MTProtoError: Error, Sendable, Hashable {
    /// The cause, to decide by.
    public let code: Code
    /// One sentence: what happened, where, and what helps.
    public let message: String
    /// The check that failed, when the cause is ``Code/securityCheckFailed``.
    public let check: SecurityCheck?

    package init(_ code: Code, _ message: String, check: SecurityCheck? = nil) {
        self.code = code
        self.message = message
        self.check = check
    }

    /// A failed check, with what was found.
    package init(_ check: SecurityCheck, _ message: String) {
        self.init(.securityCheckFailed, message, check: check)
    }
}

extension MTProtoError {
    /// Causes. More may come, so keep a `default` when you switch over them.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name of the cause.
        public let description: String

        /// No connection could be made: unreachable, refused, or nobody answered in time.
        public static let cannotConnect = Code(description: "cannotConnect")
        /// The connection broke and could not be restored.
        public static let connectionLost = Code(description: "connectionLost")
        /// The client was disconnected, or is not connected yet.
        public static let notConnected = Code(description: "notConnected")
        /// The connection broke after the request had left and before the answer came, so the server may have executed
        /// it.
        public static let outcomeUnknown = Code(description: "outcomeUnknown")
        /// The bytes that came do not follow the transport's rules.
        public static let malformedTransport = Code(description: "malformedTransport")
        /// The server does not know the key (transport error 404): it was destroyed, or belongs to another data centre.
        public static let authKeyNotFound = Code(description: "authKeyNotFound")
        /// The server refuses connections for a while (transport error 429).
        public static let transportFlood = Code(description: "transportFlood")
        /// The server does not serve this data centre (transport error 444).
        public static let invalidDataCenter = Code(description: "invalidDataCenter")
        /// Another transport error.
        public static let transportError = Code(description: "transportError")
        /// A proxy is described wrongly, or cannot carry this transport.
        public static let invalidProxy = Code(description: "invalidProxy")
        /// The proxy refused, or did not answer as its protocol says.
        public static let proxyFailed = Code(description: "proxyFailed")
        /// A check of the protocol failed; ``MTProtoError/check`` names it.
        public static let securityCheckFailed = Code(description: "securityCheckFailed")
        /// The key exchange was refused by the server.
        public static let keyExchangeFailed = Code(description: "keyExchangeFailed")
        /// A public key is not one: wrong PEM, wrong size.
        public static let invalidPublicKey = Code(description: "invalidPublicKey")
        /// The request is larger than a message may be.
        public static let requestTooLarge = Code(description: "requestTooLarge")
        /// The server complained about a message (`bad_msg_notification`) in a way that sending again does not cure.
        public static let badMessage = Code(description: "badMessage")
        /// An answer could not be decoded.
        public static let undecodableAnswer = Code(description: "undecodableAnswer")
        /// A request that this one had to come after has failed.
        public static let predecessorFailed = Code(description: "predecessorFailed")
    }
}

extension MTProtoError: CustomStringConvertible {
    /// The message, with the failed check in front if there is one.
    public var description: String {
        if let check { "security check '\(check.rawValue)' failed: \(message)" } else { message }
    }
}
