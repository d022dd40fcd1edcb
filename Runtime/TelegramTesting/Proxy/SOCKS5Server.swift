package import MTProto
import MTProtoCrypto

/// A SOCKS5 proxy's side.
package struct SOCKS5Server: ProxyServerHandshake {
    private enum State {
        case greeting
        case authenticating(ProxyCredentials)
        case request
        case answered
    }

    private let credentials: ProxyCredentials?
    private let behaviour: ProxyServerBehaviour
    private var state = State.greeting

    /// Lets in whoever gives these credentials; everybody when they are `nil`.
    package init(credentials: ProxyCredentials? = nil, behaviour: ProxyServerBehaviour = .obliging) {
        self.credentials = credentials
        self.behaviour = behaviour
    }

    package mutating func received(_ input: inout ByteQueue) throws(MTProtoError) -> ProxyServerStep {
        switch state {
        case .greeting: try greeting(&input)
        case .authenticating(let wanted): try authentication(&input, wanted: wanted)
        case .request: try request(&input)
        case .answered: .needsMore
        }
    }

    package func accepted() -> [UInt8] { Self.reply(SOCKS5Reply.succeeded) }

    package func unreachable() -> [UInt8] { Self.reply(SOCKS5Reply.generalFailure) }

    // MARK: - Steps

    private mutating func greeting(_ input: inout ByteQueue) throws(MTProtoError) -> ProxyServerStep {
        try Self.checkVersion(of: input, is: 5)
        guard input.count >= 2, let greeting = input.consume(2 + Int(input[1])) else { return .needsMore }
        let wanted = credentials == nil ? SOCKS5Method.none : SOCKS5Method.password
        guard greeting.dropFirst(2).contains(wanted) else {
            state = .answered
            return .refuse(send: [5, SOCKS5Method.noneAcceptable])
        }
        state = credentials.map { .authenticating($0) } ?? .request
        return .send([5, wanted])
    }

    private mutating func authentication(
        _ input: inout ByteQueue,
        wanted: ProxyCredentials
    ) throws(MTProtoError) -> ProxyServerStep {
        try Self.checkVersion(of: input, is: 1)
        guard input.count >= 2 else { return .needsMore }
        let userEnd = 2 + Int(input[1])
        guard input.count > userEnd, let message = input.consume(userEnd + 1 + Int(input[userEnd])) else {
            return .needsMore
        }
        let userMatches = constantTimeEquals(message[2..<userEnd], Array(wanted.username.utf8)[...])
        let passwordMatches = constantTimeEquals(message[(userEnd + 1)...], Array(wanted.password.utf8)[...])
        guard userMatches, passwordMatches else {
            state = .answered
            return .refuse(send: [1, 1])
        }
        state = .request
        return .send([1, 0])
    }

    private mutating func request(_ input: inout ByteQueue) throws(MTProtoError) -> ProxyServerStep {
        try Self.checkVersion(of: input, is: 5)
        guard input.count >= 4 else { return .needsMore }
        guard [1, 3, 4].contains(input[3]) else { return refuse(SOCKS5Reply.addressTypeNotSupported) }
        guard let length = try SOCKS5Address.length(in: input, at: 3), let message = input.consume(3 + length + 2)
        else {
            return .needsMore
        }
        guard message[1] == SOCKSCommand.connect else { return refuse(SOCKS5Reply.commandNotSupported) }
        state = .answered
        let port = UInt16(message[message.count - 2]) << 8 | UInt16(message[message.count - 1])
        let target = Self.target(of: message[3...].dropLast(2))
        guard target.isValid else { return refuse(SOCKS5Reply.generalFailure) }
        return behaviour.step(to: Endpoint(host: target.host, port: port)) { Self.reply(UInt8(truncatingIfNeeded: $0)) }
    }

    private mutating func refuse(_ code: UInt8) -> ProxyServerStep {
        state = .answered
        return .refuse(send: Self.reply(code))
    }

    /// The address of a message whose length has been checked.
    private static func target(of address: ArraySlice<UInt8>) -> ProxyTarget {
        switch address.first {
        case 1: .ipv4(Array(address.dropFirst()))
        case 4: .ipv6(Array(address.dropFirst()))
        default: .name(Array(address.dropFirst(2)))
        }
    }

    private static func reply(_ code: UInt8) -> [UInt8] { [5, code, 0, 1, 0, 0, 0, 0, 0, 0] }

    private static func checkVersion(of input: ByteQueue, is expected: UInt8) throws(MTProtoError) {
        guard !input.isEmpty, input[0] != expected else { return }
        throw MTProtoError(.malformedTransport, "a SOCKS5 message has version \(input[0]), expected \(expected)")
    }
}
