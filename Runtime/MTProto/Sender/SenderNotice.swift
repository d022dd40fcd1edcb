/// What the owner of a connection has to know beside updates and answers.
package enum SenderNotice: Sendable {
    /// Requests reach the server, for the first time or again: updates may have been missed since the last time.
    case connected
    /// There is a new permanent key: keep it, it is what a login belongs to.
    case keyCreated(AuthKey)
    /// The server has forgotten the key; nothing that belonged to it is left.
    case keyDestroyed
    /// The server has started a session: updates may have been missed.
    case sessionCreated
    /// Another session identifier is in use: updates may have been missed.
    case sessionReset(reason: String)
    /// How much the server's clock is ahead of the wall clock has changed to this.
    case timeCorrected(offset: Duration)
    /// Other salts are valid now: keep them with the key.
    case saltsChanged([ServerSalt])
    /// A message was dropped because of a check.
    case dropped(SecurityCheck, String)
    /// So many notices were dropped here because nobody fetched them. `Sender.credentials` has what must not be missed.
    case overflow(droppedCount: Int)
}

/// Something the server sent on its own account.
package enum Push: Sendable {
    /// A boxed value, usually of type `Updates`; a slice of the packet it came in.
    case update(ArraySlice<UInt8>)
    /// So many were dropped here because nobody fetched them: the difference has to be fetched.
    case overflow(droppedCount: Int)
}
