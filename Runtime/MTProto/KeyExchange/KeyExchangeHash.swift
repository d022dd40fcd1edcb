import MTProtoCrypto
package import TLRuntime

/// Hashes by which the sides of a key exchange prove what they know.
package enum KeyExchangeHash {
    /// What the server says about the client's half of the key; the raw value goes into the hash.
    package enum Outcome: UInt8, Sendable, CaseIterable {
        case accepted = 1
        case retry = 2
        case failed = 3
    }

    /// `new_nonce_hash1`, `2` or `3`: proves knowledge of the new nonce and of the key.
    package static func proof(_ outcome: Outcome, newNonce: [UInt8], key: AuthKey) -> [UInt8] {
        Array(Digest.sha1(newNonce, [outcome.rawValue], key.auxiliaryHash.littleEndianBytes)[4..<20])
    }

    /// The hash in `server_DH_params_fail`: proves knowledge of the new nonce, since there is no key yet.
    package static func refusalProof(newNonce: [UInt8]) -> [UInt8] {
        Array(Digest.sha1(newNonce)[4..<20])
    }

    /// The salt that the first messages with the new key carry.
    package static func firstSalt(newNonce: [UInt8], serverNonce: TLInt128) -> Int64 {
        Int64(littleEndianBytes: newNonce[0..<8]) ^ Int64(bitPattern: serverNonce.low)
    }
}
