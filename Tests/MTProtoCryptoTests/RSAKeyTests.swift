import MTProtoCrypto
import Testing

struct RSAKeyTests {
    /// Telegram's key for production, from <https://my.telegram.org/apps>.
    private static let production = """
        -----BEGIN RSA PUBLIC KEY-----
        MIIBCgKCAQEA6LszBcC1LGzyr992NzE0ieY+BSaOW622Aa9Bd4ZHLl+TuFQ4lo4g
        5nKaMBwK/BIb9xUfg0Q29/2mgIR6Zr9krM7HjuIcCzFvDtr+L0GQjae9H0pRB2OO
        62cECs5HKhT5DZ98K33vmWiLowc621dQuwKWSQKjWf50XYFw42h21P2KXUGyp2y/
        +aEyZ+uVgLLQbRA1dEjSDZ2iGRy12Mk5gpYc397aYp438fsJoHIgJ2lgMv5h7WY9
        t6N/byY9Nw9p21Og3AoXSL2q/2IJ1WRUhebgAdGVMlV1fkuOQoEzR7EdpqtQD9Cs
        5+bfo3Nhmcyvk5ftB0WkJ9z6bNZ7yxrP8wIDAQAB
        -----END RSA PUBLIC KEY-----
        """
    /// Telegram's key for the test servers, from the same page.
    private static let test = """
        -----BEGIN RSA PUBLIC KEY-----
        MIIBCgKCAQEAyMEdY1aR+sCR3ZSJrtztKTKqigvO/vBfqACJLZtS7QMgCGXJ6XIR
        yy7mx66W0/sOFa7/1mAZtEoIokDP3ShoqF4fVNb6XeqgQfaUHd8wJpDWHcR2OFwv
        plUUI1PLTktZ9uW2WE23b+ixNwJjJGwBDJPQEQFBE+vfmH0JP503wr5INS1poWg/
        j25sIWeYPHYeOrFp/eXaqhISP6G+q2IeTaWTXpwZj4LzXq5YOpk4bYEQ6mvRq7D1
        aHWfYmlEGepfaYR8Q0YqvvhYtMte3ITnuSJs171+GDqpdKcSwHnd6FudwGO4pcCO
        j4WcDuXc2CTHgH8gFTNhp/Y8/SpDOhvn9QIDAQAB
        -----END RSA PUBLIC KEY-----
        """

    @Test(arguments: [(production, 0xd09d_1d85_de64_fd85), (test, 0xb258_98df_208d_2603)] as [(String, UInt64)])
    func fingerprintsAreThoseThatServersSend(_ pem: String, _ fingerprint: UInt64) throws {
        let key = try RSAPublicKey(pem: pem)
        #expect(UInt64(bitPattern: key.fingerprint) == fingerprint)
        #expect(key.modulus.count == 256)
        #expect(key.exponent == [1, 0, 1])
        #expect(key.pem == pem + "\n")
        #expect("\(key)" == "RSA key \(String(fingerprint, radix: 16)) of 2048 bits")
    }

    /// One key, written by `openssl rsa` and `openssl pkcs8` in each of its forms.
    @Test func allFormsOfAKeyAreTheSameKey() throws {
        let key = try RSAPublicKey(pem: KeyFixture.publicPKCS1)
        #expect(try RSAPublicKey(pem: KeyFixture.publicSPKI) == key)
        #expect(try RSAPrivateKey(pem: KeyFixture.privatePKCS1).publicKey == key)
        #expect(try RSAPrivateKey(pem: KeyFixture.privatePKCS8).publicKey == key)
        #expect(try RSAPublicKey(modulus: [0] + key.modulus, exponent: [0, 1, 0, 1]) == key)
    }

    @Test func surroundingTextAndLineEndsDoNotMatter() throws {
        let lines = Self.production.split(separator: "\n").map { "  \($0)\t" }
        let text = "a comment\r\n\r\n" + lines.joined(separator: "\r\n") + "\r\nmore text"
        #expect(try RSAPublicKey(pem: text) == RSAPublicKey(pem: Self.production))
    }

    @Test(arguments: [
        ("", "the text holds no PEM block, which starts with '-----BEGIN'"),
        ("MIIBCgKCAQEA", "the text holds no PEM block, which starts with '-----BEGIN'"),
        // Labels are repeated in messages, so they must not be anything.
        ("-----BEGIN A\u{8}B-----\nAAAA\n", "the text holds no PEM block, which starts with '-----BEGIN'"),
        (
            "-----BEGIN \(String(repeating: "A", count: 65))-----\nAAAA\n",
            "the text holds no PEM block, which starts with '-----BEGIN'"
        ),
        (
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
            "the PEM block is a 'CERTIFICATE', expected a 'RSA PUBLIC KEY' or a 'PUBLIC KEY'"
        ),
        (
            "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END RSA PUBLIC KEY-----",
            "the PEM block 'PUBLIC KEY' does not end with '-----END PUBLIC KEY-----'"
        ),
        (
            "-----BEGIN PUBLIC KEY-----\nAA*A\n-----END PUBLIC KEY-----",
            "the PEM block 'PUBLIC KEY' is not valid base64"
        ),
        (
            "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
            "the PEM block 'PUBLIC KEY' is not valid base64"
        ),
        (
            "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
            "the RSA key cannot be read: it has an element of kind 0 where 48 (sequence) was expected"
        ),
    ])
    func wrongTextIsExplained(_ pem: String, _ message: String) {
        do throws(CryptoError) {
            _ = try RSAPublicKey(pem: pem)
            Issue.record("accepted")
        } catch {
            #expect(error == CryptoError(.malformedKey, message))
        }
    }

    @Test func keysOfOtherAlgorithmsAreRefused() {
        // SubjectPublicKeyInfo of an Ed25519 key, RFC 8410, 10.1.
        let pem = """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
            -----END PUBLIC KEY-----
            """
        #expect(failure { () throws(CryptoError) in try RSAPublicKey(pem: pem) } == .unsuitableKey)
    }

    @Test func everyTruncationAndEveryAdditionIsRefused() throws {
        for pem in [KeyFixture.publicPKCS1, KeyFixture.publicSPKI] {
            let der = try #require(KeyFixture.der(pem))
            #expect(try RSAPublicKey(der: der).modulus.count == 256)
            for count in 0..<der.count {
                #expect(
                    failure { () throws(CryptoError) in try RSAPublicKey(der: Array(der[..<count])) } == .malformedKey
                )
            }
            #expect(failure { () throws(CryptoError) in try RSAPublicKey(der: der + [0]) } == .malformedKey)
        }
    }

    @Test func thirdNumberInAKeyIsRefused() throws {
        var der = try #require(KeyFixture.der(KeyFixture.publicPKCS1))
        // The length of the sequence is in the bytes 2 and 3.
        der[3] += 3
        der += [2, 1, 5]
        #expect(failure { () throws(CryptoError) in try RSAPublicKey(der: der) } == .malformedKey)
    }

    @Test func damagedKeysNeverCrash() throws {
        var generator = SeededGenerator.announced()
        let der = try #require(KeyFixture.der(KeyFixture.publicSPKI))
        for _ in 0..<20_000 {
            var damaged = der
            // Mostly at the start, where the structure is.
            let limit = Bool.random(using: &generator) ? 40 : der.count
            damaged[Int.random(in: 0..<limit, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            _ = try? RSAPublicKey(der: damaged)
        }
    }

    @Test(
        arguments: [
            ([UInt8](repeating: 0xff, count: 127), [3]), ([UInt8](repeating: 0xff, count: 1025), [3]),
            ([UInt8](repeating: 0xfe, count: 256), [3]), ([], [3]),
            ([UInt8](repeating: 0xff, count: 256), []), ([UInt8](repeating: 0xff, count: 256), [1]),
            ([UInt8](repeating: 0xff, count: 256), [2]), ([UInt8](repeating: 0xff, count: 256), [1, 0, 0, 0, 1]),
        ] as [([UInt8], [UInt8])]
    )
    func numbersThatAreNoKeyAreRefused(_ modulus: [UInt8], _ exponent: [UInt8]) {
        let code = failure { () throws(CryptoError) in try RSAPublicKey(modulus: modulus, exponent: exponent) }
        #expect(code == .unsuitableKey)
    }

    @Test func privateKeysWithOtherFactorsAreRefused() throws {
        var der = try #require(KeyFixture.der(KeyFixture.privatePKCS1))
        // The last byte of the first factor: version, modulus, both exponents and 132 bytes of factor come before.
        der[4 + 3 + 261 + 5 + 260 + 132] ^= 2
        let pem = KeyFixture.pem("RSA PRIVATE KEY", der)
        #expect(failure { () throws(CryptoError) in try RSAPrivateKey(pem: pem) } == .malformedKey)
        #expect(failure { () throws(CryptoError) in try RSAPrivateKey(pem: Self.production) } == .malformedKey)
    }

    @Test func privateKeysAreNeverShown() throws {
        let key = try RSAPrivateKey(pem: KeyFixture.privatePKCS1)
        var dumped = ""
        dump(key, to: &dumped)
        let fingerprint = String(UInt64(bitPattern: key.publicKey.fingerprint), radix: 16)
        #expect("\(key)" == "private RSA key \(fingerprint) of 2048 bits")
        #expect(!dumped.contains("coefficient") && !dumped.contains("exponentP"))
    }
}
