/// Asks an HTTP proxy for a tunnel.
///
/// See <https://www.rfc-editor.org/rfc/rfc9110#name-connect>.
package struct HTTPConnectClient: StreamHandshake {
    /// No proxy needs more, and an endless head must not fill the memory.
    package static let maximumHeadLength = 16 * 1024
    /// Informational answers before the final one; more than one is unheard of.
    private static let maximumInformationalAnswers = 8
    private static let versionPrefix = "HTTP/1."

    private let destination: Endpoint
    private let credentials: ProxyCredentials?
    private var heads = HTTPHeadReader(limit: maximumHeadLength)
    private var informationalAnswers = 0

    /// The host must be an address or printable ASCII, as ``ProxyTarget`` has checked: it becomes part of a line.
    package init(destination: Endpoint, credentials: ProxyCredentials?) {
        self.destination = destination
        self.credentials = credentials
    }

    package mutating func start() -> [UInt8] {
        var lines = ["CONNECT \(destination) HTTP/1.1", "Host: \(destination)"]
        if let credentials {
            let token = Base64.encode(Array("\(credentials.username):\(credentials.password)".utf8))
            lines.append("Proxy-Authorization: Basic \(token)")
        }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    package mutating func received(_ input: inout ByteQueue) throws(MTProtoError) -> HandshakeProgress {
        while true {
            // Something else answers, and may never send a line end: say so at once.
            guard Self.versionPrefix.utf8.starts(with: input.prefix(Self.versionPrefix.utf8.count)) else {
                throw Self.notHTTP
            }
            guard let head = try nextHead(from: &input) else { return .needsMore }
            let status = try Self.status(of: head)
            switch status {
            case 200..<300:
                // What follows belongs to the tunnel, even if a header announces a body: RFC 9110 says to ignore that.
                return .finished(send: [])
            case 100..<200 where status != 101:
                informationalAnswers += 1
                guard informationalAnswers <= Self.maximumInformationalAnswers else {
                    throw MTProtoError(
                        .proxyFailed,
                        "the HTTP proxy sent \(informationalAnswers) answers of status \(status) and no final one"
                    )
                }
            default:
                throw refusal(status)
            }
        }
    }

    private mutating func nextHead(from input: inout ByteQueue) throws(MTProtoError) -> HTTPHead? {
        do throws(MTProtoError) {
            return try heads.next(from: &input)
        } catch {
            // Not the error's own words: they may quote what the proxy repeats of the request.
            throw MTProtoError(
                .proxyFailed,
                "the HTTP proxy's answer has a head that is malformed or longer than \(Self.maximumHeadLength) bytes"
            )
        }
    }

    /// The number in `HTTP/1.1 200 OK`.
    private static func status(of head: HTTPHead) throws(MTProtoError) -> Int {
        let parts = head.startLine.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2, ["HTTP/1.0", "HTTP/1.1"].contains(parts[0]), parts[1].utf8.count == 3,
            parts[1].utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let status = Int(parts[1])
        else { throw notHTTP }
        return status
    }

    private static var notHTTP: MTProtoError {
        MTProtoError(
            .proxyFailed,
            "the HTTP proxy's answer does not start with 'HTTP/1.1 200' or the like; is it another kind of proxy?"
        )
    }

    // The reason behind the number is the proxy's own text, which might repeat what it was sent: it stays out.
    private func refusal(_ status: Int) -> MTProtoError {
        let explanation =
            switch status {
            case 407 where credentials == nil: ": it wants a user name and a password"
            case 407: ": it does not accept the user name and password"
            case 403: ": its rules forbid the destination or the port"
            case 405, 501: ": it does not allow the method CONNECT"
            case 502, 503, 504: ": it could not reach the destination"
            default: ", expected 200"
            }
        return MTProtoError(.proxyFailed, "the HTTP proxy answered with status \(status)\(explanation)")
    }
}
