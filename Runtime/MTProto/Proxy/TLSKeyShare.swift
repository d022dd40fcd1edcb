package import MTProtoCrypto

/// Public keys that nobody has the private ones of. They have to be possible ones, or a watcher could tell fake TLS
/// from the real one by checking them.
package enum TLSKeyShare {
    /// 2^255 - 19, the prime of Curve25519 (RFC 7748).
    private static let prime = BigNumber(bytes: [0x7F] + [UInt8](repeating: 0xFF, count: 30) + [0xED])
    /// Half of the prime, rounded down: a number to this power is 1 exactly when it is a square.
    private static let squareExponent = BigNumber(bytes: [0x3F] + [UInt8](repeating: 0xFF, count: 30) + [0xF6])
    /// Two less than the prime: a number to this power is its inverse.
    private static let inverseExponent = BigNumber(bytes: [0x7F] + [UInt8](repeating: 0xFF, count: 30) + [0xEB])
    /// The coefficient in y^2 = x^3 + 486662 x^2 + x.
    private static let coefficient = BigNumber(486_662)
    private static let one = BigNumber(1)
    private static let four = BigNumber(4)

    /// 32 bytes that could be a public key of X25519.
    ///
    /// Only half of all numbers belong to a point on the curve rather than to one on its twist, and real keys lie in
    /// the subgroup of prime order, which three doublings lead into.
    package static func x25519(random: any RandomSource) -> [UInt8] {
        while true {
            var candidate = random.bytes(32)
            candidate[0] &= 0x7F
            var x = BigNumber(bytes: candidate)
            guard isOnCurve(x) else { continue }
            for _ in 0..<3 { x = doubled(x) }
            return x.bytes(count: 32).reversed()
        }
    }

    /// Whether a number is the coordinate of a point on the curve.
    private static func isOnCurve(_ x: BigNumber) -> Bool {
        square(ofOrdinateAt: x).power(squareExponent, modulo: prime) == one
    }

    /// y^2 for a given x.
    private static func square(ofOrdinateAt x: BigNumber) -> BigNumber {
        x.adding(coefficient, modulo: prime).multiplied(by: x, modulo: prime).adding(one, modulo: prime)
            .multiplied(by: x, modulo: prime)
    }

    /// The coordinate of twice the point: (x^2 - 1)^2 / 4y^2.
    private static func doubled(_ x: BigNumber) -> BigNumber {
        let root = x.multiplied(by: x, modulo: prime).subtracting(one, modulo: prime)
        let divisor = square(ofOrdinateAt: x).multiplied(by: four, modulo: prime)
        return root.multiplied(by: root, modulo: prime)
            .multiplied(by: divisor.power(inverseExponent, modulo: prime), modulo: prime)
    }

    /// 1,184 bytes that could be an encapsulation key of ML-KEM-768 (FIPS 203): 768 numbers below 3,329 in twelve bits
    /// each, and a seed.
    package static func mlKEM768(random: any RandomSource) -> [UInt8] {
        let coefficientBytes = 1152
        var key: [UInt8] = []
        key.reserveCapacity(coefficientBytes + 32)
        while key.count < coefficientBytes {
            let block = random.bytes(coefficientBytes)
            for start in stride(from: 0, to: block.count, by: 3) where key.count < coefficientBytes {
                let low = UInt16(block[start]) | UInt16(block[start + 1] & 0x0F) << 8
                let high = UInt16(block[start + 1] >> 4) | UInt16(block[start + 2]) << 4
                // Throwing pairs away keeps the rest evenly distributed.
                if low < 3329, high < 3329 { key += block[start..<start + 3] }
            }
        }
        return key + random.bytes(32)
    }
}
