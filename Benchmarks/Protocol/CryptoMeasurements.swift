import CMTProtoOpenSSL
import MTProto
import MTProtoCrypto
import TelegramTesting

/// AES-IGE beside the limit, which is OpenSSL's CBC in the same process, and the client's share of a key exchange.
enum CryptoMeasurements {
    private static let random = SystemRandom()

    static func all() -> [String: Double] {
        var result = encryption(byteCount: 64 << 10)
        result["keyExchangeClientCPUMilliseconds"] = keyExchange() * 1e3
        return result
    }

    private static func encryption(byteCount: Int) -> [String: Double] {
        let (key, vector) = (random.bytes(32), random.bytes(32))
        var buffer = random.bytes(byteCount)
        let context = EVP_CIPHER_CTX_new()
        defer { EVP_CIPHER_CTX_free(context) }
        let cipher = EVP_CIPHER_fetch(nil, "AES-256-CBC", nil)
        defer { EVP_CIPHER_free(cipher) }
        let calls = (64 << 20) / byteCount
        var (cbc, encrypt, decrypt) = (Double.infinity, Double.infinity, Double.infinity)
        // In turns, so that whatever else the machine does hits all three alike.
        for _ in 0..<7 {
            buffer.withUnsafeMutableBytes { bytes in
                let pointer = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
                var written: Int32 = 0
                cbc = min(
                    cbc,
                    seconds(calls) {
                        EVP_EncryptInit_ex2(context, cipher, key, vector, nil)
                        EVP_EncryptUpdate(context, pointer, &written, pointer, Int32(byteCount))
                    }
                )
                encrypt = min(encrypt, seconds(calls) { AESIGE.encrypt(bytes, key: key, iv: vector) })
                decrypt = min(decrypt, seconds(calls) { AESIGE.decrypt(bytes, key: key, iv: vector) })
            }
        }
        let megabytes = Double(byteCount) / 1e6
        return ["cbcEncrypt": megabytes / cbc, "igeEncrypt": megabytes / encrypt, "igeDecrypt": megabytes / decrypt]
    }

    private static func seconds(_ calls: Int, _ body: () -> Void) -> Double {
        let watch = Stopwatch()
        for _ in 0..<calls { body() }
        return watch.processorTime() / Double(calls)
    }

    /// The median of some exchanges in memory; only the client's half is counted.
    private static func keyExchange() -> Double {
        let privateKey = RSAPrivateKey.generate(bits: 2048)
        guard let publicKey = try? ServerPublicKey(privateKey.publicKey) else { return .nan }
        let times = (0..<21).map { _ in clientTime(of: privateKey, publicKey) }.sorted()
        return times[times.count / 2]
    }

    private static func clientTime(of privateKey: RSAPrivateKey, _ publicKey: ServerPublicKey) -> Double {
        var client = ClientKeyExchange(keys: [publicKey], dataCenter: 2, lifetime: nil, random: random)
        var server = ServerKeyExchange(privateKey: privateKey, random: random)
        let now = SystemTime().now()
        var question = client.start()
        var total = 0.0
        while let answer = try? server.received(question, at: now) {
            let bytes: [UInt8]
            switch answer {
            case .send(let body): bytes = body
            case .finished(let answer, _, _, _, _): bytes = answer
            }
            let watch = Stopwatch()
            let step = try? client.received(bytes, at: now)
            total += watch.processorTime()
            guard case .send(let next)? = step else { break }
            question = next
        }
        return total
    }
}
