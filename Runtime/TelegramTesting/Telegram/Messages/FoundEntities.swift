import TelegramAPI

/// What the server finds in a text by itself: commands, mentions, hashtags and links. Cruder than Telegram's own rules,
/// and the same for what people write to bots.
enum FoundEntities {
    static func entities(in text: String, besides given: [TL.MessageEntity]) -> [TL.MessageEntity] {
        var found: [TL.MessageEntity] = []
        var offset: Int32 = 0
        for word in words(of: text) {
            let length = Int32(clamping: word.utf16.count)
            defer { offset += length }
            let bare = trimmed(word)
            guard bare.count > 1, let entity = entity(for: bare, at: offset) else { continue }
            let overlaps = given.contains { $0.offset < offset + length && offset < $0.offset + $0.length }
            if !overlaps { found.append(entity) }
        }
        return found
    }

    /// The text in pieces, those of white space among them.
    private static func words(of text: String) -> [Substring] {
        var pieces: [Substring] = []
        var start = text.startIndex
        while start < text.endIndex {
            let isSpace = text[start].isWhitespace
            let end = text[start...].firstIndex { $0.isWhitespace != isSpace } ?? text.endIndex
            pieces.append(text[start..<end])
            start = end
        }
        return pieces
    }

    private static func trimmed(_ word: Substring) -> Substring {
        var word = word
        while let last = word.last, ".,:;!?)\"'".contains(last) { word.removeLast() }
        return word
    }

    private static func entity(for word: Substring, at offset: Int32) -> TL.MessageEntity? {
        let length = Int32(clamping: word.utf16.count)
        let isName = { (text: Substring) in
            !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "_" }
        }
        let rest = word.dropFirst()
        switch word.first {
        case "/":
            let parts = rest.split(separator: "@", omittingEmptySubsequences: false)
            guard parts.count <= 2, parts.allSatisfy(isName) else { return nil }
            return .messageEntityBotCommand(offset: offset, length: length)
        case "@":
            return isName(rest) ? .messageEntityMention(offset: offset, length: length) : nil
        case "#":
            let isTag = rest.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } && rest.contains { !$0.isNumber }
            return isTag ? .messageEntityHashtag(offset: offset, length: length) : nil
        default:
            let isLink = word.hasPrefix("https://") || word.hasPrefix("http://")
            return isLink ? .messageEntityUrl(offset: offset, length: length) : nil
        }
    }
}
