/// The number of a user, a basic group, or a channel (which supergroups are, too).
///
/// The three are numbered independently, so a number alone does not say who is meant. Telegram's bot API and most
/// programs write all of them as one *marked* number: that of a user as it is, that of a basic group negative, and that
/// of a channel below -1000000000000.
///
/// ```swift
/// PeerID.channel(5).marked                    // -1000000000005
/// PeerID(marked: -1000000000005)              // .channel(5)
/// ```
/// See <https://core.telegram.org/api/bots/ids>.
public enum PeerID: Sendable, Hashable {
    /// A user or a bot.
    case user(Int64)
    /// A basic group.
    case chat(Int64)
    /// A channel or a supergroup.
    case channel(Int64)

    private static let channelOffset: Int64 = 1_000_000_000_000

    /// Reads a marked number. Each one has exactly one meaning; nothing is guessed from its size.
    public init(marked: Int64) {
        if marked >= 0 {
            self = .user(marked)
        } else if marked < -Self.channelOffset {
            self = .channel(-(marked &+ Self.channelOffset))
        } else {
            self = .chat(-marked)
        }
    }

    /// The number that Telegram's API uses, which says nothing about the kind.
    public var bare: Int64 {
        switch self {
        case .user(let id), .chat(let id), .channel(let id): id
        }
    }

    /// The number that also says of which kind the peer is.
    public var marked: Int64 {
        switch self {
        case .user(let id): id
        case .chat(let id): -id
        case .channel(let id): -Self.channelOffset &- id
        }
    }
}

extension PeerID: CustomStringConvertible {
    /// `user 42`, `channel 5 (-1000000000005)`.
    public var description: String {
        switch self {
        case .user(let id): "user \(id)"
        case .chat(let id): "basic group \(id) (\(marked))"
        case .channel(let id): "channel \(id) (\(marked))"
        }
    }
}
