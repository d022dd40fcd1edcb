import MTProto
import Testing

struct ProxyConfigurationTests {
    @Test func configurationKeepsItsEndpoint() throws {
        let proxy = try ProxyConfiguration.socks5(host: "proxy.example", port: 1080)
        #expect(proxy.endpoint == Endpoint(host: "proxy.example", port: 1080))
        #expect(proxy.host == "proxy.example")
        #expect(proxy.port == 1080)
        #expect(proxy.resolvesNamesRemotely)
        #expect(proxy.mtProxySecret == nil)
    }

    @Test(arguments: ["", "two words", "proxy\r\n", "tab\t", "nul\0", "http://proxy", "[::1]", "user@proxy", "prøxy"])
    func hostThatIsNoneIsRefused(host: String) throws {
        for make in Self.factories {
            #expect(try proxyError { _ = try make(host, 1) }.code == .invalidProxy)
        }
    }

    @Test func hostMayHave255Bytes() throws {
        _ = try ProxyConfiguration.socks4(host: String(repeating: "a", count: 255), port: 1)
        #expect(throws: MTProtoError.self) {
            try ProxyConfiguration.socks4(host: String(repeating: "a", count: 256), port: 1)
        }
    }

    @Test func portZeroIsRefused() throws {
        for make in Self.factories {
            #expect(
                try proxyError { _ = try make("proxy", 0) }.message
                    == "the proxy 'proxy' has port 0, expected 1 to 65535"
            )
        }
    }

    private static let factories: [@Sendable (String, UInt16) throws -> ProxyConfiguration] = [
        { try .socks5(host: $0, port: $1) }, { try .socks4(host: $0, port: $1) },
        { try .httpConnect(host: $0, port: $1) },
        { try .mtProxy(host: $0, port: $1, secret: String(repeating: "0", count: 32)) },
    ]

    @Test func socks5CredentialsMayHave255Bytes() throws {
        let longest = String(repeating: "é", count: 127) + "e"
        _ = try ProxyConfiguration.socks5(host: "p", port: 1, username: longest, password: longest)
        for (user, password) in [(longest + "e", "p"), ("u", longest + "e")] {
            let error = try proxyError {
                _ = try ProxyConfiguration.socks5(host: "p", port: 1, username: user, password: password)
            }
            #expect(error.code == .invalidProxy)
            #expect(error.message.contains("256 bytes, expected at most 255"))
        }
    }

    @Test func passwordNeedsAUserName() throws {
        for name in [nil, ""] {
            let errors = try [
                proxyError { _ = try ProxyConfiguration.socks5(host: "p", port: 1, username: name, password: "x") },
                proxyError {
                    _ = try ProxyConfiguration.httpConnect(host: "p", port: 1, username: name, password: "x")
                },
            ]
            #expect(errors.allSatisfy { $0.code == .invalidProxy })
        }
    }

    @Test func socks4UserIDMustNotEndEarly() throws {
        let withNul = try proxyError { _ = try ProxyConfiguration.socks4(host: "p", port: 1, userID: "a\0b") }
        #expect(withNul.message.contains("NUL"))
        let tooLong = String(repeating: "a", count: 256)
        #expect(throws: MTProtoError.self) { try ProxyConfiguration.socks4(host: "p", port: 1, userID: tooLong) }
    }

    @Test(arguments: [("a\r\nX-Injected: 1", "p"), ("u", "p\n"), ("u", "p\0"), ("a:b", "p"), ("u", "\u{7F}")])
    func httpCredentialsMustFitIntoTheirHeader(user: String, password: String) throws {
        let error = try proxyError {
            _ = try ProxyConfiguration.httpConnect(host: "p", port: 1, username: user, password: password)
        }
        #expect(error.code == .invalidProxy)
        #expect(!error.message.contains(user) || user == "u")
    }

    @Test func secretsNeverShow() throws {
        let key = "c0ffee00c0ffee00c0ffee00c0ffee00"
        let proxies = try [
            ProxyConfiguration.socks5(host: "h", port: 1, username: "zz-user", password: "zz-pass"),
            .socks4(host: "h", port: 1, userID: "zz-user"),
            .httpConnect(host: "h", port: 1, username: "zz-user", password: "zz-pass"),
            .mtProxy(host: "h", port: 1, secret: "ee" + key + "7a7a2d2e636f6d"),
        ]
        for proxy in proxies {
            var texts = [
                "\(proxy)", String(reflecting: proxy), "\(Optional(proxy) as Any)", "\([proxy])", "\(proxy.kind)",
            ]
            var dumped = ""
            dump(proxy, to: &dumped)
            dump(proxy.kind, to: &dumped)
            if let handshake = try ProxyHandshake.make(for: proxy, destination: Endpoint(host: "1.2.3.4", port: 1)) {
                dump(handshake, to: &dumped)
                texts.append("\(handshake)")
            }
            texts.append(dumped)
            for text in texts {
                #expect(!text.contains("zz-"))
                #expect(!text.contains(key))
                // The first bytes of the key as `dump` would write them.
                #expect(!text.contains("192"))
            }
        }
    }

    @Test func descriptionNamesKindAndEndpoint() throws {
        #expect("\(try ProxyConfiguration.socks5(host: "::1", port: 1080))" == "SOCKS5 proxy [::1]:1080")
        #expect("\(try ProxyConfiguration.socks4(host: "h", port: 1))" == "SOCKS4 proxy h:1")
        #expect("\(try ProxyConfiguration.httpConnect(host: "h", port: 1))" == "HTTP proxy h:1")
        let secret = String(repeating: "0", count: 32)
        #expect("\(try ProxyConfiguration.mtProxy(host: "h", port: 1, secret: secret))" == "MTProxy h:1")
    }

    @Test func equalProxiesAreEqual() throws {
        let first = try ProxyConfiguration.socks5(host: "h", port: 1, username: "u", password: "p")
        #expect(try first == .socks5(host: "h", port: 1, username: "u", password: "p"))
        #expect(try first != .socks5(host: "h", port: 1, username: "u", password: "q"))
        #expect(try first != .httpConnect(host: "h", port: 1, username: "u", password: "p"))
    }
}
