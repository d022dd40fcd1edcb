public import Telegram

/// A group, supergroup or channel of a ``SmallTelegram``.
public struct TestChat: Sendable, Hashable, TestPeer {
    /// Its number and kind.
    public let peerID: PeerID
    /// What it is called.
    public let title: String
}

/// What can be written to: an account or a chat.
public protocol TestPeer: Sendable {
    /// Its number and kind.
    var peerID: PeerID { get }
}

extension PeerID: TestPeer {
    /// Itself.
    public var peerID: PeerID { self }
}
