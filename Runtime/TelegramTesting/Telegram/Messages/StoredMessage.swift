import Telegram

/// A message in one mailbox. In private chats and basic groups everybody concerned has a copy with a number of its own;
/// copies of one message share their ``origin``.
struct StoredMessage: Sendable {
    enum Content: Sendable {
        case text(Text)
        case service(TL.MessageAction)
    }

    /// What its author can change afterwards.
    struct Text: Sendable {
        var text = ""
        var entities: [TL.MessageEntity]?
        var media: TL.MessageMedia?
        var markup: TL.ReplyMarkup?
    }

    /// What it answers, by its origin, which is the same for everybody.
    struct Reply: Sendable {
        let origin: Int64
        let quote: String?
        let quoteEntities: [TL.MessageEntity]?
        let quoteOffset: Int32?
    }

    /// Where it was forwarded from.
    struct Forward: Sendable {
        let from: PeerID?
        let date: Int32
        let channelPost: Int32?
        let postAuthor: String?
    }

    /// Given by the mailbox.
    var id: Int32 = 0
    let origin: Int64
    /// The dialog that it stands in, as the owner of the mailbox sees it.
    var peer: PeerID
    /// The account that wrote it, or caused it.
    let author: Int64
    /// Whether it is the owner's own.
    var isOutgoing: Bool
    let date: Int32
    var content: Content
    var editDate: Int32?
    var reply: Reply?
    var forward: Forward?
    var isSilent = false
    var isPinned = false
    var isProtected = false
    /// A message in a channel that stands for the channel, not for its author.
    var isPost = false
    var views: Int32?
    var postAuthor: String?
    var groupedID: Int64?

    var text: String {
        if case .text(let text) = content { text.text } else { "" }
    }

    var isService: Bool {
        if case .service = content { true } else { false }
    }

    var media: TL.MessageMedia? {
        if case .text(let text) = content { text.media } else { nil }
    }
}
