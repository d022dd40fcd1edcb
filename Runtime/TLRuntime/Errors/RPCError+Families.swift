// The families: one class for each code the server uses, the parents of the classes of known names.
//
// Each is unchecked `Sendable` for the reason that `RPCError` gives: it inherits, and adds no stored property.

extension RPCError {
    /// Code 303. The request belongs to another data centre; the number in the name says which.
    ///
    /// Repeat it there.
    open class InvalidDC: RPCError, @unchecked Sendable {}

    /// Code 400. The request was wrong: a parameter, or the state of what it refers to.
    ///
    /// Sending the same request again gives the same answer.
    open class BadRequest: RPCError, @unchecked Sendable {}

    /// Code 401. The session is not signed in, or not any more.
    ///
    /// Sign in again, or supply the password that is asked for.
    open class Unauthorized: RPCError, @unchecked Sendable {}

    /// Code 403. Privacy settings or missing rights forbid the request.
    ///
    /// Repeating it does not help until the rights change.
    open class Forbidden: RPCError, @unchecked Sendable {}

    /// Code 404. What was called does not exist, such as a method of another layer.
    ///
    /// This is an answer to a request; the transport error -404 is something else.
    open class NotFound: RPCError, @unchecked Sendable {}

    /// Code 406. The session or the account is in a state that the official apps explain to their users by other means.
    ///
    /// After `AUTH_KEY_DUPLICATED` the session is lost, and one has to sign in again.
    open class AuthKey: RPCError, @unchecked Sendable {}

    /// Code 420. The request came too often; most names carry the seconds to wait.
    ///
    /// See <https://core.telegram.org/api/errors#420-flood>.
    open class Flood: RPCError, @unchecked Sendable {}

    /// Code 500. The server failed at something that is not the caller's fault.
    ///
    /// Repeating the request after a moment often helps.
    open class Server: RPCError, @unchecked Sendable {}

    /// Code 503. The server did not finish in time.
    ///
    /// Repeating the request after a moment often helps.
    open class TimedOut: RPCError, @unchecked Sendable {}

    /// The family of a code, whose sign does not matter; `RPCError` itself for codes that have none.
    package static func family(ofCode code: Int) -> RPCError.Type {
        switch code.magnitude {
        case 303: InvalidDC.self
        case 400: BadRequest.self
        case 401: Unauthorized.self
        case 403: Forbidden.self
        case 404: NotFound.self
        case 406: AuthKey.self
        case 420: Flood.self
        case 500: Server.self
        case 503: TimedOut.self
        default: RPCError.self
        }
    }
}
