package import MTProtoCrypto

/// The server's half of a Diffie-Hellman exchange, after it has been checked.
///
/// See <https://core.telegram.org/mtproto/security_guidelines#diffie-hellman-key-exchange>.
package struct DiffieHellmanOffer: Sendable {
    private let generator: Int
    private let prime: [UInt8]
    private let serverValue: [UInt8]

    /// - Throws: The checks ``SecurityCheck/safePrime``, ``SecurityCheck/generator`` or
    ///   ``SecurityCheck/publicValueRange``.
    package init(checking inner: MTP.ServerDHInnerData) throws(MTProtoError) {
        generator = Int(inner.g)
        prime = inner.dhPrime
        serverValue = inner.gA
        do { try DiffieHellmanGroup.check(prime: prime, generator: generator) } catch {
            switch error {
            case .badGenerator:
                throw MTProtoError(
                    .generator,
                    "the generator \(generator) does not generate the subgroup of prime order, or is not one of 2 to 7"
                )
            case .notSafePrime:
                throw MTProtoError(.safePrime, "the modulus of the server is no safe prime")
            case .wrongSize:
                throw MTProtoError(
                    .safePrime,
                    "the modulus of the server has \(prime.count) bytes, where a number of 2048 bits is due"
                )
            }
        }
        guard DiffieHellmanGroup.isInRange(serverValue, prime: prime) else { throw Self.outOfRange("g_a") }
    }

    /// The client's half, from a new secret of 2048 bits, and the key that both give.
    ///
    /// - Throws: The check ``SecurityCheck/publicValueRange`` when the random bytes are not random.
    package func answer(random: any RandomSource) throws(MTProtoError) -> (publicValue: [UInt8], key: AuthKey) {
        var secret = random.bytes(AuthKey.byteCount)
        defer { secret.wipe() }
        let base = [UInt8(truncatingIfNeeded: generator)]
        let publicValue = DiffieHellmanGroup.power(base: base, exponent: secret, prime: prime)
        // One in 2^63 secrets gives a value outside, so this means that the random bytes are none.
        guard DiffieHellmanGroup.isInRange(publicValue, prime: prime) else { throw Self.outOfRange("g_b") }
        let shared = DiffieHellmanGroup.power(base: serverValue, exponent: secret, prime: prime)
        guard let key = AuthKey(bytes: shared) else {
            throw MTProtoError(.safePrime, "the shared key has \(shared.count) bytes, where 256 are expected")
        }
        return (publicValue, key)
    }

    private static func outOfRange(_ name: String) -> MTProtoError {
        MTProtoError(.publicValueRange, "'\(name)' does not lie between 2^1984 and the modulus minus 2^1984")
    }
}
