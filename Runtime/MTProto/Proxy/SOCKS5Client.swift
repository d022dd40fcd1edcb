/// Asks a SOCKS5 proxy for a connection.
///
/// See [RFC 1928](https://www.rfc-editor.org/rfc/rfc1928) and [RFC 1929](https://www.rfc-editor.org/rfc/rfc1929).
package struct SOCKS5Client: StreamHandshake {
    private enum State {
        case choosingMethod
        case authenticating
        case connecting
        case done
    }

    private let target: ProxyTarget
    private let port: UInt16
    private let credentials: ProxyCredentials?
    private var state = State.choosingMethod

    /// The parts of the credentials must have at most 255 bytes each, as the configuration has checked.
    package init(target: ProxyTarget, port: UInt16, credentials: ProxyCredentials?) {
        self.target = target
        self.port = port
        self.credentials = credentials
    }

    package mutating func start() -> [UInt8] {
        let methods = credentials == nil ? [SOCKS5Method.none] : [SOCKS5Method.none, SOCKS5Method.password]
        return [5, UInt8(methods.count)] + methods
    }

    package mutating func received(_ input: inout ByteQueue) throws(MTProtoError) -> HandshakeProgress {
        switch state {
        case .choosingMethod: try methodChosen(&input)
        case .authenticating: try authenticated(&input)
        case .connecting: try connected(&input)
        case .done: .needsMore
        }
    }

    // MARK: - Steps

    private mutating func methodChosen(_ input: inout ByteQueue) throws(MTProtoError) -> HandshakeProgress {
        try checkVersion(of: input, is: 5)
        guard let answer = input.consume(2) else { return .needsMore }
        switch answer[1] {
        case SOCKS5Method.none:
            return connect()
        case SOCKS5Method.password:
            guard let credentials else {
                throw failure("it asks for a user name and password, but none are configured")
            }
            state = .authenticating
            let user = Array(credentials.username.utf8)
            let password = Array(credentials.password.utf8)
            return .send([1, UInt8(user.count)] + user + [UInt8(password.count)] + password)
        case SOCKS5Method.noneAcceptable:
            throw failure(
                credentials == nil
                    ? "it does not let anyone in without authentication, and no user name is configured"
                    : "it accepts neither a user name with password nor no authentication at all"
            )
        case let method:
            throw failure("it chose the authentication method \(method), which was not offered")
        }
    }

    private mutating func authenticated(_ input: inout ByteQueue) throws(MTProtoError) -> HandshakeProgress {
        try checkVersion(of: input, is: 1)
        guard let answer = input.consume(2) else { return .needsMore }
        guard answer[1] == 0 else { throw failure("it refused the user name and password (code \(answer[1]))") }
        return connect()
    }

    private mutating func connect() -> HandshakeProgress {
        state = .connecting
        return .send(
            [5, SOCKSCommand.connect, 0] + SOCKS5Address.bytes(for: target)
                + [UInt8(port >> 8), UInt8(truncatingIfNeeded: port)]
        )
    }

    private mutating func connected(_ input: inout ByteQueue) throws(MTProtoError) -> HandshakeProgress {
        try checkVersion(of: input, is: 5)
        // A proxy that refuses may close without the address, so judge as soon as the code is there.
        if input.count >= 2, input[1] != SOCKS5Reply.succeeded {
            throw failure("it refused the connection: \(SOCKS5Reply.sentence(for: input[1]))")
        }
        guard let addressLength = try SOCKS5Address.length(in: input, at: 3) else { return .needsMore }
        // The address is the proxy's own on the way to the destination; nobody needs it.
        guard input.consume(3 + addressLength + 2) != nil else { return .needsMore }
        state = .done
        return .finished(send: [])
    }

    private func checkVersion(of input: ByteQueue, is expected: UInt8) throws(MTProtoError) {
        guard !input.isEmpty, input[0] != expected else { return }
        throw failure("its answer has version \(input[0]), expected \(expected); is it another kind of proxy?")
    }

    private func failure(_ message: String) -> MTProtoError {
        MTProtoError(.proxyFailed, "the SOCKS5 proxy failed: \(message)")
    }
}
