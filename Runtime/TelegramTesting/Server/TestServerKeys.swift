import MTProto
import MTProtoCrypto

/// The RSA keys of a server.
struct TestServerKeys {
    /// Generated once: servers of one process may share a key, and generating one takes as long as many tests.
    private static let shared = RSAPrivateKey.generate(bits: 2048)

    let byDataCenter: [Int32: RSAPrivateKey]
    private let common: RSAPrivateKey

    init(_ configuration: TestServerConfiguration) throws(MTProtoError) {
        if let pem = configuration.privateKeyPEM {
            do { common = try RSAPrivateKey(pem: pem) } catch {
                throw MTProtoError(.invalidPublicKey, "the server's private key cannot be read: \(error)")
            }
        } else {
            common = Self.shared
        }
        var keys: [Int32: RSAPrivateKey] = [:]
        for id in configuration.dataCenters {
            keys[id] = configuration.hasKeyPerDataCenter ? RSAPrivateKey.generate(bits: 2048) : common
        }
        byDataCenter = keys
    }

    subscript(id: Int32) -> RSAPrivateKey { byDataCenter[id] ?? common }
}
