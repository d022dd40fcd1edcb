import MTProto
import Testing

struct ProxyLinkTests {
    private static let secret = "0123456789abcdef0123456789abcdef"

    @Test(arguments: [
        "tg://proxy?", "tg:proxy?", "https://t.me/proxy?", "http://t.me/proxy?", "t.me/proxy?",
        "https://telegram.me/proxy?", "https://telegram.dog/proxy?", "HTTPS://T.ME/proxy?", "tg://proxy/?",
    ])
    func mtProxyLinkIsRead(prefix: String) throws {
        let proxy = try ProxyConfiguration(
            link: prefix + "server=proxy.example&port=443&secret=\(Self.secret)#fragment"
        )
        #expect(try proxy == .mtProxy(host: "proxy.example", port: 443, secret: Self.secret))
    }

    @Test func socksLinkIsRead() throws {
        let proxy = try ProxyConfiguration(link: "tg://socks?server=10.0.0.1&port=1080&user=me&pass=a%26b%3d%C3%A9")
        #expect(try proxy == .socks5(host: "10.0.0.1", port: 1080, username: "me", password: "a&b=é"))
        let open = try ProxyConfiguration(link: "https://t.me/socks?server=10.0.0.1&port=1080&user=&pass=")
        #expect(try open == .socks5(host: "10.0.0.1", port: 1080))
    }

    @Test func base64SecretOfALinkMayContainPlusAndPercent() throws {
        let hexadecimal = "ddfbefbefbefbefbefbefbefbefbefbefb"
        let proxy = try ProxyConfiguration.mtProxy(host: "h", port: 1, secret: hexadecimal)
        for text in ["3fvvvvvvvvvvvvvvvvvvvvs=", "3fvvvvvvvvvvvvvvvvvvvvs", "3fvvvvvvvvvvvvvvvvvvvvs%3D"] {
            #expect(
                try ProxyConfiguration(link: "tg://proxy?server=h&port=1&secret=\(text)").mtProxySecret?.mode == .padded
            )
        }
        let plain = String(repeating: "fb", count: 16)
        #expect(
            try ProxyConfiguration(link: "tg://proxy?server=h&port=1&secret=+/v7+/v7+/v7+/v7+/v7+w==")
                == .mtProxy(host: "h", port: 1, secret: plain)
        )
        #expect(proxy.mtProxySecret?.mode == .padded)
    }

    @Test(arguments: [
        "", "tg://resolve?domain=x", "https://t.me/telegram",
        "https://example.org/proxy?server=h&port=1&secret=\(secret)",
        "tg://proxy", "tg://proxy?port=1&secret=\(secret)", "tg://proxy?server=h&secret=\(secret)",
        "tg://proxy?server=h&port=1", "tg://proxy?server=&port=1&secret=\(secret)",
        "tg://proxy?server=h&port=0&secret=\(secret)", "tg://proxy?server=h&port=65536&secret=\(secret)",
        "tg://proxy?server=h&port=-1&secret=\(secret)", "tg://proxy?server=h&port=+1&secret=\(secret)",
        "tg://proxy?server=h&port=x&secret=\(secret)",
        "tg://proxy?server=h&port=1&port=2&secret=\(secret)", "tg://proxy?server=h%0d%0a&port=1&secret=\(secret)",
        "tg://proxy?server=h&port=1&secret=%zz", "tg://proxy?server=h&port=1&secret=\(secret)%4",
        "tg://proxy?server=%ff&port=1&secret=\(secret)", "tg://proxy?server=h&port=1&secret=tooshort",
        "tg://socks?server=h", "tg://socks?server=h&port=1&pass=x",
        "https://t.me.example.org/proxy?server=h&port=1&secret=\(secret)",
        "tg://proxy?server=h&port=1&secret=" + String(repeating: "0", count: 5000),
    ])
    func otherLinkIsRefusedWithoutShowingItsSecret(link: String) throws {
        let error = try proxyError { _ = try ProxyConfiguration(link: link) }
        #expect(error.code == .invalidProxy)
        #expect(!error.message.contains(Self.secret))
    }
}
