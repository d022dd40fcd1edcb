extension ProxyConfiguration {
    /// Reads a link as it is passed on in chats: `tg://proxy?server=...&port=...&secret=...` or
    /// `https://t.me/proxy?...` for an [MTProxy](https://core.telegram.org/api/links#mtproxy-links), and
    /// `tg://socks?server=...&port=...&user=...&pass=...` or `https://t.me/socks?...` for SOCKS5.
    ///
    /// - Throws: ``MTProtoError`` with ``MTProtoError/Code/invalidProxy`` when the link is another one, lacks a part,
    ///   or has a part that cannot be used.
    public init(link: String) throws {
        let link = try ProxyLink(link)
        let server = try link.required("server")
        let portText = try link.required("port")
        // A sign would be read as part of the number.
        guard portText.allSatisfy(\.isNumber), let port = UInt16(portText), port != 0 else {
            throw ProxyLink.invalid("its port is not a number from 1 to 65535")
        }
        switch link.action {
        case .mtProxy:
            self = try .mtProxy(host: server, port: port, secret: link.required("secret"))
        case .socks5:
            // Empty parts are common in links for proxies that want no user name.
            let user = link.parameters["user"].flatMap { $0.isEmpty ? nil : $0 }
            let password = link.parameters["pass"].flatMap { $0.isEmpty ? nil : $0 }
            self = try .socks5(host: server, port: port, username: user, password: password)
        }
    }
}

/// A link to a proxy, taken apart.
struct ProxyLink {
    enum Action: String {
        case mtProxy = "proxy"
        case socks5 = "socks"
    }

    let action: Action
    let parameters: [String: String]

    private static let maximumLength = 4096
    private static let appPrefixes = ["tg://", "tg:"]
    private static let webPrefixes = ["https://", "http://", ""]
    private static let webHosts = ["t.me", "telegram.me", "telegram.dog"]
    private static let names: Set<String> = ["server", "port", "secret", "user", "pass"]

    init(_ text: String) throws(MTProtoError) {
        guard text.utf8.count <= Self.maximumLength else {
            throw Self.invalid("it has \(text.utf8.count) bytes, expected at most \(Self.maximumLength)")
        }
        // What follows a number sign is for browsers only.
        let text = text.prefix { $0 != "#" }
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let action = Self.action(of: parts[0]) else {
            throw Self.invalid("expected 'tg://proxy?...', 'https://t.me/proxy?...', or the same with 'socks'")
        }
        self.action = action
        self.parameters = try Self.parameters(of: parts.count > 1 ? parts[1] : "")
    }

    func required(_ name: String) throws(MTProtoError) -> String {
        guard let value = parameters[name], !value.isEmpty else { throw Self.invalid("it has no '\(name)'") }
        return value
    }

    static func invalid(_ message: String) -> MTProtoError {
        MTProtoError(.invalidProxy, "the link is not one to a proxy: \(message)")
    }

    private static func action(of address: Substring) -> Action? {
        var address = address.lowercased()
        if address.hasSuffix("/") { address.removeLast() }
        let prefixes = appPrefixes + webPrefixes.flatMap { scheme in webHosts.map { "\(scheme)\($0)/" } }
        for prefix in prefixes where address.hasPrefix(prefix) {
            return Action(rawValue: String(address.dropFirst(prefix.count)))
        }
        return nil
    }

    private static func parameters(of query: Substring) throws(MTProtoError) -> [String: String] {
        var parameters: [String: String] = [:]
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = unescaped(parts[0]), let value = unescaped(parts.count > 1 ? parts[1] : "") else {
                throw invalid("a percent sign in it is not followed by two hexadecimal digits, or hides no valid UTF-8")
            }
            // Others mean nothing, and may be anything: none of them belongs into a message.
            guard names.contains(name) else { continue }
            guard parameters.updateValue(value, forKey: name) == nil else { throw invalid("it has '\(name)' twice") }
        }
        return parameters
    }

    /// Plus signs stay what they are: secrets in base64 contain them, and no part of a link contains a space.
    private static func unescaped(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(Hexadecimal.value(of:)),
                let low = rest.popFirst().flatMap(Hexadecimal.value(of:))
            else { return nil }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
