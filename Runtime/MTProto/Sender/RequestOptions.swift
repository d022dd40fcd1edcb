/// How a single request is to be treated.
package struct RequestOptions: Sendable {
    /// Whether executing it twice does no harm, so that it is sent again even when the server may have executed it.
    package var isRepeatable: Bool
    /// Whether the announcement of layer and application may go around it.
    package var carriesAnnouncement: Bool
    /// Called on the connection's thread, at most a few times, when the server says that it has the request; the answer
    /// may still take a while. Setting it asks the server to say so at once.
    package var onAcknowledged: (@Sendable () -> Void)?

    package init(
        isRepeatable: Bool = false,
        carriesAnnouncement: Bool = true,
        onAcknowledged: (@Sendable () -> Void)? = nil
    ) {
        self.isRepeatable = isRepeatable
        self.carriesAnnouncement = carriesAnnouncement
        self.onAcknowledged = onAcknowledged
    }
}
