import MTProto
import MTProtoCrypto
import TLRuntime
import Testing

/// Known values, computed with another implementation.
@Suite struct KeyExchangeVectorTests {
    private let newNonce = [UInt8](0...31)
    private let serverNonce = [UInt8](0...15)

    @Test func theHandshakeKeysAreKnown() {
        let (key, iv) = KeyDerivation.handshakeKeys(serverNonce: serverNonce, newNonce: newNonce)
        #expect(hex(key) == "0758f1533b615d24f6e8a94a6fcbee0a55eaab2217d7295ca9213d1a2d7d16a6")
        #expect(hex(iv) == "5a84108e9805656ce864070e166e6218f6783e8511471a5ab7802cf200010203")
    }

    @Test func theHashesOfTheKeyAreKnown() throws {
        let key = try #require(AuthKey(bytes: [UInt8](0...255)))
        #expect(UInt64(bitPattern: key.id) == 0xc8df_57a4_6e58_d132)
        #expect(UInt64(bitPattern: key.auxiliaryHash) == 0x688e_f7b7_bdd6_1649)
    }

    @Test(arguments: [
        (KeyExchangeHash.Outcome.accepted, "c2ced2b33e593a55d27f4a5dabee7c67"),
        (.retry, "f4318e85bd2ff3be84d9fefce3dce39f"), (.failed, "4bf9d7b37db413ee431d28517631cb3d"),
    ])
    func theProofsAreKnown(outcome: KeyExchangeHash.Outcome, expected: String) throws {
        let key = try #require(AuthKey(bytes: [UInt8](0...255)))
        #expect(hex(KeyExchangeHash.proof(outcome, newNonce: newNonce, key: key)) == expected)
    }

    /// `SHA1(00 01 ... 1f)` is ae5bd8efea5322c4d9986d06680a781392f9a642.
    @Test func theProofOfARefusalIsTheEndOfTheHashOfTheNewNonce() {
        #expect(hex(KeyExchangeHash.refusalProof(newNonce: newNonce)) == "ea5322c4d9986d06680a781392f9a642")
    }

    @Test func theFirstSaltMixesBothNonces() throws {
        let nonce = try #require(TLInt128(bytes: [UInt8](repeating: 0xf0, count: 8) + [UInt8](repeating: 1, count: 8)))
        let salt = KeyExchangeHash.firstSalt(newNonce: newNonce, serverNonce: nonce)
        #expect(salt.littleEndianBytes == [0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7])
    }

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
