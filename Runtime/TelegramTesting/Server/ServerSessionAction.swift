package import MTProto

/// What a session of the server wants its owner to do.
package enum ServerSessionAction: Sendable {
    /// Execute a request. Its message is never handed out a second time.
    case execute(MessageID, ArraySlice<UInt8>)
    /// The client does not want the answer any more: stop the execution.
    case cancel(MessageID)
    /// Close the connection that the message came by after this time, unless a newer wish of the kind comes first.
    case disconnect(after: Duration)
    /// Forget another session of the same key, and say so with
    /// ``ServerSession/sessionDestroyed(_:existed:request:at:)``.
    case destroySession(Int64, request: MessageID)
    /// Forget the key, and say so with ``ServerSession/keyDestroyed(_:request:at:)``.
    case destroyKey(request: MessageID)
    /// Hold back the answer to an HTTP request.
    case poll(HTTPPoll)
    /// A message was refused, and the client is told why.
    case refused(MessageID, ComplaintCode)
    /// A message came again, and was not executed again.
    case repeated(MessageID)
    /// A message makes no sense, and there is no way to say so.
    case ignored(String)
}

/// How long an HTTP request may wait for its answer. See
/// <https://core.telegram.org/mtproto/service_messages#http-wait-long-poll>.
package struct HTTPPoll: Sendable, Hashable {
    /// How long the first message may be held back, so that others can leave with it.
    package var maximumDelay: Duration
    /// How long to wait for more after each message.
    package var waitAfter: Duration
    /// How long to wait when there is no message at all.
    package var maximumWait: Duration

    /// What holds when the client says nothing.
    package static let usual = HTTPPoll(maximumDelay: .zero, waitAfter: .zero, maximumWait: .seconds(25))
}
