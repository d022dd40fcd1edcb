/// The server wants requests of some kind to wait: ``TelegramClient/floodWaits`` tells so before anybody sleeps.
///
/// See <https://core.telegram.org/api/errors#420-flood>.
public struct FloodWaitEvent: Sendable, Hashable {
    /// The method that has to wait, `messages.getHistory`.
    public let method: String
    /// How long, from now.
    public let duration: Duration
    /// Whether the client waits and sends the request again. If not, the caller gets the error, because the wait is
    /// longer than the threshold.
    public let isSleptThrough: Bool
    /// Whether an earlier request has met the limit and this one was not even sent.
    public let isRemembered: Bool

    init(method: String, duration: Duration, isSleptThrough: Bool, isRemembered: Bool) {
        self.method = method
        self.duration = duration
        self.isSleptThrough = isSleptThrough
        self.isRemembered = isRemembered
    }
}

extension FloodWaitEvent: CustomStringConvertible {
    /// `messages.getHistory waits for 12.0 seconds`.
    public var description: String {
        "\(method) \(isSleptThrough ? "waits for" : "has to wait, and fails:") \(duration)"
    }
}
