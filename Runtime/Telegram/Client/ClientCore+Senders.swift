import MTProto
import MTProtoCrypto
import TelegramAPI

/// Making connections.
extension ClientCore {
    /// Test data centres have the numbers of the others, and this much more where it matters.
    private static let testOffset: Int32 = 10_000

    /// Where to look for a data centre.
    func endpoints(
        for key: ConnectionKey,
        first address: DataCenterAddress? = nil
    ) throws(ClientError) -> [Endpoint] {
        var endpoints = dataCenters.endpoints(for: key, preferences)
        if let address {
            endpoints = ([Endpoint(host: address.host, port: address.port)] + endpoints).removingDuplicates()
        }
        guard !endpoints.isEmpty else {
            throw ClientError(
                .unknownDataCenter,
                "no address of data centre \(key.dataCenter) is known that fits the transport and the role '\(key)'"
            )
        }
        return endpoints
    }

    /// A connection that is still to be made.
    /// - Parameter keys: The public keys to trust, if not those of the configuration.
    func makeSender(for key: ConnectionKey, at endpoints: [Endpoint], keys: [ServerPublicKey]? = nil) -> Sender {
        var settings = SenderConfiguration(
            endpoints: endpoints,
            dataCenter: number(of: key),
            keys: keys ?? configuration.trustedKeys
        )
        settings.transport = configuration.transport
        settings.proxy = proxy
        settings.connectOptions = connectOptions
        settings.stepTimeout = configuration.connectTimeout
        settings.connectionRetries = configuration.connectionRetries
        settings.backoff = Backoff(initial: configuration.retryDelay, maximum: configuration.maximumRetryDelay)
        settings.autoReconnect = configuration.autoReconnect
        settings.forwardSecrecy = configuration.forwardSecrecy && key.role != .cdn
        settings.announcement = announcement
        settings.time = configuration.time
        settings.random = configuration.random
        settings.logHandler = configuration.logHandler
        settings.label = key.description
        settings.makeError = { code, name, method in RPCError.make(code: code, name: name, method: method) }
        if key.role != .ordinary {
            // Nobody listens there.
            settings.maximumBufferedPushes = 1
        }
        let credentials = foreign.credentials[key.dataCenter] ?? storedCredentials(of: key.dataCenter)
        return Sender(configuration: settings, credentials: credentials)
    }

    private func storedCredentials(of dataCenter: Int32) -> SenderCredentials? {
        content.authKeys[dataCenter].flatMap { AuthKey(bytes: $0) }.map { SenderCredentials(authKey: $0) }
    }

    var preferences: DataCenterList.Preferences {
        DataCenterList.Preferences(
            useIPv6: configuration.useIPv6,
            isObfuscated: configuration.transport.isObfuscated || proxy?.mtProxySecret != nil,
            usesProxy: proxy != nil
        )
    }

    private func number(of key: ConnectionKey) -> Int16 {
        let number = key.dataCenter + (configuration.usesTestDataCenters ? Self.testOffset : 0)
        if case .media = key.role { return Int16(clamping: -number) }
        return Int16(clamping: number)
    }

    private var connectOptions: ConnectOptions {
        ConnectOptions(
            timeout: configuration.connectTimeout,
            preferIPv6: configuration.useIPv6,
            localAddress: configuration.localAddress.flatMap { SocketAddress(host: $0, port: 0) }
        )
    }

    /// What goes in front of the first request of each session. See <https://core.telegram.org/api/invoking>.
    private var announcement: [UInt8] {
        let mtProxy = proxy.flatMap { proxy in
            proxy.mtProxySecret == nil ? nil : TL.InputClientProxy(address: proxy.host, port: Int32(proxy.port))
        }
        let query = TL.help.GetConfig()
        let function = TL.InvokeWithLayer(
            layer: TL.layer,
            query: TL.InitConnection(
                apiID: apiID,
                deviceModel: configuration.deviceModel,
                systemVersion: configuration.systemVersion,
                appVersion: configuration.appVersion,
                systemLangCode: configuration.systemLangCode,
                langPack: configuration.langPack,
                langCode: configuration.langCode,
                proxy: mtProxy,
                query: query
            )
        )
        // Only a text longer than 16 megabytes cannot be encoded; the server then says that it was told nothing.
        guard let whole = try? function.encoded(), let end = try? query.encoded() else { return [] }
        return Array(whole.dropLast(end.count))
    }
}
