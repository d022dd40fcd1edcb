/// A proxy that connections go through.
///
/// ```swift
/// let proxy = try ProxyConfiguration.socks5(host: "127.0.0.1", port: 1080)
/// let other = try ProxyConfiguration(link: "tg://proxy?server=example.org&port=443&secret=ee...")
/// ```
///
/// A proxy that cannot be used is an error; a connection never goes around it. Neither `description` nor `dump` show
/// the password or the secret.
public struct ProxyConfiguration: Sendable, Hashable {
    /// Where the proxy listens.
    public let endpoint: Endpoint
    /// How it is spoken to.
    package let kind: Kind

    package enum Kind: Sendable, Hashable {
        case socks5(ProxyCredentials?, resolvesNamesRemotely: Bool)
        case socks4(userID: ProxyCredentials, resolvesNamesRemotely: Bool)
        case httpConnect(ProxyCredentials?, resolvesNamesRemotely: Bool)
        case mtProxy(MTProxySecret)
    }

    private init(host: String, port: UInt16, kind: Kind) throws(MTProtoError) {
        try ProxyRules.checkHost(host)
        guard port != 0 else {
            throw MTProtoError(.invalidProxy, "the proxy '\(host)' has port 0, expected 1 to 65535")
        }
        self.endpoint = Endpoint(host: host, port: port)
        self.kind = kind
    }

    /// The proxy's name or address.
    public var host: String { endpoint.host }

    /// The proxy's port.
    public var port: UInt16 { endpoint.port }

    /// The secret, if the proxy is an MTProxy.
    package var mtProxySecret: MTProxySecret? {
        if case .mtProxy(let secret) = kind { secret } else { nil }
    }

    /// Whether names are handed to the proxy, which looks them up. When `false`, the endpoint that a handshake is made
    /// for has been looked up before and is an address. An MTProxy is not told addresses at all.
    package var resolvesNamesRemotely: Bool {
        switch kind {
        case .socks5(_, let remotely), .socks4(_, let remotely), .httpConnect(_, let remotely): remotely
        case .mtProxy: true
        }
    }
}

// MARK: - Kinds

extension ProxyConfiguration {
    /// A SOCKS5 proxy ([RFC 1928](https://www.rfc-editor.org/rfc/rfc1928), with the user names of RFC 1929).
    ///
    /// - Parameters:
    ///   - host: Name or address of the proxy; an IPv6 address without brackets.
    ///   - port: Its port, usually 1080.
    ///   - username: At most 255 bytes of UTF-8. When it is given, the proxy may still choose not to ask for it.
    ///   - password: At most 255 bytes of UTF-8. It travels unencrypted to the proxy.
    ///   - resolvesNamesRemotely: Whether the proxy looks names up (the default), or this machine does.
    /// - Throws: ``MTProtoError`` with ``MTProtoError/Code/invalidProxy`` when one of them cannot be used.
    public static func socks5(
        host: String,
        port: UInt16,
        username: String? = nil,
        password: String? = nil,
        resolvesNamesRemotely: Bool = true
    ) throws -> ProxyConfiguration {
        let credentials = try ProxyRules.credentials(username: username, password: password)
        if let credentials { try ProxyRules.checkSOCKS5(credentials) }
        return try ProxyConfiguration(
            host: host,
            port: port,
            kind: .socks5(credentials, resolvesNamesRemotely: resolvesNamesRemotely)
        )
    }

    /// A SOCKS4 proxy. It can reach IPv4 addresses, and names when it understands the extension SOCKS4a.
    ///
    /// - Parameters:
    ///   - host: Name or address of the proxy; an IPv6 address without brackets.
    ///   - port: Its port, usually 1080.
    ///   - userID: Who asks, as some proxies want to know; at most 255 bytes, without NUL.
    ///   - resolvesNamesRemotely: Whether the proxy looks names up by SOCKS4a (the default), or this machine does.
    /// - Throws: ``MTProtoError`` with ``MTProtoError/Code/invalidProxy`` when one of them cannot be used.
    public static func socks4(
        host: String,
        port: UInt16,
        userID: String = "",
        resolvesNamesRemotely: Bool = true
    ) throws -> ProxyConfiguration {
        try ProxyRules.checkSOCKS4(userID: userID)
        return try ProxyConfiguration(
            host: host,
            port: port,
            kind: .socks4(
                userID: ProxyCredentials(username: userID, password: ""),
                resolvesNamesRemotely: resolvesNamesRemotely
            )
        )
    }

    /// An HTTP proxy that allows the `CONNECT` method
    /// ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#name-connect)), with Basic authentication.
    ///
    /// - Parameters:
    ///   - host: Name or address of the proxy; an IPv6 address without brackets.
    ///   - port: Its port, often 3128 or 8080. The connection to the proxy itself is not encrypted.
    ///   - username: At most 4,096 bytes of UTF-8, without colon and control characters.
    ///   - password: At most 4,096 bytes of UTF-8, without control characters.
    ///   - resolvesNamesRemotely: Whether the proxy looks names up (the default), or this machine does.
    /// - Throws: ``MTProtoError`` with ``MTProtoError/Code/invalidProxy`` when one of them cannot be used.
    public static func httpConnect(
        host: String,
        port: UInt16,
        username: String? = nil,
        password: String? = nil,
        resolvesNamesRemotely: Bool = true
    ) throws -> ProxyConfiguration {
        let credentials = try ProxyRules.credentials(username: username, password: password)
        if let credentials { try ProxyRules.checkHTTP(credentials) }
        return try ProxyConfiguration(
            host: host,
            port: port,
            kind: .httpConnect(credentials, resolvesNamesRemotely: resolvesNamesRemotely)
        )
    }

    /// An [MTProxy](https://core.telegram.org/mtproto/mtproto-transports#transport-obfuscation), which relays to
    /// Telegram's data centres and nowhere else.
    ///
    /// - Parameters:
    ///   - host: Name or address of the proxy; an IPv6 address without brackets.
    ///   - port: Its port, usually 443.
    ///   - secret: In hexadecimal or base64: 16 bytes; or `dd` and 16 bytes for padded packets; or `ee`, 16 bytes and a
    ///     domain for a connection that looks like TLS to that domain.
    /// - Throws: ``MTProtoError`` with ``MTProtoError/Code/invalidProxy`` when one of them cannot be used.
    public static func mtProxy(host: String, port: UInt16, secret: String) throws -> ProxyConfiguration {
        try mtProxy(host: host, port: port, secret: MTProxySecret(secret))
    }

    package static func mtProxy(
        host: String,
        port: UInt16,
        secret: MTProxySecret
    ) throws(MTProtoError) -> ProxyConfiguration {
        try ProxyConfiguration(host: host, port: port, kind: .mtProxy(secret))
    }
}

// MARK: - Description

extension ProxyConfiguration: CustomStringConvertible, CustomReflectable {
    /// `SOCKS5 proxy 127.0.0.1:1080`; without user name, password and secret.
    public var description: String { "\(kindName) \(endpoint)" }

    /// The kind and the endpoint, so that `dump` shows no more than ``description``.
    public var customMirror: Mirror { Mirror(self, children: ["kind": kindName, "endpoint": endpoint]) }

    private var kindName: String {
        switch kind {
        case .socks5: "SOCKS5 proxy"
        case .socks4: "SOCKS4 proxy"
        case .httpConnect: "HTTP proxy"
        case .mtProxy: "MTProxy"
        }
    }
}
