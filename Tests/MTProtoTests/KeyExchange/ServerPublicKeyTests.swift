import MTProto
import MTProtoCrypto
import Testing

@Suite struct ServerPublicKeyTests {
    @Test func theProductionKeysHaveTheFingerprintsThatArePublished() {
        #expect(
            ServerPublicKey.production.map { ServerPublicKey.text(of: $0.fingerprint) } == [
                "d09d1d85de64fd85", "0bc35f3509f7b7a5", "15ae5fa8b5529542", "aeae98e13cd7f94f", "5a181b2235057d98",
            ]
        )
    }

    @Test func theTestKeyHasTheFingerprintThatIsPublished() {
        #expect(ServerPublicKey.test.map { ServerPublicKey.text(of: $0.fingerprint) } == ["b25898df208d2603"])
    }

    @Test func noKeyServesBothProductionAndTest() {
        #expect(Set(ServerPublicKey.production).isDisjoint(with: ServerPublicKey.test))
    }

    @Test func aKeyGoesThroughItsText() throws {
        let key = ServerPublicKey.production[0]
        #expect(try ServerPublicKey(pem: key.key.pem) == key)
    }

    @Test(arguments: ["", "d09d1d85de64fd85", "-----BEGIN RSA PUBLIC KEY-----\nAAAA\n-----END RSA PUBLIC KEY-----\n"])
    func otherTextsAreNoKeys(text: String) {
        #expect(throws: MTProtoError.self) { try ServerPublicKey(pem: text) }
        do { _ = try ServerPublicKey(pem: text) } catch { #expect(error.code == .invalidPublicKey) }
    }

    @Test(arguments: [1024, 2040, 3072])
    func keysOfOtherSizesAreRefusedWithTheirSize(bits: Int) throws {
        let key = RSAPrivateKey.generate(bits: bits).publicKey
        do {
            _ = try ServerPublicKey(pem: key.pem)
            Issue.record("a key of \(bits) bits was accepted")
        } catch {
            #expect(error.code == .invalidPublicKey)
            #expect(error.message.contains("\(bits) bits"), "\(error)")
        }
    }

    @Test func theDescriptionIsTheFingerprint() {
        #expect("\(ServerPublicKey.test[0])" == "public key b25898df208d2603")
        #expect(ServerPublicKey.text(of: 1) == "0000000000000001")
    }
}
