import MTProtoCrypto
import Testing

/// Expected values were computed with an independent client.
struct KeyDerivationTests {
    private let authKey = counting(256)
    private let messageKey = counting(16)

    @Test func keyIdentifierAndAuxiliaryHashComeFromTheSHA1() {
        let digest = Digest.sha1(authKey)
        #expect(hex(digest.suffix(8).reversed()) == "c8df57a46e58d132")
        #expect(hex(digest.prefix(8).reversed()) == "688ef7b7bdd61649")
    }

    @Test func messageKeysFromTheClient() {
        let (key, iv) = KeyDerivation.messageKeys(authKey: authKey, messageKey: messageKey, fromClient: true)
        #expect(hex(key) == "704ed09c8b41668ae8f99d244738f71dbddc44469b6bbd4aa8573dd042bd059e")
        #expect(hex(iv) == "4d266000a550edabbf4c7ce40fd0043cc92230184cd317a5cc9c2482fd3b9318")
    }

    @Test func messageKeysFromTheServer() {
        let (key, iv) = KeyDerivation.messageKeys(authKey: authKey, messageKey: messageKey, fromClient: false)
        #expect(hex(key) == "217725799b245806458174a1fcfbc883906807b15033fdd0ea2b4d69cf9c364e")
        #expect(hex(iv) == "669a6538917a4fa56ca32360a431c9160be4ad887140980dab91ce7bdc47ffbc")
    }

    @Test(arguments: [(true, 88), (false, 96)])
    func messageKeyIsTheMiddleOfTheHash(_ fromClient: Bool, _ offset: Int) {
        let plaintext = counting(100)
        let expected = Digest.sha256(authKey[offset..<offset + 32], plaintext[...])[8..<24]
        let found = plaintext.withUnsafeBytes {
            KeyDerivation.messageKey(authKey: authKey, plaintext: $0, fromClient: fromClient)
        }
        #expect(found == Array(expected))
    }

    @Test(arguments: [
        (
            true, "17d7295ca9213d1ab656acdb1ad48b2ea7f3a8f7095098d5508b900bbd5fccfc",
            "2d7d16a65a84108e9805656caa474501cc580aa2edc33abfd0bfad785464d1c6"
        ),
        (
            false, "bb17b07eb91110647098b069bd1a9b6fe5c4bcc3c31f8e67e831d07a61085f68",
            "5197fc1e25b41fe36f18b5a3a8b2b36cb2cb061f1f157b3514fe42e74fb58359"
        ),
    ])
    func legacyMessageKeys(_ fromClient: Bool, _ expectedKey: String, _ expectedVector: String) {
        let (key, iv) = KeyDerivation.legacyMessageKeys(
            authKey: authKey,
            messageKey: messageKey,
            fromClient: fromClient
        )
        #expect(hex(key) == expectedKey)
        #expect(hex(iv) == expectedVector)
    }

    @Test func handshakeKeys() {
        let (key, iv) = KeyDerivation.handshakeKeys(serverNonce: counting(16), newNonce: counting(32))
        #expect(hex(key) == "0758f1533b615d24f6e8a94a6fcbee0a55eaab2217d7295ca9213d1a2d7d16a6")
        #expect(hex(iv) == "5a84108e9805656ce864070e166e6218f6783e8511471a5ab7802cf200010203")
    }
}
