import MTProtoCrypto
import Testing

struct AESIGETests {
    /// The definition of the mode, block by block. One block in CBC with a vector of zeros is the bare cipher.
    private func reference(_ bytes: [UInt8], _ key: [UInt8], _ iv: [UInt8], encrypting: Bool) -> [UInt8] {
        let zero = [UInt8](repeating: 0, count: 16)
        func xor(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] { zip(left, right).map { $0 ^ $1 } }
        var (input, output) = (Array(iv[16...]), Array(iv[..<16]))
        if !encrypting { swap(&input, &output) }
        var result: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 16) {
            let block = Array(bytes[start..<start + 16])
            let masked = xor(block, output)
            let middle =
                encrypting
                ? AESCBC.encrypt(masked, key: key, iv: zero) : AESCBC.decrypt(masked, key: key, iv: zero)
            (output, input) = (xor(middle, input), block)
            result += output
        }
        return result
    }

    @Test func matchesTheVectorOfTheReferenceClient() {
        var bytes = counting(32)
        AESIGE.encrypt(&bytes, key: counting(32), iv: counting(32))
        #expect(hex(bytes) == "e28112a53e5c89c7b1ea8071c133699fd4e86b26c4bac9fc5af1ab8ce27a44a4")
        AESIGE.decrypt(&bytes, key: counting(32), iv: counting(32))
        #expect(bytes == counting(32))
    }

    /// Around the block, around the chunk that encryption works in, and far beyond.
    private static let sizes = [0, 16, 32, 48, 64, 2032, 2048, 2064, 4080, 4096, 4112, 65_536, 100_000]

    @Test(arguments: sizes)
    func equalsTheDefinitionInEverySize(_ size: Int) {
        var generator = SeededGenerator.announced()
        let (key, iv, plain) = (generator.bytes(32), generator.bytes(32), generator.bytes(size))
        let expected = reference(plain, key, iv, encrypting: true)
        var bytes = plain
        AESIGE.encrypt(&bytes, key: key, iv: iv)
        #expect(isSame(bytes, expected))
        #expect(isSame(reference(bytes, key, iv, encrypting: false), plain))
        AESIGE.decrypt(&bytes, key: key, iv: iv)
        #expect(isSame(bytes, plain))
    }

    @Test func equalsTheDefinitionInRandomSizesAndPlaces() {
        var generator = SeededGenerator.announced()
        for _ in 0..<100 {
            let (key, iv) = (generator.bytes(32), generator.bytes(32))
            let size = 16 * Int.random(in: 0...300, using: &generator)
            // An odd start: the bytes in a packet are not aligned.
            let start = Int.random(in: 0...40, using: &generator)
            let whole = generator.bytes(start + size + Int.random(in: 0...20, using: &generator))
            let range = start..<start + size
            var bytes = whole
            AESIGE.encrypt(&bytes, in: range, key: key, iv: iv)
            let middle = reference(Array(whole[range]), key, iv, encrypting: true)
            #expect(isSame(bytes, whole[..<start] + middle + whole[range.upperBound...]))
            AESIGE.decrypt(&bytes, in: range, key: key, iv: iv)
            #expect(isSame(bytes, whole))
        }
    }

    @Test func flippedBitSpoilsEverythingAfterIt() {
        var bytes = counting(64)
        AESIGE.encrypt(&bytes, key: counting(32), iv: counting(32))
        bytes[20] ^= 1
        AESIGE.decrypt(&bytes, key: counting(32), iv: counting(32))
        #expect(bytes[..<16] == counting(64)[..<16])
        for start in [16, 32, 48] { #expect(bytes[start..<start + 16] != counting(64)[start..<start + 16]) }
    }

    @Test func wholeClientPacketMatchesTheReferenceClient() {
        let authKey = counting(256)
        var bytes: [UInt8] = [8, 7, 6, 5, 4, 3, 2, 1]
        bytes += hex("8877665544332211") + counting(32) + [UInt8](repeating: 0xaa, count: 16)
        let messageKey = bytes.withUnsafeBytes {
            KeyDerivation.messageKey(authKey: authKey, plaintext: $0, fromClient: true)
        }
        let (key, iv) = KeyDerivation.messageKeys(authKey: authKey, messageKey: messageKey, fromClient: true)
        AESIGE.encrypt(&bytes, key: key, iv: iv)
        let packet = Digest.sha1(authKey)[12...] + messageKey + bytes
        #expect(
            hex(packet) == "32d1586ea457dfc86e089e2714f52f80d408f56ca91f043603fa99c98e53c651a9e2f58c2838905c3c4b296a"
                + "8864a0634c93021ce97e5a0922a38ef8c87fe43e26882dddb8ffe8cfd1311c6c415611aac947456d4ab05143"
        )
    }
}
