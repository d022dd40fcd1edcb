/// How far the updates of an account have been processed. See <https://core.telegram.org/api/updates>.
public struct UpdateState: Sendable, Hashable {
    /// Counts changes of private chats and basic groups.
    public var pts: Int32
    /// Counts changes of secret chats and some of bots.
    public var qts: Int32
    /// The server's time of the last change, in seconds since 1970.
    public var date: Int32
    /// Counts batches of updates.
    public var seq: Int32

    /// Creates a state.
    public init(pts: Int32, qts: Int32, date: Int32, seq: Int32) {
        self.pts = pts
        self.qts = qts
        self.date = date
        self.seq = seq
    }
}
