/// The groups in which keys are agreed upon, and the checks that a client owes itself.
///
/// See <https://core.telegram.org/mtproto/auth_key>, and for the same checks with passwords
/// <https://core.telegram.org/api/srp>.
package enum DiffieHellmanGroup {
    package static let byteCount = 256

    /// Why a group is refused.
    package enum GroupFailure: Error, Sendable, Hashable {
        /// The prime is not between 2^2047 and 2^2048.
        case wrongSize
        /// It is not a prime, or half of it is not.
        case notSafePrime
        /// The generator is not 2 to 7, or does not generate the subgroup of prime order.
        case badGenerator
    }

    /// Accepts a safe prime of 2048 bits with a generator of the subgroup of order `(p - 1) / 2`.
    ///
    /// Telegram's prime passes at once, and so does one that has passed before; any other takes tens of milliseconds.
    package static func check(prime: [UInt8], generator: Int) throws(GroupFailure) {
        guard prime.count <= maximumByteCount else { throw .wrongSize }
        let number = BigNumber(bytes: prime)
        guard number.bitCount == 8 * byteCount else { throw .wrongSize }
        guard isSuitable(generator, for: number) else { throw .badGenerator }
        let bytes = number.bytes()
        if bytes == knownPrime || accepted.withLock({ $0.contains(bytes) }) { return }
        guard number.isSafePrime else { throw .notSafePrime }
        accepted.withLock { primes in
            if primes.count == remembered { primes.removeFirst() }
            primes.append(bytes)
        }
    }

    /// Whether a public value is neither trivial nor close to the ends: `2^1984 <= value <= prime - 2^1984`.
    package static func isInRange(_ value: [UInt8], prime: [UInt8]) -> Bool {
        // Longer ones are out of range or full of zeros, and not worth a conversion.
        guard value.count <= maximumByteCount, prime.count <= maximumByteCount else { return false }
        let value = BigNumber(bytes: value)
        let prime = BigNumber(bytes: prime)
        let margin = BigNumber(1) << 1984
        return prime > margin && value >= margin && value <= prime - margin
    }

    /// `base ^ exponent mod prime` as 256 bytes, in a time that does not depend on the exponent's bits.
    ///
    /// The prime must have passed ``check(prime:generator:)``.
    package static func power(base: [UInt8], exponent: [UInt8], prime: [UInt8]) -> [UInt8] {
        let prime = BigNumber(bytes: prime)
        return BigNumber(bytes: base).power(BigNumber(bytes: exponent), modulo: prime).bytes(count: byteCount)
    }

    /// Leading zeros are allowed, a flood of them is not.
    private static let maximumByteCount = 2 * byteCount
    private static let remembered = 8
    private static let accepted = Locked<[[UInt8]]>([])

    /// Whether the generator is a quadratic residue, so that it generates the subgroup of prime order.
    private static func isSuitable(_ generator: Int, for prime: BigNumber) -> Bool {
        switch generator {
        case 2: prime.modulo(8) == 7
        case 3: prime.modulo(3) == 2
        case 4: true
        case 5: [1, 4].contains(prime.modulo(5))
        case 6: [19, 23].contains(prime.modulo(24))
        case 7: [3, 5, 6].contains(prime.modulo(7))
        default: false
        }
    }
}

extension BigNumber {
    /// Whether both it and half of it are primes.
    ///
    /// With `q = (p - 1) / 2` prime, `p` needs no long test: by Pocklington's theorem it is prime when
    /// `2^(p-1) mod p = 1` and `2^2 - 1` has no factor in common with it.
    fileprivate var isSafePrime: Bool {
        let one = BigNumber(1)
        guard bitCount > 3, modulo(2) == 1, modulo(3) != 0 else { return false }
        guard BigNumber(2).power(self - one, modulo: self) == one else { return false }
        return (self >> 1).isPrime
    }
}
