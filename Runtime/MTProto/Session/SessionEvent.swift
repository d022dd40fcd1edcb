/// What a session wants its owner to know or to do.
package enum SessionEvent: Sendable, Equatable {
    /// The answer to a request: the boxed result, inflated; a slice of the packet it came in.
    case answered(RequestID, ArraySlice<UInt8>)
    /// The server answered with an error.
    case refused(RequestID, code: Int32, message: String)
    /// The request cannot be completed.
    case failed(RequestID, MTProtoError)
    /// The server has received the request; its answer may still take a while.
    case acknowledged(RequestID)
    /// Something the server sent on its own account: updates.
    case pushed(ArraySlice<UInt8>)
    /// The server has started a session for us: updates may have been lost before it.
    case sessionCreated
    /// Time, session or numbering had to be corrected; a new session identifier is in use, and updates may have been
    /// lost.
    case sessionReset(reason: String)
    /// The offset to the server's clock has changed to this, measured from the wall clock.
    case timeCorrected(offset: Duration)
    /// Other salts are valid now; keep them with the key.
    case saltsChanged([ServerSalt])
    /// A message was dropped because of a check.
    case dropped(SecurityCheck, String)
    /// The connection is of no use any more: make another.
    case reconnect(MTProtoError)
    /// The server has destroyed the key.
    case keyDestroyed
}
