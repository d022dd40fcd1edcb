import MTProto
import MTProtoCrypto

/// What reading keys promises.
enum KeyTextRules {
    static func publicViolation(byText text: [UInt8]) -> String? {
        do throws(CryptoError) {
            return violation(by: try RSAPublicKey(pem: String(decoding: text, as: UTF8.self)))
        } catch {
            return ErrorRules.violation(by: error)
        }
    }

    static func publicViolation(byDER bytes: [UInt8]) -> String? {
        do throws(CryptoError) {
            return violation(by: try RSAPublicKey(der: bytes))
        } catch {
            return ErrorRules.violation(by: error)
        }
    }

    private static func violation(by key: RSAPublicKey) -> String? {
        do throws(CryptoError) {
            let again = try RSAPublicKey(pem: key.pem)
            if again != key || again.fingerprint != key.fingerprint { return "a key comes out as it went in" }
        } catch {
            return "a key that is written can be read: \(error)"
        }
        if key.rawEncrypt([2]).count != key.modulus.count { return "RSA gives as many bytes as the modulus has" }
        let isSuitable = (try? ServerPublicKey(key)) != nil
        let padded = try? key.encryptPadded([1, 2, 3], random: ReplayedRandom(seed: 9))
        return isSuitable == (padded != nil) ? nil : "exactly keys of 2048 bits serve a key exchange"
    }

    static func privateViolation(byText text: [UInt8]) -> String? {
        let key: RSAPrivateKey
        do throws(CryptoError) {
            key = try RSAPrivateKey(pem: String(decoding: text, as: UTF8.self))
        } catch {
            return ErrorRules.violation(by: error)
        }
        let size = key.publicKey.modulus.count
        let block = [UInt8](repeating: 0, count: size - 1) + [3]
        // The factors need not be primes, so only the size is certain.
        return key.rawDecrypt(block)?.count == size ? violation(by: key.publicKey) : "RSA keeps the size of a block"
    }

    /// Blocks that nobody has encrypted, and content that somebody has.
    static func blockViolation(_ bytes: [UInt8]) -> String? {
        guard let key = FuzzKeys.server else { return "the server's key can be read" }
        if key.decryptPadded(bytes) != nil || key.decryptLegacy(bytes) != nil {
            return "a block without a hash is refused"
        }
        let random = ReplayedRandom(seed: 10)
        do throws(CryptoError) {
            let block = try key.publicKey.encryptPadded(bytes, random: random)
            guard bytes.count <= 144, let opened = key.decryptPadded(block), opened.count == 192 else {
                return "up to 144 bytes can be padded"
            }
            return opened.starts(with: bytes) ? nil : "what was padded comes out as it went in"
        } catch {
            return bytes.count > 144 ? ErrorRules.violation(by: error) : "up to 144 bytes can be padded: \(error)"
        }
    }
}
