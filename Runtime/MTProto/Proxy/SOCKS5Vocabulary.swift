/// How a SOCKS5 client proves who it is.
package enum SOCKS5Method {
    package static let none: UInt8 = 0
    package static let password: UInt8 = 2
    package static let noneAcceptable: UInt8 = 0xFF
}

/// What a SOCKS5 proxy makes of a request.
package enum SOCKS5Reply {
    package static let succeeded: UInt8 = 0
    package static let generalFailure: UInt8 = 1
    package static let commandNotSupported: UInt8 = 7
    package static let addressTypeNotSupported: UInt8 = 8

    static func sentence(for code: UInt8) -> String {
        switch code {
        case 1: "general failure (code 1)"
        case 2: "its rules do not allow the connection (code 2)"
        case 3: "it cannot reach the network (code 3)"
        case 4: "it cannot reach the host, or cannot find it (code 4)"
        case 5: "the destination refused (code 5)"
        case 6: "the time to live expired on the way (code 6)"
        case 7: "it does not support the command CONNECT (code 7)"
        case 8: "it does not support this type of address (code 8)"
        default: "code \(code), which is not known"
        }
    }
}

/// An address as SOCKS5 writes it: type, bytes, and for names a length in between.
package enum SOCKS5Address {
    package static func bytes(for target: ProxyTarget) -> [UInt8] {
        switch target {
        case .ipv4(let bytes): [1] + bytes
        case .name(let bytes): [3, UInt8(bytes.count)] + bytes
        case .ipv6(let bytes): [4] + bytes
        }
    }

    /// The length with type and length byte, or `nil` when the bytes that tell have not come.
    package static func length(in input: ByteQueue, at offset: Int) throws(MTProtoError) -> Int? {
        guard input.count > offset else { return nil }
        switch input[offset] {
        case 1: return 1 + 4
        case 3: return input.count > offset + 1 ? 2 + Int(input[offset + 1]) : nil
        case 4: return 1 + 16
        case let type:
            throw MTProtoError(
                .proxyFailed,
                "a SOCKS5 message has an address of type \(type), expected 1 (IPv4), 3 (name) or 4 (IPv6)"
            )
        }
    }
}
