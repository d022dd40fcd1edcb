import MTProto
import Testing

struct SOCKS5ClientTests {
    private func client(
        _ host: String = "1.2.3.4",
        user: String? = nil,
        password: String? = nil
    ) throws -> any StreamHandshake {
        let proxy = try ProxyConfiguration.socks5(host: "p", port: 1, username: user, password: password)
        return try #require(try ProxyHandshake.make(for: proxy, destination: Endpoint(host: host, port: 0x1234)))
    }

    private let grant: [UInt8] = [5, 0, 0, 1, 9, 9, 9, 9, 9, 9]

    @Test(
        arguments: [
            ("149.154.167.51", [1, 149, 154, 167, 51]),
            ("2001:67c:4e8:f002::a", [4, 0x20, 1, 6, 0x7C, 4, 0xE8, 0xF0, 2, 0, 0, 0, 0, 0, 0, 0, 0x0A]),
            ("dc.example", [3, 10] + asciiBytes("dc.example")),
        ] as [(String, [UInt8])]
    )
    func requestWritesEveryKindOfDestination(host: String, address: [UInt8]) throws {
        let outcome = try HandshakeOutcome.whateverTheCuts(client(host), fedWith: [5, 0] + grant + asciiBytes("early"))
        #expect(outcome.sent == [[5, 1, 0], [5, 1, 0] + address + [0x12, 0x34]])
        #expect(outcome.isFinished)
        #expect(outcome.rest == asciiBytes("early"))
    }

    @Test func userNameAndPasswordAreSentWhenAskedFor() throws {
        let outcome = try HandshakeOutcome.whateverTheCuts(
            client(user: "me", password: "pä"),
            fedWith: [5, 2, 1, 0] + grant
        )
        #expect(
            outcome.sent == [
                [5, 2, 0, 2], [1, 2] + asciiBytes("me") + [3] + asciiBytes("pä"), [5, 1, 0, 1, 1, 2, 3, 4, 0x12, 0x34],
            ]
        )
        #expect(outcome.isFinished)
    }

    @Test func proxyMayDoWithoutTheUserName() throws {
        let outcome = try HandshakeOutcome(client(user: "me"), fedWith: [[5, 0] + grant])
        #expect(outcome.sent.count == 2)
        #expect(outcome.isFinished)
    }

    @Test(
        arguments: [
            [1, 0, 0, 0, 0], [3, 0], [3, 1, 65], [3, 255] + [UInt8](repeating: 65, count: 255),
            [4] + [UInt8](repeating: 1, count: 16),
        ] as [[UInt8]]
    )
    func boundAddressOfAnyKindIsSkipped(address: [UInt8]) throws {
        let outcome = try HandshakeOutcome.whateverTheCuts(
            client(),
            fedWith: [5, 0] + [5, 0, 0] + address + [1, 2] + asciiBytes("early")
        )
        #expect(outcome.isFinished)
        #expect(outcome.rest == asciiBytes("early"))
    }

    @Test(arguments: 1...UInt8.max)
    func everyOtherReplyIsARefusal(code: UInt8) throws {
        let error = try proxyError { _ = try HandshakeOutcome(client(), fedWith: [[5, 0], [5, code]]) }
        #expect(error.code == .proxyFailed)
        #expect(error.message.contains("code \(code)"))
    }

    @Test func repliesAreExplained() throws {
        let words = [
            "general", "rules", "network", "host", "destination refused", "time to live", "command", "type of address",
        ]
        for (index, word) in words.enumerated() {
            let error = try proxyError { _ = try HandshakeOutcome(client(), fedWith: [[5, 0, 5, UInt8(index + 1)]]) }
            #expect(error.message.contains(word))
        }
    }

    @Test(arguments: UInt8.min...UInt8.max)
    func methodThatWasNotOfferedIsRefused(method: UInt8) throws {
        if method != 0 {
            let error = try proxyError { _ = try HandshakeOutcome(client(), fedWith: [[5, method]]) }
            #expect(error.code == .proxyFailed)
        }
        if method != 0, method != 2 {
            #expect(throws: MTProtoError.self) { try HandshakeOutcome(client(user: "u"), fedWith: [[5, method]]) }
        }
    }

    @Test(arguments: 1...UInt8.max)
    func refusedPasswordIsAnError(status: UInt8) throws {
        let error = try proxyError {
            _ = try HandshakeOutcome(client(user: "hidden", password: "hidden"), fedWith: [[5, 2], [1, status]])
        }
        #expect(error.code == .proxyFailed)
        #expect(!error.message.contains("hidden"))
        #expect(error.message.contains("refused the user name and password"))
    }

    @Test(
        arguments: [
            [4], [0], [UInt8(ascii: "H")], [5, 0, 4], [5, 0, 1, 0], [5, 2, 5], [5, 2, 0, 0], [5, 2, 1, 0, 1],
            [5, 0, 5, 0, 0, 2],
            [5, 0, 5, 0, 0, 0], [5, 0, 5, 0, 0, 255],
        ] as [[UInt8]]
    )
    func wrongVersionOrAddressTypeIsRefused(answer: [UInt8]) throws {
        let error = try proxyError { _ = try HandshakeOutcome(client(user: "u", password: "p"), fedWith: [answer]) }
        #expect(error.code == .proxyFailed)
    }

    @Test func nameIsNotHandedToAProxyThatShallNotResolve() throws {
        let proxies = try [
            ProxyConfiguration.socks5(host: "p", port: 1, resolvesNamesRemotely: false),
            .socks4(host: "p", port: 1, resolvesNamesRemotely: false),
            .httpConnect(host: "p", port: 1, resolvesNamesRemotely: false),
        ]
        for proxy in proxies {
            let error = try proxyError {
                _ = try ProxyHandshake.make(for: proxy, destination: Endpoint(host: "dc.example", port: 443))
            }
            #expect(error.code == .invalidProxy)
            #expect(try ProxyHandshake.make(for: proxy, destination: Endpoint(host: "1.2.3.4", port: 443)) != nil)
        }
    }

    @Test(arguments: ["", "a b", "a\r\nb", "a\0b", "ü", String(repeating: "a", count: 256)])
    func destinationThatIsNoNameIsRefused(host: String) throws {
        let proxies = try [
            ProxyConfiguration.socks5(host: "p", port: 1), .socks4(host: "p", port: 1),
            .httpConnect(host: "p", port: 1),
        ]
        for proxy in proxies {
            let error = try proxyError {
                _ = try ProxyHandshake.make(for: proxy, destination: Endpoint(host: host, port: 443))
            }
            #expect(error.code == .invalidProxy)
            #expect(throws: MTProtoError.self) {
                try ProxyHandshake.make(for: proxy, destination: Endpoint(host: "dc", port: 0))
            }
        }
    }

    @Test func mtProxyHasNoHandshakeOfThisKind() throws {
        let proxy = try ProxyConfiguration.mtProxy(host: "p", port: 1, secret: String(repeating: "0", count: 32))
        #expect(try ProxyHandshake.make(for: proxy, destination: Endpoint(host: "", port: 0)) == nil)
    }
}
