import MTProto
import TelegramTesting
import Testing

struct ProxyServerTests {
    /// A protocol with both its sides.
    struct Pair: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let client: @Sendable (Endpoint, ProxyCredentials?) throws -> any StreamHandshake
        let server: @Sendable (ProxyCredentials?, ProxyServerBehaviour) -> any ProxyServerHandshake
    }

    static let socks5 = Pair(testDescription: "SOCKS5") { destination, user in
        try handshake(
            .socks5(host: "p", port: 1, username: user?.username, password: user?.password),
            to: destination
        )
    } server: { credentials, behaviour in
        SOCKS5Server(credentials: credentials, behaviour: behaviour)
    }
    static let socks4 = Pair(testDescription: "SOCKS4") { destination, user in
        try handshake(.socks4(host: "p", port: 1, userID: user?.username ?? ""), to: destination)
    } server: { credentials, behaviour in
        SOCKS4Server(userID: credentials?.username, behaviour: behaviour)
    }
    static let http = Pair(testDescription: "HTTP") { destination, user in
        try handshake(
            .httpConnect(host: "p", port: 1, username: user?.username, password: user?.password),
            to: destination
        )
    } server: { credentials, behaviour in
        HTTPConnectServer(credentials: credentials, behaviour: behaviour)
    }
    static let all = [socks5, socks4, http]

    private static func handshake(
        _ proxy: ProxyConfiguration,
        to destination: Endpoint
    ) throws -> any StreamHandshake {
        try #require(try ProxyHandshake.make(for: proxy, destination: destination))
    }

    private let name = Endpoint(host: "dc.example", port: 443)
    private let user = ProxyCredentials(username: "me", password: "pässword")

    @Test(arguments: all, [1, 2, 3, 7, .max])
    func clientAndProxyUnderstandEachOther(pair: Pair, step: Int) throws {
        for credentials in [nil, user] {
            let dialogue = try ProxyDialogue(
                pair.client(name, credentials),
                pair.server(credentials, .obliging),
                step: step
            )
            #expect(dialogue.isFinished)
            #expect(dialogue.destination == name)
            #expect(dialogue.receivedByProxy == asciiBytes("from client"))
            #expect(dialogue.receivedByClient == asciiBytes("from server"))
        }
    }

    @Test(arguments: [socks5, http], ["149.154.167.51", "2001:67c:4e8:f002::a", "::1", "a-name.example"])
    func everyKindOfDestinationArrives(pair: Pair, host: String) throws {
        let destination = Endpoint(host: host, port: 65535)
        #expect(
            try ProxyDialogue(pair.client(destination, nil), pair.server(nil, .obliging)).destination == destination
        )
    }

    @Test(arguments: ["149.154.167.51", "a-name.example", "0.0.0.0"])
    func socks4DestinationsArrive(host: String) throws {
        let destination = Endpoint(host: host, port: 1)
        let dialogue = try ProxyDialogue(Self.socks4.client(destination, nil), SOCKS4Server())
        #expect(dialogue.destination == destination)
    }

    @Test(arguments: all)
    func wrongCredentialsAreRefused(pair: Pair) throws {
        let others = [nil, ProxyCredentials(username: "you", password: "pässword")]
        for given in others {
            let error = try #require(
                #expect(throws: MTProtoError.self) {
                    try ProxyDialogue(pair.client(name, given), pair.server(user, .obliging))
                }
            )
            #expect(error.code == .proxyFailed)
        }
    }

    @Test(arguments: [socks5, http])
    func wrongPasswordIsRefused(pair: Pair) throws {
        let given = ProxyCredentials(username: "me", password: "password")
        #expect(throws: MTProtoError.self) { try ProxyDialogue(pair.client(name, given), pair.server(user, .obliging)) }
    }

    @Test(arguments: [(socks5, [1, 2, 8, 255]), (socks4, [91, 92, 93, 0]), (http, [403, 407, 502, 301])])
    func refusalsArriveWithTheirCode(pair: Pair, codes: [Int]) throws {
        for code in codes {
            let error = try #require(
                #expect(throws: MTProtoError.self) {
                    try ProxyDialogue(pair.client(name, nil), pair.server(nil, .refusing(code: code)))
                }
            )
            #expect(error.code == .proxyFailed)
            #expect(error.message.contains("\(code)"))
        }
    }

    @Test(arguments: all)
    func unreachableDestinationIsAnError(pair: Pair) throws {
        let error = try #require(
            #expect(throws: MTProtoError.self) {
                try ProxyDialogue(pair.client(name, nil), pair.server(nil, .obliging), isReachable: false)
            }
        )
        #expect(error.code == .proxyFailed)
    }

    @Test(arguments: all)
    func stallingProxyLeavesTheClientWaiting(pair: Pair) throws {
        #expect(try !ProxyDialogue(pair.client(name, nil), pair.server(nil, .stalling)).isFinished)
    }

    @Test(arguments: all)
    func babblingProxyIsAnError(pair: Pair) throws {
        let server = pair.server(nil, .babbling(asciiBytes("220 mail.example ESMTP\r\n")))
        #expect(throws: MTProtoError.self) { try ProxyDialogue(pair.client(name, nil), server) }
    }

    @Test func otherCommandsThanConnectAreRefused() throws {
        var socks4 = SOCKS4Server()
        var input = ByteQueue([4, 2, 0, 80, 1, 2, 3, 4, 0])
        #expect(try socks4.received(&input) == .refuse(send: [0, 91, 0, 0, 0, 0, 0, 0]))
        var socks5 = SOCKS5Server()
        input = ByteQueue([5, 1, 0, 5, 2, 0, 1, 1, 2, 3, 4, 0, 80])
        #expect(try socks5.received(&input) == .send([5, 0]))
        #expect(try socks5.received(&input) == .refuse(send: [5, 7, 0, 1, 0, 0, 0, 0, 0, 0]))
        var http = HTTPConnectServer()
        input = ByteQueue(asciiBytes("GET http://example.org/ HTTP/1.1\r\n\r\n"))
        #expect(try http.received(&input) == .refuse(send: asciiBytes("HTTP/1.1 405 Refused\r\n\r\n")))
    }

    @Test(arguments: ["h", "h:", "h:0", ":1", "h:65536", "::1:1", "[]:1", "h:+1", "h:1x"])
    func authorityThatIsNoneIsRefused(authority: String) throws {
        var http = HTTPConnectServer()
        var input = ByteQueue(asciiBytes("CONNECT \(authority) HTTP/1.1\r\n\r\n"))
        #expect(try http.received(&input) == .refuse(send: asciiBytes("HTTP/1.1 400 Refused\r\n\r\n")))
    }

    /// Empty, with a NUL that would cut it, and with letters beyond ASCII.
    @Test(arguments: [[], [0x31, 0x2e, 0x31, 0, 0x61], [0x61, 0xc3, 0xa9], [0x61, 0x20, 0x62]])
    func nameThatIsNoneIsRefused(name: [UInt8]) throws {
        var socks5 = SOCKS5Server()
        var input = ByteQueue([5, 1, 0, 5, 1, 0, 3, UInt8(name.count)] + name + [0, 80])
        #expect(try socks5.received(&input) == .send([5, 0]))
        #expect(try socks5.received(&input) == .refuse(send: [5, 1, 0, 1, 0, 0, 0, 0, 0, 0]))
        // In SOCKS4 a NUL ends the name.
        guard !name.contains(0) else { return }
        var socks4 = SOCKS4Server()
        input = ByteQueue([4, 1, 0, 80, 0, 0, 0, 1, 0] + name + [0])
        #expect(try socks4.received(&input) == .refuse(send: [0, 91, 0, 0, 0, 0, 0, 0]))
    }

    @Test func addressWithANULIsNoTarget() {
        #expect(throws: MTProtoError.self) { try ProxyTarget("127.0.0.1\0.example") }
    }
}
