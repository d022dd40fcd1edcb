import MTProto
import Testing

extension NetworkTests {
    @Suite struct SocketAddressTests {
        @Test(arguments: [
            ("127.0.0.1", UInt16(443), "127.0.0.1:443"), ("0.0.0.0", 0, "0.0.0.0:0"),
            ("255.255.255.255", 65535, "255.255.255.255:65535"), ("::1", 80, "[::1]:80"), ("::", 1, "[::]:1"),
            ("2001:67c:4e8:f002::a", 443, "[2001:67c:4e8:f002::a]:443"),
            ("2001:067C:04E8:F002:0:0:0:A", 443, "[2001:67c:4e8:f002::a]:443"),
            ("::ffff:1.2.3.4", 5, "[::ffff:1.2.3.4]:5"),
        ])
        func addressesInNumbersAreRead(host: String, port: UInt16, text: String) throws {
            let address = try #require(SocketAddress(host: host, port: port))
            #expect(address.description == text)
            #expect(address.port == port)
            #expect(SocketAddress(host: address.host, port: port) == address)
            let copy = address.withPointer { SocketAddress($0, length: Int($1)) }
            #expect(copy == address)
        }

        @Test(arguments: [
            "", "localhost", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.4 ", "::g", "1::2::3", ":", "example.org",
            "[::1]",
        ])
        func whatIsNotAnAddressIsRefused(host: String) {
            #expect(SocketAddress(host: host, port: 1) == nil)
        }

        @Test func aTruncatedAddressIsRefused() throws {
            for host in ["1.2.3.4", "::1"] {
                let address = try #require(SocketAddress(host: host, port: 1))
                for length in 0..<16 {
                    #expect(address.withPointer { pointer, _ in SocketAddress(pointer, length: length) } == nil)
                }
            }
        }

        @Test func theScopeOfALinkLocalAddressSurvives() throws {
            let address = try #require(SocketAddress(host: "fe80::1%1", port: 443))
            #expect(address.host == "fe80::1%1")
            #expect(address.withPointer { SocketAddress($0, length: Int($1)) } == address)
            #expect(SocketAddress(host: "fe80::1", port: 443) != address)
        }
    }
}
