import MTProtoCrypto
import Testing

/// NIST SP 800-38A, appendix F: F.2.5 and F.2.6 (CBC), F.5.5 and F.5.6 (CTR), all with AES-256.
struct AESModesTests {
    private static let key = hex("603deb1015ca71be2b73aef0857d7781 1f352c073b6108d72d9810a30914dff4")
    private static let plain = hex(
        """
        6bc1bee22e409f96e93d7e117393172a ae2d8a571e03ac9c9eb76fac45af8e51
        30c81c46a35ce411e5fbc1191a0a52ef f69f2445df4f9b17ad2b417be66c3710
        """
    )
    private static let counter = hex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff")
    private static let counted = hex(
        """
        601ec313775789a5b7a7f504bbf3d228 f443e3ca4d62b59aca84e990cacaf5c5
        2b0930daa23de94ce87017ba2d84988d dfc9c58db67aada613c2dd08457941a6
        """
    )

    @Test func cbcMatchesSP80038A() {
        let cipher = hex(
            """
            f58c4c04d6e5f1ba779eabfb5f7bfbd6 9cfc4e967edb808d679f777bc6702c7d
            39f23369a9d9bacfa530e26304231461 b2eb05e2c39be9fcda6c19078c6a9d1b
            """
        )
        #expect(AESCBC.encrypt(Self.plain, key: Self.key, iv: counting(16)) == cipher)
        #expect(AESCBC.decrypt(cipher, key: Self.key, iv: counting(16)) == Self.plain)
        #expect(AESCBC.encrypt([], key: Self.key, iv: counting(16)) == [])
    }

    @Test func ctrMatchesSP80038A() {
        var stream = AESCTR(key: Self.key, iv: Self.counter)
        var bytes = Self.plain
        stream.apply(to: &bytes)
        #expect(bytes == Self.counted)
    }

    @Test(arguments: 1...17)
    func ctrGoesOnWhereItStopped(_ step: Int) {
        var stream = AESCTR(key: Self.key, iv: Self.counter)
        var bytes = Self.plain
        for start in stride(from: 0, to: bytes.count, by: step) {
            stream.apply(to: &bytes, in: start..<min(start + step, bytes.count))
        }
        #expect(bytes == Self.counted)
    }

    @Test func copyOfAStreamGoesItsOwnWay() {
        var stream = AESCTR(key: Self.key, iv: Self.counter)
        var start = Array(Self.plain[..<5])
        stream.apply(to: &start)
        var copy = stream
        var (first, second) = (Array(Self.plain[5...]), Array(Self.plain[5...]))
        copy.apply(to: &first)
        stream.apply(to: &second)
        #expect(start + first == Self.counted)
        #expect(start + second == Self.counted)
    }

    @Test func ctrCarriesAcrossTheWholeCounter() {
        // Blocks with the counters 2^128 - 1 and 0.
        var stream = AESCTR(key: Self.key, iv: [UInt8](repeating: 0xff, count: 16))
        var bytes = [UInt8](repeating: 0, count: 32)
        stream.apply(to: &bytes)
        let zero = [UInt8](repeating: 0, count: 16)
        #expect(Array(bytes[16...]) == AESCBC.encrypt(zero, key: Self.key, iv: zero))
    }
}
