import MTProto
import Testing

struct HTTPConnectClientTests {
    private func client(
        _ host: String = "1.2.3.4",
        user: String? = nil,
        password: String? = nil
    ) throws -> any StreamHandshake {
        let proxy = try ProxyConfiguration.httpConnect(host: "p", port: 1, username: user, password: password)
        return try #require(try ProxyHandshake.make(for: proxy, destination: Endpoint(host: host, port: 443)))
    }

    @Test(arguments: [
        ("1.2.3.4", "1.2.3.4:443"), ("2001:67c::a", "[2001:67c::a]:443"), ("dc.example", "dc.example:443"),
    ])
    func requestNamesTheDestination(host: String, authority: String) throws {
        var client = try client(host)
        #expect(client.start() == asciiBytes("CONNECT \(authority) HTTP/1.1\r\nHost: \(authority)\r\n\r\n"))
    }

    @Test func credentialsAreSentInBasicForm() throws {
        // The example of RFC 7617, section 2.
        var client = try client(user: "Aladdin", password: "open sesame")
        let request = String(decoding: client.start(), as: UTF8.self)
        #expect(request.contains("\r\nProxy-Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n\r\n"))
    }

    @Test(arguments: [
        "HTTP/1.1 200 Connection established\r\n\r\n", "HTTP/1.0 200\r\n\r\n", "HTTP/1.1 200 \r\nVia: x\r\n\r\n",
        "HTTP/1.1 299 Odd\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
    ])
    func successIsFollowedByTheStream(head: String) throws {
        let outcome = try HandshakeOutcome.whateverTheCuts(
            client(),
            fedWith: asciiBytes(head) + asciiBytes("HTTP/1.1 early\r\n\r\n")
        )
        #expect(outcome.isFinished)
        #expect(outcome.rest == asciiBytes("HTTP/1.1 early\r\n\r\n"))
        #expect(outcome.sent.count == 1)
    }

    @Test(arguments: [101, 300, 302, 400, 403, 404, 405, 407, 418, 500, 501, 502, 503, 504, 999])
    func everyOtherStatusIsARefusal(status: Int) throws {
        let error = try proxyError {
            _ = try HandshakeOutcome(
                client(user: "u", password: "p"),
                fedWith: [asciiBytes("HTTP/1.1 \(status) secret reason\r\n\r\n")]
            )
        }
        #expect(error.code == .proxyFailed)
        #expect(error.message.contains("status \(status)"))
        #expect(!error.message.contains("reason"))
    }

    @Test func missingAndWrongCredentialsAreToldApart() throws {
        let answer = [asciiBytes("HTTP/1.1 407 x\r\n\r\n")]
        let missing = try proxyError { _ = try HandshakeOutcome(client(), fedWith: answer) }
        #expect(missing.message.contains("wants a user name"))
        let wrong = try proxyError { _ = try HandshakeOutcome(client(user: "u"), fedWith: answer) }
        #expect(wrong.message.contains("does not accept"))
    }

    @Test(arguments: [
        "SSH-2.0", "H ", "HTTP/2", "<html>", "\r\n", "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 2x0 OK\r\n\r\n", "HTTP/1.1  200 OK\r\n\r\n", "HTTP/1.1\r\n\r\n", "HTTP/1.x 200 OK\r\n\r\n",
        "HTTP/1.1200 OK\r\n\r\n",
        "HTTP/1.1 +20 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nbad\0: x\r\n\r\n", "HTTP/1.1 \u{0662}00 OK\r\n\r\n",
    ])
    func answerThatIsNotHTTPIsRefused(answer: String) throws {
        let error = try proxyError { _ = try HandshakeOutcome(client(), fedWith: [asciiBytes(answer)]) }
        #expect(error.code == .proxyFailed)
    }

    @Test func headOfExactlyTheLimitIsAccepted() throws {
        let start = "HTTP/1.1 200 OK\r\nX: "
        let limit = HTTPConnectClient.maximumHeadLength
        let head = { (length: Int) in
            asciiBytes(start) + [UInt8](repeating: 65, count: length - start.utf8.count - 4) + asciiBytes("\r\n\r\n")
        }
        #expect(try HandshakeOutcome(client(), fedWith: [head(limit)]).isFinished)
        #expect(throws: MTProtoError.self) { try HandshakeOutcome(client(), fedWith: [head(limit + 1)]) }
    }

    @Test(arguments: ["A", "A\r\n", "\n"])
    func endlessHeadIsRefused(line: String) throws {
        let piece = asciiBytes(String(repeating: line, count: 1024))
        let pieces = [asciiBytes("HTTP/1.1 200 OK\r\nX: ")] + [[UInt8]](repeating: piece, count: 64)
        let error = try proxyError { _ = try HandshakeOutcome(client(), fedWith: pieces) }
        #expect(error.code == .proxyFailed)
    }

    @Test func endlessInformationIsRefused() throws {
        let answer = asciiBytes("HTTP/1.1 100 Continue\r\n\r\n")
        let error = try proxyError {
            _ = try HandshakeOutcome(client(), fedWith: [[UInt8]](repeating: answer, count: 20))
        }
        #expect(error.code == .proxyFailed)
    }
}
