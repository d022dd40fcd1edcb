import MTProto
import MTProtoCrypto
import Testing

struct MTProxySecretTests {
    private let key: [UInt8] = [
        0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF, 0xFE, 0xDC, 0xBA, 0x98, 0x76, 0x54, 0x32, 0x10,
    ]
    private let digits = "0123456789abcdeffedcba9876543210"

    @Test func formsOfASecretAreToldApart() throws {
        let domain = "676f6f676c652e636f6d"
        let expected: [(String, MTProxySecret.Mode)] = [
            (digits, .plain), (digits.uppercased(), .plain), ("dd" + digits, .padded),
            ("ee" + digits + domain, .fakeTLS(domain: "google.com")),
            ("EE" + digits + domain, .fakeTLS(domain: "google.com")),
        ]
        for (text, mode) in expected {
            let secret = try MTProxySecret(text)
            #expect(secret.key == key)
            #expect(secret.mode == mode)
            #expect(secret.requiresPadding == (mode != .plain))
            #expect(secret.text == text.lowercased())
        }
    }

    // Written by another encoder of base64.
    @Test(arguments: [
        "ASNFZ4mrze/+3LqYdlQyEA==", "ASNFZ4mrze_-3LqYdlQyEA==", "ASNFZ4mrze_-3LqYdlQyEA",
    ])
    func base64IsReadInBothAlphabets(text: String) throws {
        #expect(try MTProxySecret(text) == MTProxySecret(digits))
    }

    @Test func fakeTLSSecretIsReadFromBase64() throws {
        let secret = try MTProxySecret("7gEjRWeJq83v_ty6mHZUMhBnb29nbGUuY29t")
        #expect(secret == (try MTProxySecret("ee" + digits + "676f6f676c652e636f6d")))
    }

    @Test func domainMayHave1To182Bytes() throws {
        for count in [1, 182] {
            let domain = String(repeating: "a", count: count)
            let secret = try MTProxySecret("ee" + digits + String(repeating: "61", count: count))
            #expect(secret.mode == .fakeTLS(domain: domain))
        }
        for count in [0, 183] {
            let text = "ee" + digits + String(repeating: "61", count: count)
            let error = try proxyError { _ = try MTProxySecret(text) }
            #expect(error.message.contains("domain has \(count) bytes, expected 1 to 182"))
        }
    }

    @Test(arguments: ["c3a9", "61ff", "6100", "61200a", "7f"])
    func domainMustBePrintableASCII(domain: String) throws {
        #expect(try proxyError { _ = try MTProxySecret("ee" + digits + domain) }.code == .invalidProxy)
    }

    @Test(arguments: [
        "", "0", "00", "0123456789abcdeffedcba98765432", "0123456789abcdeffedcba987654321",
        "0123456789abcdeffedcba98765432100", "cc0123456789abcdeffedcba9876543210",
        "dd0123456789abcdeffedcba987654321000", "not a secret", "ASNFZ4mrze/+3LqYdlQyEB==", "====",
        "ASNFZ4mrze/+3LqYdlQyEA=",
    ])
    func otherTextIsRefused(text: String) throws {
        let error = try proxyError { _ = try MTProxySecret(text) }
        #expect(error.code == .invalidProxy)
        #expect(text.count < 4 || !error.message.contains(text))
    }

    @Test func keyIsKeptOutOfDescriptions() throws {
        let secret = try MTProxySecret("ee" + digits + "61")
        var dumped = "\(secret) \(String(reflecting: secret)) "
        dump(secret, to: &dumped)
        #expect(!dumped.contains(digits))
        #expect(!dumped.contains("35"), "0x23 as a decimal number")
        #expect(dumped.contains("fake TLS secret"))
    }

    @Test func randomBytesSurviveBase64() {
        let random = ProxyRandom(seed: .random(in: 0...UInt64.max))
        for count in 0...200 {
            let bytes = random.bytes(count)
            let text = Base64.encode(bytes)
            #expect(text.utf8.count == (count + 2) / 3 * 4)
            #expect(Base64.decode(text) == bytes, "seed \(random.seed)")
            #expect(Base64.decode(text.replacing("=", with: "")) == bytes, "seed \(random.seed)")
        }
    }

    // RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func base64MatchesThePublishedVectors(text: String, encoded: String) {
        #expect(Base64.encode(asciiBytes(text)) == encoded)
        #expect(Base64.decode(encoded) == asciiBytes(text))
    }
}
