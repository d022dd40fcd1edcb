/// The public name of a user, a bot, a group or a channel: a letter first, then letters, digits and single underscores,
/// 3 to 32 of them, and no underscore at the end.
///
/// ```swift
/// Username("@Telegram")?.value                    // "telegram"
/// Username("https://t.me/telegram/")?.value       // "telegram"
/// Username("t.me/+AbCd")                       // nil: an invitation
/// ```
public struct Username: Sendable, Hashable {
    /// The name in lower case and without `@`. The server takes no notice of case either.
    public let value: String

    private static let lengths = 3...32

    /// Reads a name with or without `@`, or a link that leads to the owner of a name and not to one of their messages.
    /// Spaces around are ignored. `nil` when it is something else.
    public init?(_ text: String) {
        let text = LinkText.trimmed(text)
        if let username = Username(name: text.first == "@" ? text.dropFirst() : text) {
            self = username
        } else if case .username(let username, message: nil)? = TelegramLink(String(text)) {
            self = username
        } else {
            return nil
        }
    }

    /// Takes the name alone.
    init?(name: Substring) {
        guard Self.lengths.contains(name.utf8.count) else { return nil }
        var lowercase: [UInt8] = []
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): lowercase.append(byte)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): lowercase.append(byte | 0x20)
            case UInt8(ascii: "0")...UInt8(ascii: "9") where !lowercase.isEmpty: lowercase.append(byte)
            case UInt8(ascii: "_") where !lowercase.isEmpty && lowercase.last != byte: lowercase.append(byte)
            default: return nil
            }
        }
        guard lowercase.last != UInt8(ascii: "_") else { return nil }
        value = String(decoding: lowercase, as: UTF8.self)
    }
}

extension Username: CustomStringConvertible {
    /// The name with `@`.
    public var description: String { "@\(value)" }
}
