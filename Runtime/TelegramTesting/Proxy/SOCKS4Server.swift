package import MTProto

/// A SOCKS4 proxy's side, with SOCKS4a.
package struct SOCKS4Server: ProxyServerHandshake {
    private static let headLength = 8
    private static let maximumTextLength = 255

    private let userID: String?
    private let behaviour: ProxyServerBehaviour
    private var isAnswered = false

    /// Lets in whoever gives this user ID; everybody when it is `nil`.
    package init(userID: String? = nil, behaviour: ProxyServerBehaviour = .obliging) {
        self.userID = userID
        self.behaviour = behaviour
    }

    package mutating func received(_ input: inout ByteQueue) throws(MTProtoError) -> ProxyServerStep {
        guard !isAnswered else { return .needsMore }
        if !input.isEmpty, input[0] != 4 {
            throw MTProtoError(.malformedTransport, "a SOCKS4 request has version \(input[0]), expected 4")
        }
        guard input.count >= Self.headLength, let userEnd = try Self.textEnd(in: input, from: Self.headLength) else {
            return .needsMore
        }
        let head = input.prefix(Self.headLength)
        let isName = head[4..<7].allSatisfy { $0 == 0 } && head[7] != 0
        var end = userEnd
        if isName {
            guard let nameEnd = try Self.textEnd(in: input, from: userEnd + 1) else { return .needsMore }
            end = nameEnd
        }
        guard let request = input.consume(end + 1) else { return .needsMore }
        isAnswered = true
        return answer(
            command: head[1],
            port: UInt16(head[2]) << 8 | UInt16(head[3]),
            target: isName ? .name(Array(request[(userEnd + 1)..<end])) : .ipv4(Array(head[4..<8])),
            user: request[Self.headLength..<userEnd]
        )
    }

    private func answer(
        command: UInt8,
        port: UInt16,
        target: ProxyTarget,
        user: ArraySlice<UInt8>
    ) -> ProxyServerStep {
        guard command == SOCKSCommand.connect else { return .refuse(send: Self.reply(SOCKS4Reply.rejected)) }
        if let userID, !user.elementsEqual(userID.utf8) {
            return .refuse(send: Self.reply(SOCKS4Reply.userIDMismatch))
        }
        guard target.isValid else { return .refuse(send: Self.reply(SOCKS4Reply.rejected)) }
        return behaviour.step(to: Endpoint(host: target.host, port: port)) {
            Self.reply(UInt8(truncatingIfNeeded: $0))
        }
    }

    package func accepted() -> [UInt8] { Self.reply(SOCKS4Reply.granted) }

    package func unreachable() -> [UInt8] { Self.reply(SOCKS4Reply.rejected) }

    private static func reply(_ code: UInt8) -> [UInt8] { [0, code, 0, 0, 0, 0, 0, 0] }

    /// Where the NUL is that ends a text, or `nil` when it has not come.
    private static func textEnd(in input: ByteQueue, from start: Int) throws(MTProtoError) -> Int? {
        let end = input.firstOffset(of: 0, from: start)
        guard (end ?? input.count) - start <= maximumTextLength else {
            throw MTProtoError(
                .malformedTransport,
                "a text in a SOCKS4 request is longer than \(maximumTextLength) bytes"
            )
        }
        return end
    }
}
