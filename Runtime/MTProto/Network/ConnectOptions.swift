/// How to connect.
package struct ConnectOptions: Sendable {
    /// How long everything together may take: finding addresses and trying them.
    package var timeout: Duration
    /// Which family of addresses goes first; the other one follows shortly after in any case.
    package var preferIPv6: Bool
    /// The address to connect from, with port 0 for any. Addresses of the other family are not tried then.
    package var localAddress: SocketAddress?
    /// How long an address may keep the next one waiting.
    ///
    /// See "Connection Attempt Delay" in <https://www.rfc-editor.org/rfc/rfc8305#section-5>.
    package var attemptDelay: Duration
    package var resolver: AddressResolver

    package init(
        timeout: Duration = .seconds(10),
        preferIPv6: Bool = false,
        localAddress: SocketAddress? = nil,
        attemptDelay: Duration = .milliseconds(250),
        resolver: AddressResolver = .shared
    ) {
        self.timeout = timeout
        self.preferIPv6 = preferIPv6
        self.localAddress = localAddress
        self.attemptDelay = attemptDelay
        self.resolver = resolver
    }

    /// The order in which to try addresses: alternating between the families, each in the order given.
    package func ordered(_ addresses: [SocketAddress]) -> [SocketAddress] {
        let preferred: SocketAddress.Family = preferIPv6 ? .ipv6 : .ipv4
        let first = addresses.filter { $0.family == preferred }
        let second = addresses.filter { $0.family != preferred }
        var result: [SocketAddress] = []
        for index in 0..<max(first.count, second.count) {
            if index < first.count { result.append(first[index]) }
            if index < second.count { result.append(second[index]) }
        }
        return result
    }
}
