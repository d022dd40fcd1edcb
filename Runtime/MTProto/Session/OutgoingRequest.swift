/// A request on its way into the session.
package struct OutgoingRequest: Sendable {
    /// What is sent.
    package enum Content: Sendable {
        /// The encoded request.
        case bytes([UInt8])
        /// `auth.bindTempAuthKey`, which has to contain the identifiers of its own message and session.
        case keyBinding(TemporaryKeyBinding)
    }

    package var id: RequestID
    package var content: Content
    /// The name of the function, for the log.
    package var name: String
    /// The request that must have been executed before this one: it is wrapped in `invokeAfterMsg` while that is
    /// pending.
    package var predecessor: RequestID?
    /// Whether executing it twice does no harm, so that it is sent again even when the server may have executed it.
    package var isRepeatable: Bool
    /// Whether the announcement of layer and application may go around it.
    package var carriesAnnouncement: Bool
    /// Whether to ask the server to say at once that it has come.
    package var wantsQuickAck: Bool

    package init(
        id: RequestID,
        content: Content,
        name: String,
        predecessor: RequestID? = nil,
        isRepeatable: Bool = false,
        carriesAnnouncement: Bool = true,
        wantsQuickAck: Bool = false
    ) {
        self.id = id
        self.content = content
        self.name = name
        self.predecessor = predecessor
        self.isRepeatable = isRepeatable
        self.carriesAnnouncement = carriesAnnouncement
        self.wantsQuickAck = wantsQuickAck
    }
}
