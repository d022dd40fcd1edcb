import MTProto

/// What the methods of the client need at once, on whatever thread they are called.
struct ClientStatus: Sendable {
    /// The connection to the account's data centre, while there is one.
    var home: Sender?
    /// The number of that data centre.
    var homeID: Int32?
    /// Who is signed in, as far as it is known.
    var account: SessionAccount?
    /// Whether somebody may be signed in of whom the session does not know: the server has not answered yet.
    var isAccountOpen = false
    /// The export that is under way.
    var takeoutID: Int64?
    /// Why there is no connection, when it was not the program that ended it.
    var endError: (any Error)?
    /// Whether the client has logged out.
    var isLoggedOut = false
    /// Waits that the server has named.
    var floodWaits = FloodWaitMemory()
    /// The longest of them that is slept through, unless a call says otherwise.
    var floodSleepThreshold: Duration
    /// When the account's data centre was asked for something last, on the monotonic scale.
    var lastRequest: Duration = .zero
    /// Updates that could not be read.
    var unreadableUpdateCount = 0

    /// The connection for a request.
    func requireHome() throws -> Sender {
        if let home { return home }
        if isLoggedOut { throw ClientStatus.loggedOut }
        throw endError ?? MTProtoError(.notConnected, "the client is not connected; call 'connect()' first")
    }

    static let loggedOut = ClientError(
        .loggedOut,
        "this client has logged out and cannot be used any more; create another one"
    )
}
