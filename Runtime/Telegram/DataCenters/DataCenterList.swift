package import MTProto
package import TelegramAPI

/// Where data centres can be reached: what the program begins with, and what the server has told since.
package struct DataCenterList: Sendable {
    /// What decides which addresses can be used.
    package struct Preferences: Sendable, Hashable {
        /// The family to try first.
        package var useIPv6: Bool
        /// Whether the transport is obfuscated: some addresses take no other.
        package var isObfuscated: Bool
        /// Whether connections go through a proxy, for which there are addresses that stay.
        package var usesProxy: Bool

        package init(useIPv6: Bool = false, isObfuscated: Bool = false, usesProxy: Bool = false) {
            self.useIPv6 = useIPv6
            self.isObfuscated = isObfuscated
            self.usesProxy = usesProxy
        }
    }

    private let bootstrap: [DataCenterAddress]
    private var options: [TL.DcOption] = []

    package init(bootstrap: [DataCenterAddress]) { self.bootstrap = bootstrap }

    /// Whether the server has told its addresses.
    package var isLoaded: Bool { !options.isEmpty }

    /// Takes over what `help.getConfig` or `updateDcOptions` says.
    package mutating func replaceOptions(_ options: [TL.DcOption]) {
        if !options.isEmpty { self.options = options }
    }

    /// The data centre of a session that has none yet.
    package var first: DataCenterAddress? { bootstrap.first }

    /// The address to keep in a session; `nil` when the data centre is unknown.
    package func address(of dataCenter: Int32, _ preferences: Preferences) -> DataCenterAddress? {
        endpoints(for: ConnectionKey(dataCenter: dataCenter, role: .ordinary), preferences).first.map {
            DataCenterAddress(id: dataCenter, host: $0.host, port: $0.port)
        }
    }

    /// The endpoints to try, best first: all of the wanted family, then those of the other one, because a network may
    /// have only that.
    package func endpoints(for key: ConnectionKey, _ preferences: Preferences) -> [Endpoint] {
        [preferences.useIPv6, !preferences.useIPv6].flatMap { useIPv6 in
            let told = options.filter { $0.ipv6 == useIPv6 && isUsable($0, for: key, preferences) }
                .enumerated()
                .sorted {
                    (rank($0.element, key, preferences), $0.offset) < (rank($1.element, key, preferences), $1.offset)
                }
                .compactMap { Endpoint($0.element) }
            let known = key.role == .cdn ? [] : bootstrap.filter { $0.id == key.dataCenter && $0.isIPv6 == useIPv6 }
            return told + known.map { Endpoint(host: $0.host, port: $0.port) }
        }
        .removingDuplicates()
    }

    private func isUsable(_ option: TL.DcOption, for key: ConnectionKey, _ preferences: Preferences) -> Bool {
        // A secret is for addresses that are reached like an MTProxy.
        guard option.id == key.dataCenter, option.secret == nil else { return false }
        if option.tcpoOnly, !preferences.isObfuscated { return false }
        switch key.role {
        case .ordinary: return !option.cdn && !option.mediaOnly
        case .media: return !option.cdn
        case .cdn: return option.cdn
        }
    }

    /// Less is better.
    private func rank(_ option: TL.DcOption, _ key: ConnectionKey, _ preferences: Preferences) -> Int {
        var rank = 0
        if case .media = key.role, !option.mediaOnly { rank += 4 }
        if option.static != preferences.usesProxy { rank += 2 }
        if option.thisPortOnly { rank += 1 }
        return rank
    }
}

extension DataCenterAddress {
    var isIPv6: Bool { host.contains(":") }
}

extension Endpoint {
    fileprivate init?(_ option: TL.DcOption) {
        guard !option.ipAddress.isEmpty, let port = UInt16(exactly: option.port), port > 0 else { return nil }
        self.init(host: option.ipAddress, port: port)
    }
}

extension [Endpoint] {
    func removingDuplicates() -> [Endpoint] {
        var seen: Set<Endpoint> = []
        return filter { seen.insert($0).inserted }
    }
}
