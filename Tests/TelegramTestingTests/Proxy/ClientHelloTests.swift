import MTProto
import TelegramTesting
import Testing

struct ClientHelloTests {
    private func hello(
        domain: String = "www.example.com",
        seed: UInt64 = 1
    ) throws -> (record: [UInt8], ParsedClientHello) {
        let record = TLSClientHello.record(domain: domain, random: ProxyRandom(seed: seed))
        return (record, try #require(ParsedClientHello(record: record.dropFirst(5))))
    }

    @Test(arguments: [1, 15, 182])
    func lengthsFitWhateverTheDomain(count: Int) throws {
        for seed in 0..<50 {
            let domain = String(repeating: "a", count: count)
            let (record, hello) = try hello(domain: domain, seed: UInt64(seed))
            #expect(Array(record[..<3]) == [0x16, 3, 1])
            #expect(Int(record[3]) << 8 | Int(record[4]) == record.count - 5)
            #expect(record.count < TLSRecord.maximumPayload)
            #expect(hello.serverName == domain)
        }
    }

    @Test func randomValueIsLeftForTheProof() throws {
        let (record, hello) = try hello()
        #expect(hello.randomValue == [UInt8](repeating: 0, count: 32))
        #expect(hello.sessionID.count == 32)
        #expect(Set(hello.sessionID).count > 8)
        var marked = record
        marked.replaceSubrange(TLSClientHello.randomRange, with: [UInt8](repeating: 7, count: 32))
        #expect(ParsedClientHello(record: marked.dropFirst(5))?.randomValue == [UInt8](repeating: 7, count: 32))
    }

    @Test func extensionsAreThoseOfABrowserInRandomOrder() throws {
        let expected: Set<Int> = [
            0x0000, 0x0005, 0x000A, 0x000B, 0x000D, 0x0010, 0x0012, 0x0017, 0x001B, 0x0023, 0x002B, 0x002D, 0x0033,
            0x44CD,
            0xFE0D, 0xFF01,
        ]
        var orders: Set<[Int]> = []
        for seed in 0..<20 {
            let types = try hello(seed: UInt64(seed)).1.extensions.map(\.type)
            let middle = Array(types.dropFirst().dropLast())
            #expect(Set(middle) == expected)
            #expect(middle.count == expected.count)
            orders.insert(middle)
        }
        #expect(orders.count == 20)
    }

    @Test func greaseIsGreaseAndNeverTwiceTheSameExtension() throws {
        for seed in 0..<500 {
            let hello = try hello(seed: UInt64(seed)).1
            let first = try #require(hello.extensions.first)
            let last = try #require(hello.extensions.last)
            #expect(first.type != last.type)
            #expect(first.content == [])
            #expect(last.content == [0])
            let groups = try content(of: 0x000A, in: hello)
            let versions = try content(of: 0x002B, in: hello)
            let values = [
                first.type, last.type, hello.cipherSuites[0], Int(groups[2]) << 8 | Int(groups[3]),
                Int(versions[1]) << 8 | Int(versions[2]),
            ]
            for value in values {
                #expect(value & 0x0F0F == 0x0A0A)
                #expect(value >> 8 == value & 0xFF)
            }
        }
    }

    @Test func cipherSuitesBeginWithThoseOfTLS13() throws {
        let suites = try hello().1.cipherSuites
        #expect(suites.count == 16)
        #expect(Array(suites[1...3]) == [0x1301, 0x1302, 0x1303])
    }

    @Test func keySharesBelongToOfferedGroups() throws {
        let hello = try hello().1
        let groups = try content(of: 0x000A, in: hello)
        var reader = TLSMessageReader(try content(of: 0x0033, in: hello))
        let content = reader.vector()
        var list = TLSMessageReader(try #require(content))
        #expect(reader.isAtEnd)
        var shares: [(group: Int, key: [UInt8])] = []
        while !list.isAtEnd {
            let group = list.number(byteCount: 2)
            let key = list.vector()
            shares.append((try #require(group), try #require(key)))
        }
        #expect(shares.map(\.key.count) == [1, 1184 + 32, 32])
        #expect(shares.dropFirst().map(\.group) == [0x11EC, 0x001D])
        #expect(shares[0].group == Int(groups[2]) << 8 | Int(groups[3]))
    }

    @Test func supportedVersionsOfferTLS13() throws {
        let versions = try content(of: 0x002B, in: try hello().1)
        #expect(Array(versions.dropFirst(3)) == [3, 4, 3, 3])
    }

    @Test func encryptedHelloHasAPayloadOfAUsualLength() throws {
        var lengths: Set<Int> = []
        for seed in 0..<60 {
            var reader = TLSMessageReader(try content(of: 0xFE0D, in: try hello(seed: UInt64(seed)).1))
            let start = reader.bytes(5)
            #expect(start == [0, 0, 1, 0, 1])
            _ = reader.bytes(1)
            let key = reader.vector()
            #expect(key?.count == 32)
            let payload = reader.vector()
            lengths.insert(try #require(payload).count)
            #expect(reader.isAtEnd)
        }
        #expect(lengths == [144, 176, 208, 240])
    }

    private func content(of type: Int, in hello: ParsedClientHello) throws -> [UInt8] {
        try #require(hello.extensions.first { $0.type == type }).content
    }
}
