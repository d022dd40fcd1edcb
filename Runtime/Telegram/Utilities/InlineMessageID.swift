internal import MTProto
public import TelegramAPI

/// The text by which Telegram's bot API knows a message that was sent through a bot (`inline_message_id`).
public struct InlineMessageID: Sendable, Hashable {
    /// The data centre that edits it.
    public let dataCenter: Int32
    /// The number of the message in its chat.
    public let messageID: Int32
    /// The number of who has it: a user's, or that of a channel or supergroup made negative.
    public let ownerID: Int64
    /// What the server wants to see with the rest.
    public let accessHash: Int64
    /// Whether the number of the owner has 64 bits, as in newer ones.
    private let isWide: Bool

    /// Where the message is: a channel or supergroup, or the private chat of a user.
    public var peer: PeerID { ownerID < 0 ? .channel(0 &- ownerID) : .user(ownerID) }

    /// Reads a text; `nil` when it is not such an id.
    public init?(_ text: String) {
        guard text.utf8.count <= LinkText.maximumLength, let bytes = Base64.decode(text),
            bytes.count == 20 || bytes.count == 24
        else { return nil }
        let decoded = bytes.withUnsafeBytes { bytes -> InlineMessageID? in
            var reader = ByteReader(bytes)
            guard let dataCenter = reader.integer(as: Int32.self) else { return nil }
            if bytes.count == 24 {
                guard let owner = reader.integer(as: Int64.self), let message = reader.integer(as: Int32.self),
                    let hash = reader.integer(as: Int64.self)
                else { return nil }
                return InlineMessageID(
                    .inputBotInlineMessageID64(dcID: dataCenter, ownerID: owner, id: message, accessHash: hash)
                )
            }
            guard let id = reader.integer(as: Int64.self), let hash = reader.integer(as: Int64.self) else { return nil }
            return InlineMessageID(.inputBotInlineMessageID(dcID: dataCenter, id: id, accessHash: hash))
        }
        guard let decoded, (1...1000).contains(decoded.dataCenter) else { return nil }
        self = decoded
    }

    /// Takes what updates and answers have.
    public init(_ id: TL.InputBotInlineMessageID) {
        switch id {
        case .inputBotInlineMessageID(let id):
            dataCenter = id.dcID
            messageID = Int32(truncatingIfNeeded: id.id)
            ownerID = id.id >> 32
            accessHash = id.accessHash
            isWide = false
        case .inputBotInlineMessageID64(let id):
            dataCenter = id.dcID
            messageID = id.id
            ownerID = id.ownerID
            accessHash = id.accessHash
            isWide = true
        }
    }

    /// What requests take.
    public var input: TL.InputBotInlineMessageID {
        if isWide {
            return .inputBotInlineMessageID64(
                dcID: dataCenter,
                ownerID: ownerID,
                id: messageID,
                accessHash: accessHash
            )
        }
        return .inputBotInlineMessageID(
            dcID: dataCenter,
            id: ownerID << 32 | Int64(UInt32(bitPattern: messageID)),
            accessHash: accessHash
        )
    }

    /// The text.
    public var string: String {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: dataCenter)
        if isWide {
            bytes.append(littleEndian: ownerID)
            bytes.append(littleEndian: messageID)
        } else {
            bytes.append(littleEndian: messageID)
            bytes.append(littleEndian: Int32(truncatingIfNeeded: ownerID))
        }
        bytes.append(littleEndian: accessHash)
        return LinkText.base64URL(bytes)
    }
}
