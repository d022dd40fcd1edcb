extension TelegramLink {
    /// Words that stand at the place of a name and are none. The first three are served by nobody any more, but still
    /// passed on.
    private static let reservedWords: Set<String> = [
        "iv", "msg", "bg",
        "www", "addemoji", "addlist", "addstickers", "addstyle", "addtheme", "auction", "auth", "boost", "call",
        "confirmphone", "contact", "giftcode", "invoice", "joinchat", "login", "nft", "proxy", "setlanguage", "share",
        "socks", "web",
    ]

    static func isReserved(_ word: some StringProtocol) -> Bool { reservedWords.contains(word.lowercased()) }

    // MARK: - Web

    static func web(_ path: ArraySlice<String>, _ address: LinkAddress) -> TelegramLink? {
        guard let first = path.first else { return nil }
        let rest = path.dropFirst()
        switch first.lowercased() {
        case "s" where !rest.isEmpty: return named(rest, address)
        case "c": return privateMessage(rest, address)
        case "joinchat": return single(rest).flatMap { InviteLink(hash: $0[...]) }.map { .invite($0) }
        case "contact": return single(rest).map { .contact(token: $0) }
        case "addlist": return single(rest).map { .chatFolder(slug: $0) }
        case "addstickers", "addemoji": return single(rest).map { .stickerSet(name: $0) }
        default: break
        }
        // A plus sign may have become a space on the way through a form.
        if first.first == "+" || first.first == " " {
            return rest.isEmpty ? invitation(first.dropFirst()) : nil
        }
        return named(path, address)
    }

    /// `name`, `name/message`, `name/thread/message`, `name/s/story`, `name/app`.
    private static func named(_ path: ArraySlice<String>, _ address: LinkAddress) -> TelegramLink? {
        guard let first = path.first, !isReserved(first),
            let name = Username(name: first.first == "@" ? first.dropFirst() : first[...])
        else { return nil }
        let rest = path.dropFirst()
        guard let second = rest.first else { return profile(name, address) }
        if second == "s", rest.count == 2 { return story(name, rest.last) }
        if let message = message(rest, address) { return .username(name, message: message) }
        guard rest.count == 1, second.first?.isLetter == true else { return nil }
        return .miniApp(name, name: second)
    }

    private static func privateMessage(_ path: ArraySlice<String>, _ address: LinkAddress) -> TelegramLink? {
        guard let channel = path.first.flatMap({ LinkText.number($0, as: Int64.self) }) else { return nil }
        let rest = path.dropFirst()
        if rest.isEmpty { return .privateMessage(channel: channel, message: nil) }
        return message(rest, address).map { .privateMessage(channel: channel, message: $0) }
    }

    /// The same address serves phone numbers and invitations; the hash of one is never all digits.
    private static func invitation(_ text: Substring) -> TelegramLink? {
        if text.utf8.allSatisfy(LinkText.isDigit) { return PhoneNumber(String(text)).map { .phone($0) } }
        return InviteLink(hash: text).map { .invite($0) }
    }

    private static func single(_ path: ArraySlice<String>) -> String? { path.count == 1 ? path.first : nil }

    // MARK: - Parts of both forms

    private static func profile(_ name: Username, _ address: LinkAddress) -> TelegramLink {
        if let parameter = address["start"] { return .botStart(name, parameter: parameter) }
        return .username(name, message: nil)
    }

    private static func story(_ name: Username, _ id: String?) -> TelegramLink? {
        id.flatMap { LinkText.number($0, as: Int32.self) }.map { .story(name, id: $0) }
    }

    /// One or two numbers: the message, or the thread and the message.
    private static func message(_ path: ArraySlice<String>, _ address: LinkAddress) -> LinkedMessage? {
        let numbers = path.map { LinkText.number($0, as: Int32.self) }
        guard (1...2).contains(numbers.count), let id = numbers.last ?? nil, let first = numbers.first ?? nil else {
            return nil
        }
        var message = LinkedMessage(id: id, thread: numbers.count == 2 ? first : nil)
        message.thread = message.thread ?? address.number("thread")
        message.comment = address.number("comment")
        message.isSingle = address.has("single")
        return message
    }

    // MARK: - App

    static func app(_ address: LinkAddress) -> TelegramLink? {
        switch address.path.first?.lowercased() {
        case "resolve": resolve(address)
        case "join": address["invite"].flatMap { InviteLink(hash: $0[...]) }.map { .invite($0) }
        case "privatepost": privatePost(address)
        case "openmessage": openMessage(address)
        case "user": address.number("id").map { .user($0, message: nil) }
        case "contact": address["token"].map { .contact(token: $0) }
        case "addlist": address["slug"].map { .chatFolder(slug: $0) }
        case "addstickers", "addemoji": address["set"].map { .stickerSet(name: $0) }
        default: nil
        }
    }

    private static func resolve(_ address: LinkAddress) -> TelegramLink? {
        guard let domain = address["domain"] else {
            return address["phone"].flatMap { PhoneNumber($0) }.map { .phone($0) }
        }
        guard let name = Username(name: domain.first == "@" ? domain.dropFirst() : domain[...]) else { return nil }
        if let post = address["post"] { return message([post], address).map { .username(name, message: $0) } }
        if let id = address["story"] { return story(name, id) }
        if let app = address["appname"] { return .miniApp(name, name: app) }
        return profile(name, address)
    }

    private static func privatePost(_ address: LinkAddress) -> TelegramLink? {
        guard let channel: Int64 = address.number("channel") else { return nil }
        guard let post = address["post"] else { return .privateMessage(channel: channel, message: nil) }
        return message([post], address).map { .privateMessage(channel: channel, message: $0) }
    }

    private static func openMessage(_ address: LinkAddress) -> TelegramLink? {
        var message: Int32?
        if address.has("message_id") {
            message = address.number("message_id")
            guard message != nil else { return nil }
        }
        if let user: Int64 = address.number("user_id") { return .user(user, message: message) }
        return address.number("chat_id").map { .chat($0, message: message) }
    }
}
