/// Asks a SOCKS4 proxy for a connection; names by the extension SOCKS4a.
///
/// See <https://www.openssh.com/txt/socks4.protocol> and <https://www.openssh.com/txt/socks4a.protocol>.
package struct SOCKS4Client: StreamHandshake {
    private static let answerLength = 8

    private let target: ProxyTarget
    private let port: UInt16
    private let userID: ProxyCredentials

    /// - Throws: ``MTProtoError/Code/invalidProxy`` for a destination that the protocol cannot write.
    package init(target: ProxyTarget, port: UInt16, userID: ProxyCredentials) throws(MTProtoError) {
        switch target {
        case .ipv6:
            throw MTProtoError(
                .invalidProxy,
                "a SOCKS4 proxy cannot reach the IPv6 address '\(target.host)'; use SOCKS5 or an IPv4 address"
            )
        case .ipv4(let address) where address.prefix(3) == [0, 0, 0] && address[3] != 0:
            // The mark of SOCKS4a: the proxy would wait for a name that never comes.
            throw MTProtoError(.invalidProxy, "a SOCKS4 proxy cannot be asked for the address '\(target.host)'")
        case .ipv4, .name:
            break
        }
        self.target = target
        self.port = port
        self.userID = userID
    }

    package mutating func start() -> [UInt8] {
        var request: [UInt8] = [4, SOCKSCommand.connect, UInt8(port >> 8), UInt8(truncatingIfNeeded: port)]
        switch target {
        case .ipv4(let bytes), .ipv6(let bytes): request += bytes
        case .name: request += [0, 0, 0, 1]
        }
        request += Array(userID.username.utf8) + [0]
        if case .name(let name) = target { request += name + [0] }
        return request
    }

    package mutating func received(_ input: inout ByteQueue) throws(MTProtoError) -> HandshakeProgress {
        // A proxy that refuses may close without the last bytes, so judge as soon as the bytes that count are there.
        if !input.isEmpty, input[0] != 0 {
            throw MTProtoError(
                .proxyFailed,
                "the SOCKS4 proxy's answer has version \(input[0]), expected 0; is it another kind of proxy?"
            )
        }
        if input.count >= 2, input[1] != SOCKS4Reply.granted {
            throw MTProtoError(.proxyFailed, "the SOCKS4 proxy refused: \(SOCKS4Reply.sentence(for: input[1]))")
        }
        guard input.count >= Self.answerLength else { return .needsMore }
        input.discard(Self.answerLength)
        return .finished(send: [])
    }
}

package enum SOCKSCommand {
    /// The only one that is needed here: a TCP connection to the outside.
    package static let connect: UInt8 = 1
}

/// The second byte of a SOCKS4 answer.
package enum SOCKS4Reply {
    package static let granted: UInt8 = 90
    package static let rejected: UInt8 = 91
    package static let userIDMismatch: UInt8 = 93

    static func sentence(for code: UInt8) -> String {
        switch code {
        case 91: "the connection was rejected or failed (code 91)"
        case 92: "it could not ask this machine who the user is (code 92)"
        case 93: "this machine names another user than the given user ID (code 93)"
        default: "code \(code), which is not known"
        }
    }
}
