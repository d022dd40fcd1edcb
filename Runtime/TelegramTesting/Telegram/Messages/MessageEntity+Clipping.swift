import TelegramAPI

extension TL.MessageEntity {
    /// What is left of it in the first `end` UTF-16 units of a text; `nil` for nothing.
    func clipped(to end: Int) -> TL.MessageEntity? {
        let left = min(Int(offset) + Int(length), end) - Int(offset)
        guard left > 0 else { return nil }
        guard left < Int(length) else { return self }
        let length = Int32(left)
        return switch self {
        case .messageEntityBold: .messageEntityBold(offset: offset, length: length)
        case .messageEntityItalic: .messageEntityItalic(offset: offset, length: length)
        case .messageEntityUnderline: .messageEntityUnderline(offset: offset, length: length)
        case .messageEntityStrike: .messageEntityStrike(offset: offset, length: length)
        case .messageEntitySpoiler: .messageEntitySpoiler(offset: offset, length: length)
        case .messageEntityCode: .messageEntityCode(offset: offset, length: length)
        case .messageEntityPre(let entity):
            .messageEntityPre(offset: offset, length: length, language: entity.language)
        case .messageEntityBlockquote(let entity):
            .messageEntityBlockquote(collapsed: entity.collapsed, offset: offset, length: length)
        case .messageEntityTextUrl(let entity):
            .messageEntityTextUrl(offset: offset, length: length, url: entity.url)
        case .inputMessageEntityMentionName(let entity):
            .inputMessageEntityMentionName(offset: offset, length: length, userID: entity.userID)
        case .messageEntityMentionName(let entity):
            .messageEntityMentionName(offset: offset, length: length, userID: entity.userID)
        // The others have no white space at their end.
        default: nil
        }
    }
}
