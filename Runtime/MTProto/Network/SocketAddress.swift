#if canImport(Darwin)
    package import Darwin
#else
    package import Glibc
#endif

/// An IPv4 or IPv6 address with a port: what the operating system connects to.
package struct SocketAddress: Sendable, Hashable {
    package enum Family: Sendable, Hashable {
        case ipv4
        case ipv6

        /// The number that the system calls want.
        package var number: Int32 { self == .ipv4 ? AF_INET : AF_INET6 }
    }

    package let family: Family
    package let port: UInt16
    /// Four or sixteen bytes, the most significant one first.
    private let bytes: [UInt8]
    /// Which interface a link-local IPv6 address is on; otherwise 0.
    private let scope: UInt32

    private init(family: Family, bytes: [UInt8], port: UInt16, scope: UInt32 = 0) {
        self.family = family
        self.bytes = bytes
        self.port = port
        self.scope = scope
    }

    /// Takes an address in numbers (`127.0.0.1`, `::1`, `fe80::1%eth0`); `nil` for a name. Nothing is looked up.
    package init?(host: String, port: UInt16) {
        if host.contains(":") {
            guard let address = Self.numericIPv6(host, port: port) else { return nil }
            self = address
        } else {
            var address = in_addr()
            guard inet_pton(AF_INET, host, &address) == 1 else { return nil }
            self.init(family: .ipv4, bytes: withUnsafeBytes(of: address) { [UInt8]($0) }, port: port)
        }
    }

    /// Takes over what the system has written; `nil` when it is of another family or too short.
    package init?(_ address: UnsafePointer<sockaddr>, length: Int) {
        let raw = UnsafeRawPointer(address)
        guard length >= MemoryLayout<sockaddr>.size else { return nil }
        if Int32(address.pointee.sa_family) == AF_INET, length >= MemoryLayout<sockaddr_in>.size {
            let inner = raw.loadUnaligned(as: sockaddr_in.self)
            self.init(
                family: .ipv4,
                bytes: withUnsafeBytes(of: inner.sin_addr) { [UInt8]($0) },
                port: UInt16(bigEndian: inner.sin_port)
            )
        } else if Int32(address.pointee.sa_family) == AF_INET6, length >= MemoryLayout<sockaddr_in6>.size {
            let inner = raw.loadUnaligned(as: sockaddr_in6.self)
            self.init(
                family: .ipv6,
                bytes: withUnsafeBytes(of: inner.sin6_addr) { [UInt8]($0) },
                port: UInt16(bigEndian: inner.sin6_port),
                scope: inner.sin6_scope_id
            )
        } else {
            return nil
        }
    }

    /// The system's parser does the work, since an IPv6 address can name its interface.
    private static func numericIPv6(_ host: String, port: UInt16) -> SocketAddress? {
        var hints = addrinfo()
        hints.ai_family = AF_INET6
        hints.ai_flags = AI_NUMERICHOST
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0, let first = list else { return nil }
        defer { freeaddrinfo(first) }
        guard let address = first.pointee.ai_addr else { return nil }
        return SocketAddress(address, length: Int(first.pointee.ai_addrlen))?.with(port: port)
    }

    package func with(port: UInt16) -> SocketAddress {
        SocketAddress(family: family, bytes: bytes, port: port, scope: scope)
    }

    /// Lends the address in the system's form.
    package func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        switch family {
        case .ipv4:
            var address = sockaddr_in()
            #if canImport(Darwin)
                address.sin_len = UInt8(MemoryLayout<sockaddr_in>.size)
            #endif
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            withUnsafeMutableBytes(of: &address.sin_addr) { $0.copyBytes(from: bytes) }
            return Self.lend(&address, to: body)
        case .ipv6:
            var address = sockaddr_in6()
            #if canImport(Darwin)
                address.sin6_len = UInt8(MemoryLayout<sockaddr_in6>.size)
            #endif
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = port.bigEndian
            address.sin6_scope_id = scope
            withUnsafeMutableBytes(of: &address.sin6_addr) { $0.copyBytes(from: bytes) }
            return Self.lend(&address, to: body)
        }
    }

    private static func lend<Address, Result>(
        _ address: inout Address,
        to body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<Address>.size)) }
        }
    }
}

extension SocketAddress: CustomStringConvertible {
    /// The address alone: `127.0.0.1`, `fe80::1%2`.
    package var host: String {
        let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { buffer -> String in
            guard let start = buffer.baseAddress,
                inet_ntop(family.number, bytes, start, socklen_t(buffer.count)) != nil
            else { return "?" }
            return String(cString: start)
        }
        return scope == 0 ? text : "\(text)%\(scope)"
    }

    /// `127.0.0.1:443`, `[::1]:443`.
    package var description: String { family == .ipv4 ? "\(host):\(port)" : "[\(host)]:\(port)" }
}
