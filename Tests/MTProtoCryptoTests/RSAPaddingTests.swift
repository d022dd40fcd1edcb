import MTProtoCrypto
import Testing

struct RSAPaddingTests {
    private static let key = RSAPrivateKey.generate(bits: 2048)
    private var key: RSAPrivateKey { Self.key }

    @Test func generatedKeyHasTheSizeAskedFor() {
        #expect(BigNumber(bytes: key.publicKey.modulus).bitCount == 2048)
        #expect(key.publicKey.exponent == [1, 0, 1])
        #expect(RSAPrivateKey.generate(bits: 1024).publicKey.modulus.count == 128)
    }

    @Test func rawEncryptionRoundTrips() {
        var generator = SeededGenerator.announced()
        for _ in 0..<20 {
            let block = [0] + generator.bytes(255)
            #expect(key.rawDecrypt(key.publicKey.rawEncrypt(block)) == block)
        }
        // 2 ^ 65537 by repeated squaring.
        let modulus = BigNumber(bytes: key.publicKey.modulus)
        var power = BigNumber(2)
        for _ in 0..<16 { power = power.multiplied(by: power, modulo: modulus) }
        power = power.multiplied(by: BigNumber(2), modulo: modulus)
        #expect(key.publicKey.rawEncrypt([2]) == power.bytes(count: 256))
    }

    @Test(arguments: [0, 1, 16, 100, 143, 144])
    func paddedDataComesOutAgain(_ count: Int) throws {
        let data = SystemRandom().bytes(count)
        let block = try key.publicKey.encryptPadded(data, random: SystemRandom())
        #expect(block.count == 256)
        let opened = try #require(key.decryptPadded(block))
        #expect(opened.count == 192)
        #expect(Array(opened[..<count]) == data)
    }

    /// The steps as the protocol lists them, written out.
    @Test func paddedBlockIsBuiltAsTheProtocolSays() throws {
        let random = ConstantRandom(byte: 0x21)
        let block = try key.publicKey.encryptPadded(counting(100), random: random)
        let opened = try #require(key.rawDecrypt(block))
        let temporary = [UInt8](repeating: 0x21, count: 32)
        let padded = counting(100) + [UInt8](repeating: 0x21, count: 92)
        var inner = Array(padded.reversed()) + Digest.sha256(temporary + padded)
        AESIGE.encrypt(&inner, key: temporary, iv: [UInt8](repeating: 0, count: 32))
        #expect(Array(opened[32...]) == inner)
        #expect(Array(opened[..<32]) == zip(temporary, Digest.sha256(inner)).map { $0 ^ $1 })
    }

    @Test func blocksAboveTheModulusAreDrawnAgain() throws {
        // A modulus just above 2^2047 refuses half of all blocks, which has to show in 64 attempts.
        let key = try RSAPublicKey(modulus: [0x80] + [UInt8](repeating: 0, count: 254) + [1], exponent: [3])
        var refused = 0
        for byte in UInt8(0)..<64 {
            let code = failure { () throws(CryptoError) in
                try key.encryptPadded([1, 2, 3], random: ConstantRandom(byte: byte))
            }
            #expect(code == nil || code == .brokenRandomness)
            if code != nil { refused += 1 }
        }
        #expect((1..<64).contains(refused))
        for _ in 0..<20 { _ = try key.encryptPadded([1, 2, 3], random: SystemRandom()) }
    }

    @Test func everyFlippedBitIsFound() throws {
        let block = try key.publicKey.encryptPadded(counting(96), random: SystemRandom())
        for bit in stride(from: 0, to: 2048, by: 31) {
            var damaged = block
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(key.decryptPadded(damaged) == nil)
        }
    }

    /// Inside the encryption: a bit that the server's own check has to find.
    @Test func everyFlippedBitOfThePlainBlockIsFound() throws {
        let block = try key.publicKey.encryptPadded(counting(96), random: SystemRandom())
        let opened = try #require(key.rawDecrypt(block))
        for position in stride(from: 1, to: 256, by: 5) {
            var damaged = opened
            damaged[position] ^= 0x10
            #expect(key.decryptPadded(key.publicKey.rawEncrypt(damaged)) == nil)
        }
    }

    @Test func blocksOfOtherSizesAreRefused() {
        #expect(key.decryptPadded([]) == nil)
        #expect(key.decryptPadded([UInt8](repeating: 0, count: 255)) == nil)
        #expect(key.decryptPadded([UInt8](repeating: 0, count: 257)) == nil)
        #expect(key.decryptPadded([UInt8](repeating: 0, count: 256)) == nil)
        #expect(key.decryptPadded([UInt8](repeating: 0xff, count: 256)) == nil)
        #expect(key.decryptLegacy([UInt8](repeating: 0xff, count: 256)) == nil)
        #expect(key.decryptLegacy([]) == nil)
        #expect(key.rawDecrypt(key.publicKey.modulus) == nil)
    }

    @Test func tooMuchDataAndOtherSizesOfKeysAreRefused() throws {
        let data = [UInt8](repeating: 1, count: 145)
        #expect(
            failure { () throws(CryptoError) in try key.publicKey.encryptPadded(data, random: SystemRandom()) }
                == .inputTooLarge
        )
        for bits in [1024, 2040, 3072] {
            let modulus = [0x80] + [UInt8](repeating: 0xff, count: bits / 8 - 1)
            let key = try RSAPublicKey(modulus: modulus, exponent: [3])
            let code = failure { () throws(CryptoError) in try key.encryptPadded([1], random: SystemRandom()) }
            #expect(code == .unsuitableKey)
        }
        let short = try RSAPublicKey(modulus: [0x7f] + [UInt8](repeating: 0xff, count: 255), exponent: [3])
        let code = failure { () throws(CryptoError) in try short.encryptPadded([1], random: SystemRandom()) }
        #expect(code == .unsuitableKey)
    }

    @Test(arguments: [0, 4, 96, 144, 232])
    func legacyDataComesOutWithoutItsPadding(_ count: Int) throws {
        let data = SystemRandom().bytes(count)
        let block = try key.publicKey.encryptLegacy(data, random: SystemRandom())
        #expect(key.decryptLegacy(block) == data)
        #expect(key.decryptPadded(block) == nil)
        var damaged = block
        damaged[100] ^= 1
        #expect(key.decryptLegacy(damaged) == nil)
    }
}
