import MTProto
import MTProtoCrypto

/// What reading descriptions of proxies promises.
enum ProxyTextRules {
    private static let time = TimeReading(wall: .seconds(1_700_000_000), monotonic: .seconds(5_000))

    static func secretViolation(by bytes: [UInt8]) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        if let decoded = Base64.decode(text) {
            guard Base64.decode(Base64.encode(decoded)) == decoded else { return "base64 comes out as it went in" }
        }
        if Base64.decode(Base64.encode(bytes)) != bytes { return "base64 writes all bytes" }
        do throws(MTProtoError) {
            let secret = try MTProxySecret(text)
            if secret.key.count != 16 { return "a secret has 16 bytes of key" }
            if try MTProxySecret(secret.text) != secret { return "a secret comes out as it went in" }
            return nil
        } catch {
            if text.utf8.count >= 32, error.message.contains(text) { return "an error does not tell a secret" }
            return ErrorRules.violation(by: error)
        }
    }

    static func linkViolation(by bytes: [UInt8]) -> String? {
        let link = String(decoding: bytes, as: UTF8.self)
        let proxy: ProxyConfiguration
        do {
            proxy = try ProxyConfiguration(link: link)
        } catch {
            guard let error = error as? MTProtoError, error.code == .invalidProxy else {
                return "a link that is none is an invalid proxy: \(error)"
            }
            return ErrorRules.violation(by: error)
        }
        if proxy.host.isEmpty || proxy.port == 0 { return "a proxy has a place" }
        if !proxy.host.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) { return "a proxy's host is plain" }
        // Whatever was accepted can be spoken to.
        for destination in [Endpoint(host: "::1", port: 443), Endpoint(host: "dc.example.org", port: 443)] {
            do throws(MTProtoError) {
                var client = try ClientPipeline(
                    transport: .obfuscatedPaddedIntermediate,
                    destination: destination,
                    dataCenter: -10_002,
                    proxy: proxy,
                    random: ReplayedRandom(seed: 7),
                    time: time
                )
                _ = client.connected()
            } catch {
                return "a proxy from a link can be used: \(error)"
            }
        }
        return nil
    }
}
