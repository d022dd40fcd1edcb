import MTProtoCrypto
import Testing

struct GzipTests {
    private let content = ascii("hello hello hello hello")
    /// Made by other programs, `gzip -n9` and Python's zlib.
    private static let gzip = hex("1f8b0800000000000203cb48cdc9c957c8402701e3513d8d17000000")
    private static let zlib = hex("78dacb48cdc9c957c8402701680308b1")

    @Test(arguments: [gzip, zlib])
    func bothFormatsInflate(_ packed: [UInt8]) throws {
        #expect(try Gzip.inflate(packed, limit: 1_000) == content)
    }

    @Test func contentRoundTripsInAllSizes() throws {
        var generator = SeededGenerator.announced()
        for size in [0, 1, 2, 255, 256, 257, 10_000, 1 << 20, 3_000_001] {
            let noise = generator.bytes(min(size, 5_000))
            let content = (0..<size).map { noise[$0 % max(noise.count, 1)] }
            let packed = Gzip.deflate(content)
            #expect(Array(packed.prefix(2)) == [0x1f, 0x8b])
            #expect(isSame(try Gzip.inflate(packed[...], limit: size), content))
        }
    }

    @Test(arguments: [gzip, zlib])
    func everyTruncationIsAnError(_ packed: [UInt8]) {
        for count in 0..<packed.count {
            #expect(
                failure { () throws(CryptoError) in try Gzip.inflate(packed[..<count], limit: 1_000) }
                    == .truncatedInput
            )
        }
    }

    @Test(arguments: [gzip, zlib])
    func bytesAfterTheEndAreAnError(_ packed: [UInt8]) {
        #expect(failure { () throws(CryptoError) in try Gzip.inflate(packed + [0], limit: 1_000) } == .trailingBytes)
        #expect(failure { () throws(CryptoError) in try Gzip.inflate(packed + packed, limit: 1_000) } == .trailingBytes)
    }

    @Test func limitIsExact() throws {
        #expect(try Gzip.inflate(Self.gzip, limit: content.count) == content)
        #expect(
            failure { () throws(CryptoError) in try Gzip.inflate(Self.gzip, limit: content.count - 1) }
                == .outputTooLarge
        )
        #expect(failure { () throws(CryptoError) in try Gzip.inflate(Self.gzip, limit: 0) } == .outputTooLarge)
        #expect(failure { () throws(CryptoError) in try Gzip.inflate(Self.gzip, limit: -1) } == .outputTooLarge)
        #expect(try Gzip.inflate(Gzip.deflate([]), limit: 0) == [])
    }

    @Test(arguments: [1, 1_000, 1 << 20, (1 << 20) + 1, 16 << 20])
    func bombIsStoppedAtTheLimit(_ limit: Int) {
        let bomb = Gzip.deflate([UInt8](repeating: 0, count: 20 << 20))
        #expect(bomb.count < 25_000)
        #expect(failure { () throws(CryptoError) in try Gzip.inflate(bomb, limit: limit) } == .outputTooLarge)
    }

    @Test func announcedSizeIsNotBelieved() {
        var packed = Self.gzip
        packed[packed.count - 1] = 0xff
        #expect(failure { () throws(CryptoError) in try Gzip.inflate(packed, limit: 1 << 40) } == .corruptInput)
    }

    @Test(arguments: [10, 15, 20, 22])
    func corruptionIsFound(_ position: Int) {
        var packed = Self.gzip
        packed[position] ^= 0x5a
        let code = failure { () throws(CryptoError) in try Gzip.inflate(packed, limit: 1_000) }
        #expect(code == .corruptInput || code == .truncatedInput)
    }

    @Test func otherBytesAreNoGzip() {
        #expect(failure { () throws(CryptoError) in try Gzip.inflate(counting(100), limit: 1_000) } == .corruptInput)
    }

    @Test func randomBytesNeverCrash() {
        var generator = SeededGenerator.announced()
        for _ in 0..<2_000 {
            var packed = Self.gzip
            packed[Int.random(in: 0..<packed.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            if let output = try? Gzip.inflate(packed, limit: 100) { #expect(output.count <= 100) }
        }
    }
}
