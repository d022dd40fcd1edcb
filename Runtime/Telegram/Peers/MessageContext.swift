import TelegramAPI

/// Where somebody was seen of whom only a part has come: it takes the place of an access hash. See
/// <https://core.telegram.org/api/min>.
struct MessageContext: Sendable, Hashable {
    let chat: PeerID
    let messageID: Int32

    /// What requests name a user or a channel by.
    /// - Parameter peer: the chat.
    func inputPeer(_ id: PeerID, seenIn peer: TL.InputPeer) -> TL.InputPeer? {
        switch id {
        case .user(let id): .inputPeerUserFromMessage(peer: peer, msgID: messageID, userID: id)
        case .chat: nil
        case .channel(let id): .inputPeerChannelFromMessage(peer: peer, msgID: messageID, channelID: id)
        }
    }
}

/// What brings messages along.
protocol MessageCarrier {
    var carriedMessages: [TL.Message] { get }
}

extension TL.Message {
    /// The chat and the number; `nil` for messages that are not there any more.
    var context: MessageContext? {
        switch self {
        case .message(let message): MessageContext(chat: PeerID(message.peerID), messageID: message.id)
        case .messageService(let message): MessageContext(chat: PeerID(message.peerID), messageID: message.id)
        case .messageEmpty: nil
        }
    }

    /// Whoever the message mentions so that it can stand for their access hash.
    var mentionedPeers: [PeerID] {
        switch self {
        case .message(let message):
            var peers = [message.fromID].compactMap { $0.map(PeerID.init) }
            peers += message.fwdFrom?.mentionedPeers ?? []
            peers += [message.viaBotID, message.viaBusinessBotID].compactMap { $0.map(PeerID.user) }
            for entity in message.entities ?? [] {
                if case .messageEntityMentionName(let mention) = entity { peers.append(.user(mention.userID)) }
            }
            return peers
        case .messageService(let message):
            return [message.fromID].compactMap { $0.map(PeerID.init) }
        case .messageEmpty:
            return []
        }
    }
}

extension TL.MessageFwdHeader {
    fileprivate var mentionedPeers: [PeerID] { [fromID, savedFromPeer].compactMap { $0.map(PeerID.init) } }
}

extension TL.Update {
    /// The message that the update is about.
    fileprivate var message: TL.Message? {
        switch self {
        case .updateNewMessage(let update): update.message
        case .updateNewChannelMessage(let update): update.message
        case .updateEditMessage(let update): update.message
        case .updateEditChannelMessage(let update): update.message
        default: nil
        }
    }
}

extension TL.Updates: MessageCarrier {
    /// The single updates of a batch.
    var carriedUpdates: [TL.Update] {
        switch self {
        case .updates(let batch): batch.updates
        case .updatesCombined(let batch): batch.updates
        case .updateShort(let batch): [batch.update]
        default: []
        }
    }

    var carriedMessages: [TL.Message] { carriedUpdates.compactMap(\.message) }
}

extension TL.updates.Difference: MessageCarrier {
    var carriedMessages: [TL.Message] {
        switch self {
        case .difference(let difference): difference.newMessages
        case .differenceSlice(let slice): slice.newMessages
        case .differenceEmpty, .differenceTooLong: []
        }
    }
}

extension TL.updates.ChannelDifference: MessageCarrier {
    var carriedMessages: [TL.Message] {
        switch self {
        case .channelDifference(let difference): difference.newMessages
        case .channelDifferenceTooLong(let difference): difference.messages
        case .channelDifferenceEmpty: []
        }
    }
}

extension TL.messages.Messages: MessageCarrier {
    var carriedMessages: [TL.Message] {
        switch self {
        case .messages(let page): page.messages
        case .messagesSlice(let page): page.messages
        case .channelMessages(let page): page.messages
        case .messagesNotModified: []
        }
    }
}

extension TL.messages.Dialogs: MessageCarrier {
    var carriedMessages: [TL.Message] {
        switch self {
        case .dialogs(let page): page.messages
        case .dialogsSlice(let page): page.messages
        case .dialogsNotModified: []
        }
    }
}

extension TL.messages.PeerDialogs: MessageCarrier { var carriedMessages: [TL.Message] { messages } }

extension TL.messages.DiscussionMessage: MessageCarrier { var carriedMessages: [TL.Message] { messages } }
