#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Where a proxy is asked to connect to, in the form that its protocol writes.
package enum ProxyTarget: Sendable, Hashable {
    /// Four bytes of an IPv4 address.
    case ipv4([UInt8])
    /// Sixteen bytes of an IPv6 address.
    case ipv6([UInt8])
    /// A name that the proxy has to look up; 1 to 255 bytes of printable ASCII.
    case name([UInt8])

    package init(_ host: String, resolvesNamesRemotely: Bool = true) throws(MTProtoError) {
        if let address = Self.address(host) {
            self = address
            return
        }
        guard resolvesNamesRemotely else {
            throw MTProtoError(
                .invalidProxy,
                "the proxy is not to look names up, but got a name of \(host.utf8.count) bytes, expected an address"
            )
        }
        let name = Array(host.utf8)
        // What is printable cannot end a line of HTTP or a string of SOCKS4 early.
        guard (1...ProxyRules.maximumNameLength).contains(name.count), name.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            throw MTProtoError(
                .invalidProxy,
                "a proxy cannot be asked for a name of \(name.count) bytes, expected 1 to "
                    + "\(ProxyRules.maximumNameLength) bytes of printable ASCII"
            )
        }
        self = .name(name)
    }

    /// The address that a text writes, or `nil` when it is a name.
    private static func address(_ host: String) -> ProxyTarget? {
        // C would take the text up to a NUL, and an address for what is none.
        guard !host.utf8.contains(0) else { return nil }
        var buffer = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, host, &buffer) == 1 { return .ipv4(Array(buffer.prefix(4))) }
        if inet_pton(AF_INET6, host, &buffer) == 1 { return .ipv6(buffer) }
        return nil
    }

    /// The text that ``init(_:resolvesNamesRemotely:)`` reads.
    package var host: String {
        switch self {
        case .ipv4(let bytes): Self.text(bytes, family: AF_INET)
        case .ipv6(let bytes): Self.text(bytes, family: AF_INET6)
        case .name(let bytes): String(decoding: bytes, as: UTF8.self)
        }
    }

    private static func text(_ address: [UInt8], family: Int32) -> String {
        // The longest text of an IPv6 address has 45 characters; the NUL is the 46th.
        var buffer = [CChar](repeating: 0, count: 46)
        guard inet_ntop(family, address, &buffer, socklen_t(buffer.count)) != nil else { return "" }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
