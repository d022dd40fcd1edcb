/// What may stand in a proxy's description. Each protocol has its own way of being misled by a byte too many, so all of
/// it is checked before anything is connected.
enum ProxyRules {
    /// More than a name can have (RFC 1035), and as much as the length bytes of SOCKS5 can tell.
    static let maximumNameLength = 255
    /// Keeps the header with credentials within what proxies accept.
    static let maximumHTTPCredentialLength = 4096

    static func checkHost(_ host: String) throws(MTProtoError) {
        guard !host.isEmpty else { throw invalid("the proxy has an empty host, expected a name or an address") }
        guard host.utf8.count <= maximumNameLength else {
            throw invalid("the proxy's host has \(host.utf8.count) bytes, expected at most \(maximumNameLength)")
        }
        guard host.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw invalid(
                "the proxy's host has white space, a control character or a letter beyond ASCII, expected a plain name "
                    + "or address; write international names in their 'xn--' form"
            )
        }
        guard !host.utf8.contains(where: { "/[]@".utf8.contains($0) }) else {
            throw invalid(
                "the proxy's host '\(host)' is not one, expected a name or an address without scheme and brackets"
            )
        }
    }

    static func credentials(username: String?, password: String?) throws(MTProtoError) -> ProxyCredentials? {
        guard let username else {
            guard password == nil else { throw invalid("the proxy has a password but no user name, expected both") }
            return nil
        }
        guard !username.isEmpty else {
            throw invalid("the proxy's user name is empty; leave it out if the proxy wants none")
        }
        return ProxyCredentials(username: username, password: password ?? "")
    }

    static func checkSOCKS5(_ credentials: ProxyCredentials) throws(MTProtoError) {
        try checkLength(of: credentials.username, "user name", atMost: 255, in: "SOCKS5")
        try checkLength(of: credentials.password, "password", atMost: 255, in: "SOCKS5")
    }

    static func checkSOCKS4(userID: String) throws(MTProtoError) {
        try checkLength(of: userID, "user ID", atMost: 255, in: "SOCKS4")
        guard !userID.utf8.contains(0) else {
            throw invalid("the user ID for the SOCKS4 proxy contains a NUL, which would end it early")
        }
    }

    static func checkHTTP(_ credentials: ProxyCredentials) throws(MTProtoError) {
        for (value, name) in [(credentials.username, "user name"), (credentials.password, "password")] {
            try checkLength(of: value, name, atMost: maximumHTTPCredentialLength, in: "HTTP")
            guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
                throw invalid(
                    "the \(name) for the HTTP proxy contains a control character, which Basic authentication forbids"
                )
            }
        }
        guard !credentials.username.utf8.contains(UInt8(ascii: ":")) else {
            throw invalid(
                "the user name for the HTTP proxy contains a colon, which Basic authentication cannot express"
            )
        }
    }

    private static func checkLength(
        of value: String,
        _ name: String,
        atMost limit: Int,
        in proxy: String
    ) throws(MTProtoError) {
        guard value.utf8.count <= limit else {
            throw invalid("the \(name) for the \(proxy) proxy has \(value.utf8.count) bytes, expected at most \(limit)")
        }
    }

    private static func invalid(_ message: String) -> MTProtoError { MTProtoError(.invalidProxy, message) }
}
