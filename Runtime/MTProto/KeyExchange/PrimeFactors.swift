import MTProtoCrypto

/// The small puzzle that a server sets before it does any work for a client.
///
/// See <https://core.telegram.org/mtproto/auth_key#dh-exchange-initiation>.
package enum PrimeFactors {
    /// The two different primes whose product the bytes write, the smaller one first; everything most significant byte
    /// first.
    ///
    /// - Throws: The check ``SecurityCheck/factorization`` for anything that is not such a product, or not below 2^63.
    package static func find(in pq: [UInt8]) throws(MTProtoError) -> (p: [UInt8], q: [UInt8]) {
        guard pq.count <= 8 else { throw failure("it has \(pq.count) bytes, where at most 8 are expected") }
        let number = pq.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard number < 1 << 63 else { throw failure("\(number) is not below 2^63") }
        guard let (p, q) = Factorization.factors(of: number) else {
            throw failure("\(number) is not a product of two different primes")
        }
        return (bytes(of: p), bytes(of: q))
    }

    /// A number without zeros in front.
    package static func bytes(of number: UInt64) -> [UInt8] {
        let bytes = (0..<8).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
        return Array(bytes.drop { $0 == 0 })
    }

    private static func failure(_ problem: String) -> MTProtoError {
        MTProtoError(.factorization, "the 'pq' of the server cannot be used: \(problem)")
    }
}
