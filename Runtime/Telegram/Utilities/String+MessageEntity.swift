public import TelegramAPI

extension String {
    /// The pieces of the text that entities cover, one for each, in their order. Telegram counts in UTF-16 units; what
    /// lies outside of the text is left out. See <https://core.telegram.org/api/entities#entity-length>.
    public func texts(of entities: [TL.MessageEntity]) -> [String] {
        let units = Array(utf16)
        return entities.map { entity in
            let start = Swift.max(0, Swift.min(Int(entity.offset), units.count))
            let end = Swift.max(start, Swift.min(Int(entity.offset) + Int(entity.length), units.count))
            return String(decoding: units[start..<end], as: UTF16.self)
        }
    }
}
