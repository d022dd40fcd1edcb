import MTProtoCrypto
import Testing

/// Examples of FIPS 180-4 from NIST's "Example Values" for SHA-1, SHA-256 and SHA-512.
struct DigestTests {
    private static let long = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"
    private static let longer =
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu"

    @Test(arguments: [
        ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (long, "84983e441c3bd26ebaae4aa1f95129e5e54670f1"),
        ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
    ])
    func sha1MatchesFIPS180(_ message: String, _ digest: String) {
        #expect(hex(Digest.sha1(ascii(message))) == digest)
    }

    @Test(arguments: [
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (long, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ])
    func sha256MatchesFIPS180(_ message: String, _ digest: String) {
        #expect(hex(Digest.sha256(ascii(message))) == digest)
    }

    @Test(arguments: [
        (
            "abc",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        ),
        (
            longer,
            "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018"
                + "501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909"
        ),
    ])
    func sha512MatchesFIPS180(_ message: String, _ digest: String) {
        #expect(hex(Digest.sha512(ascii(message))) == digest)
    }

    @Test func millionLettersMatchFIPS180() {
        let message = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
        #expect(hex(Digest.sha1(message)) == "34aa973cd4c4daa4f61eeb2bdbad27316534016f")
        #expect(
            hex(Digest.sha256(message)) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        )
    }

    @Test func partsOfAllKindsAreHashedAsTheirConcatenation() {
        let bytes = counting(200)
        let whole = Digest.sha256(bytes)
        #expect(Digest.sha256(Array(bytes[..<77]), Array(bytes[77...])) == whole)
        #expect(Digest.sha256(bytes[..<1], bytes[1..<64], bytes[64...]) == whole)
        #expect(bytes.withUnsafeBytes { Digest.sha256($0) } == whole)
        #expect(Digest.sha256(Array(bytes[..<9]), bytes[9...]) == whole)
        #expect(Digest.sha1(bytes[..<9], Array(bytes[9...])) == Digest.sha1(bytes))
        #expect(Digest.sha512(bytes[..<9], bytes[9...]) == Digest.sha512(bytes))
        #expect(Digest.sha256([UInt8]()) == bytes.prefix(0).withUnsafeBytes { Digest.sha256($0) })
    }

    @Test func threadsDoNotDisturbEachOther() async {
        let message = counting(5_000)
        let expected = Digest.sha256(message)
        let wrong = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask { (0..<500).count { _ in Digest.sha256(message) != expected } }
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }
}
