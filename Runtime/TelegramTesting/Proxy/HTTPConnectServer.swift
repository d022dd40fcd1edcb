package import MTProto
import MTProtoCrypto

/// An HTTP proxy's side that knows the method `CONNECT` and nothing else.
package struct HTTPConnectServer: ProxyServerHandshake {
    private let credentials: ProxyCredentials?
    private let behaviour: ProxyServerBehaviour
    private var heads = HTTPHeadReader(limit: HTTPConnectClient.maximumHeadLength)
    private var isAnswered = false

    /// Lets in whoever gives these credentials; everybody when they are `nil`.
    package init(credentials: ProxyCredentials? = nil, behaviour: ProxyServerBehaviour = .obliging) {
        self.credentials = credentials
        self.behaviour = behaviour
    }

    package mutating func received(_ input: inout ByteQueue) throws(MTProtoError) -> ProxyServerStep {
        guard !isAnswered, let head = try heads.next(from: &input) else { return .needsMore }
        isAnswered = true
        let parts = head.startLine.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2].hasPrefix("HTTP/1.") else { return .refuse(send: Self.answer(status: 400)) }
        guard parts[0] == "CONNECT" else { return .refuse(send: Self.answer(status: 405)) }
        guard let destination = Self.destination(parts[1]) else { return .refuse(send: Self.answer(status: 400)) }
        guard isAllowed(head) else {
            return .refuse(send: Self.answer(status: 407, field: "Proxy-Authenticate: Basic realm=\"proxy\""))
        }
        return behaviour.step(to: destination) { Self.answer(status: $0) }
    }

    package func accepted() -> [UInt8] { Self.answer(status: 200) }

    package func unreachable() -> [UInt8] { Self.answer(status: 502) }

    private func isAllowed(_ head: HTTPHead) -> Bool {
        guard let credentials else { return true }
        let wanted = "Basic " + Base64.encode(Array("\(credentials.username):\(credentials.password)".utf8))
        let given = head.values("proxy-authorization")
        return given.count == 1 && constantTimeEquals(Array(given[0].utf8), Array(wanted.utf8))
    }

    /// `name:443`, `149.154.167.51:443` or `[::1]:443`.
    private static func destination(_ authority: Substring) -> Endpoint? {
        guard let colon = authority.lastIndex(of: ":") else { return nil }
        let digits = authority[authority.index(after: colon)...]
        // A sign would be read as part of the number.
        guard digits.allSatisfy(\.isNumber), let port = UInt16(digits) else { return nil }
        var host = authority[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard port != 0, (try? ProxyTarget(String(host))) != nil else { return nil }
        return Endpoint(host: String(host), port: port)
    }

    private static func answer(status: Int, field: String? = nil) -> [UInt8] {
        let lines =
            ["HTTP/1.1 \(status) \(status == 200 ? "Connection established" : "Refused")"] + (field.map { [$0] } ?? [])
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }
}
