import MTProto
import Testing

struct SOCKS4ClientTests {
    private func client(
        _ host: String,
        userID: String = "",
        remotely: Bool = true
    ) throws -> any StreamHandshake {
        let proxy = try ProxyConfiguration.socks4(host: "p", port: 1, userID: userID, resolvesNamesRemotely: remotely)
        return try #require(try ProxyHandshake.make(for: proxy, destination: Endpoint(host: host, port: 0x1234)))
    }

    @Test func requestForAnAddressHasNoName() throws {
        var client = try client("149.154.167.51", userID: "me")
        #expect(client.start() == [4, 1, 0x12, 0x34, 149, 154, 167, 51] + asciiBytes("me") + [0])
    }

    @Test func requestForANameUsesTheExtension() throws {
        var client = try client("dc.example")
        #expect(client.start() == [4, 1, 0x12, 0x34, 0, 0, 0, 1, 0] + asciiBytes("dc.example") + [0])
    }

    @Test func grantIsFollowedByTheStream() throws {
        let outcome = try HandshakeOutcome.whateverTheCuts(
            client("1.2.3.4"),
            fedWith: [0, 90, 9, 9, 9, 9, 9, 9] + asciiBytes("early")
        )
        #expect(outcome.isFinished)
        #expect(outcome.rest == asciiBytes("early"))
        #expect(outcome.sent.count == 1)
    }

    @Test(arguments: UInt8.min...UInt8.max)
    func everyOtherCodeIsARefusal(code: UInt8) throws {
        guard code != 90 else { return }
        let error = try proxyError { _ = try HandshakeOutcome(client("1.2.3.4"), fedWith: [[0, code]]) }
        #expect(error.code == .proxyFailed)
        #expect(error.message.contains("code \(code)"))
    }

    @Test(arguments: [1, 4, 5, UInt8(ascii: "H"), 255] as [UInt8])
    func wrongVersionIsRefusedAtOnce(version: UInt8) throws {
        let error = try proxyError { _ = try HandshakeOutcome(client("1.2.3.4"), fedWith: [[version]]) }
        #expect(error.code == .proxyFailed)
        #expect(error.message.contains("version \(version)"))
    }

    @Test(arguments: ["2001:67c:4e8:f002::a", "0.0.0.5"])
    func addressThatTheProtocolCannotWriteIsRefused(host: String) throws {
        let error = try proxyError { _ = try client(host) }
        #expect(error.code == .invalidProxy)
        #expect(error.message.contains("'\(host)'"))
    }

    @Test func allZeroAddressIsNotTakenForAName() throws {
        var client = try client("0.0.0.0")
        #expect(client.start() == [4, 1, 0x12, 0x34, 0, 0, 0, 0, 0])
    }
}
