import Telegram

extension PeerID {
    init(wire peer: TL.Peer) {
        switch peer {
        case .peerUser(let peer): self = .user(peer.userID)
        case .peerChat(let peer): self = .chat(peer.chatID)
        case .peerChannel(let peer): self = .channel(peer.channelID)
        }
    }

    var wire: TL.Peer {
        switch self {
        case .user(let id): .peerUser(userID: id)
        case .chat(let id): .peerChat(chatID: id)
        case .channel(let id): .peerChannel(channelID: id)
        }
    }
}
