/// The dialogue with a proxy that leads to a connection with its destination.
package enum ProxyHandshake {
    /// The machine for a proxy, or `nil` for an MTProxy, which is told its destination in the header of the
    /// obfuscation.
    ///
    /// When the proxy's `resolvesNamesRemotely` is `false`, the host of the destination must already be an address:
    /// whoever connects looks it up first. A name is then an error, so that it does not leak to the proxy.
    ///
    /// - Throws: ``MTProtoError/Code/invalidProxy`` when the proxy cannot reach such a destination.
    package static func make(
        for proxy: ProxyConfiguration,
        destination: Endpoint
    ) throws(MTProtoError) -> (any StreamHandshake)? {
        if case .mtProxy = proxy.kind { return nil }
        guard destination.port != 0 else {
            throw MTProtoError(.invalidProxy, "a proxy cannot be asked for port 0, expected 1 to 65535")
        }
        let target = try ProxyTarget(destination.host, resolvesNamesRemotely: proxy.resolvesNamesRemotely)
        return switch proxy.kind {
        case .socks5(let credentials, _): SOCKS5Client(target: target, port: destination.port, credentials: credentials)
        case .socks4(let userID, _): try SOCKS4Client(target: target, port: destination.port, userID: userID)
        case .httpConnect(let credentials, _):
            HTTPConnectClient(destination: destination, credentials: credentials)
        case .mtProxy: nil
        }
    }
}
