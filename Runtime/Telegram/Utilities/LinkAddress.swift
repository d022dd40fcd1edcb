/// A link taken apart: where it leads to is for others to say.
struct LinkAddress {
    enum Form {
        /// `tg://action?...`
        case app
        /// `https://t.me/...`
        case web
    }

    let form: Form
    /// The action, or the parts between slashes. A name in front of `.t.me` is the first of them.
    let path: [String]
    private let parameters: [String: String]

    private static let webHosts = ["t.me", "telegram.me", "telegram.dog"]

    init?(_ text: String) {
        // What follows a number sign is for browsers only.
        let text = LinkText.trimmed(text).prefix { $0 != "#" }
        guard text.utf8.count <= LinkText.maximumLength else { return nil }
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = parts.first, let query = Self.parameters(of: parts.count > 1 ? parts[1] : "") else {
            return nil
        }
        parameters = query
        if let action = LinkText.without(prefixes: ["tg://", "tg:"], address) {
            form = .app
            guard let path = Self.path(action), !path.isEmpty else { return nil }
            self.path = path
        } else {
            form = .web
            guard let path = Self.webPath(address) else { return nil }
            self.path = path
        }
    }

    /// A parameter that has a value.
    subscript(name: String) -> String? { parameters[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// Whether there is a parameter, with or without a value.
    func has(_ name: String) -> Bool { parameters[name] != nil }

    /// A parameter that is a positive number.
    func number<Number: FixedWidthInteger>(_ name: String) -> Number? {
        self[name].flatMap { LinkText.number($0, as: Number.self) }
    }

    private static func webPath(_ address: Substring) -> [String]? {
        let address = LinkText.without(prefixes: ["https://", "http://"], address) ?? address
        let writtenHost = address.prefix { $0 != "/" }
        // Some letters of other alphabets would become Latin ones in lower case.
        guard writtenHost.utf8.allSatisfy({ $0 < 0x80 }), let path = path(address[writtenHost.endIndex...]) else {
            return nil
        }
        let host = writtenHost.lowercased()
        let bareHost = host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
        if webHosts.contains(bareHost) { return path }
        guard host.hasSuffix(".t.me") else { return nil }
        let name = host.dropLast(".t.me".count)
        guard !TelegramLink.isReserved(name), Username(name: name) != nil else { return nil }
        return [String(name)] + path
    }

    private static func path(_ text: Substring) -> [String]? {
        var path: [String] = []
        for part in text.split(separator: "/") {
            guard let part = LinkText.unescaped(part) else { return nil }
            path.append(part)
        }
        return path
    }

    private static func parameters(of query: Substring) -> [String: String]? {
        var parameters: [String: String] = [:]
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = LinkText.unescaped(parts[0]),
                let value = LinkText.unescaped(parts.count > 1 ? parts[1] : ""),
                parameters.updateValue(value, forKey: name) == nil
            else { return nil }
        }
        return parameters
    }
}
