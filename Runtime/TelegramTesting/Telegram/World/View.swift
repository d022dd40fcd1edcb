import Telegram

/// Who looks, and whom they have seen mentioned so far: answers and updates come with the users and chats that they
/// mention.
struct View: Sendable {
    let viewer: Int64
    private(set) var seen: Set<PeerID> = []

    init(_ viewer: Int64, seen: [PeerID] = []) {
        self.viewer = viewer
        self.seen = Set(seen)
    }

    /// Notes that somebody is mentioned.
    @discardableResult
    mutating func see(_ peer: PeerID) -> TL.Peer {
        seen.insert(peer)
        return peer.wire
    }
}

extension World {
    /// The users that were mentioned, in the order of their numbers.
    func users(_ view: View) -> [TL.User] {
        let ids = view.seen.compactMap { if case .user(let id) = $0 { id } else { nil } }
        return ids.sorted().map { user($0, for: view.viewer) }
    }

    /// The chats that were mentioned, in the order of their numbers.
    func chats(_ view: View) -> [TL.Chat] {
        view.seen.sorted { $0.marked < $1.marked }.compactMap { peer in
            switch peer {
            case .user: nil
            case .chat(let id): group(id, for: view.viewer)
            case .channel(let id): channel(id, for: view.viewer)
            }
        }
    }
}
