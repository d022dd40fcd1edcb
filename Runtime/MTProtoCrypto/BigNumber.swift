import CMTProtoOpenSSL

/// A natural number of any size. Its memory is wiped when it goes.
///
/// Exponentiation takes a time that does not depend on the exponent's bits; comparisons are not meant for secrets.
package struct BigNumber: Sendable {
    private let storage: Storage

    /// The number that the bytes write, the most significant first.
    package init(bytes: some Collection<UInt8>) {
        let array = Array(bytes)
        storage = Storage { BN_bin2bn(array, Int32(array.count), $0) != nil }
    }

    package init(_ value: UInt64) {
        self.init(bytes: withUnsafeBytes(of: value.bigEndian) { Array($0) })
    }

    /// Computes with the pointers of the operands, which live until it is done.
    private init(
        _ operands: BigNumber...,
        compute: (_ result: Pointer, _ operands: [Pointer], _ context: Pointer) -> Bool
    ) {
        storage = withExtendedLifetime(operands) {
            Storage { result in
                let context = BN_CTX_new()
                defer { BN_CTX_free(context) }
                return compute(result, operands.map(\.storage.pointer), context)
            }
        }
    }

    /// The bytes, the most significant first, with zeros in front up to `count`; as many as needed by default.
    ///
    /// The number must fit.
    package func bytes(count: Int? = nil) -> [UInt8] {
        let count = count ?? byteCount
        precondition(byteCount <= count, "a number of \(byteCount) bytes does not fit into \(count)")
        // For the reason that random bytes have.
        guard count > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            let written = withPointer { BN_bn2binpad($0, buffer.baseAddress, Int32(count)) }
            precondition(written == count, "OpenSSL could not write a number")
            initialized = count
        }
    }

    package var bitCount: Int { Int(withPointer { BN_num_bits($0) }) }
    package var byteCount: Int { (bitCount + 7) / 8 }
    package var isZero: Bool { withPointer { BN_is_zero($0) } == 1 }

    private func withPointer<R>(_ body: (Pointer) -> R) -> R {
        withExtendedLifetime(storage) { body(storage.pointer) }
    }
}

// MARK: - Arithmetic

extension BigNumber {
    /// `self ^ exponent mod modulus`. The modulus must be odd.
    package func power(_ exponent: BigNumber, modulo modulus: BigNumber) -> BigNumber {
        BigNumber(modulo(modulus), exponent, modulus) {
            BN_mod_exp_mont_consttime($0, $1[0], $1[1], $1[2], $2, nil) == 1
        }
    }

    package func adding(_ other: BigNumber, modulo modulus: BigNumber) -> BigNumber {
        BigNumber(self, other, modulus) { BN_mod_add($0, $1[0], $1[1], $1[2], $2) == 1 }
    }

    /// Never negative: `modulus` is added when needed.
    package func subtracting(_ other: BigNumber, modulo modulus: BigNumber) -> BigNumber {
        BigNumber(self, other, modulus) { BN_mod_sub($0, $1[0], $1[1], $1[2], $2) == 1 }
    }

    package func multiplied(by other: BigNumber, modulo modulus: BigNumber) -> BigNumber {
        BigNumber(self, other, modulus) { BN_mod_mul($0, $1[0], $1[1], $1[2], $2) == 1 }
    }

    package func modulo(_ modulus: BigNumber) -> BigNumber {
        BigNumber(self, modulus) { BN_nnmod($0, $1[0], $1[1], $2) == 1 }
    }

    /// The remainder after division by a small number, which must not be zero.
    package func modulo(_ divisor: UInt64) -> UInt64 {
        UInt64(withPointer { BN_mod_word($0, numericCast(divisor)) })
    }

    package static func + (left: BigNumber, right: BigNumber) -> BigNumber {
        BigNumber(left, right) { result, operands, _ in BN_add(result, operands[0], operands[1]) == 1 }
    }

    /// The left side must not be the smaller one.
    package static func - (left: BigNumber, right: BigNumber) -> BigNumber {
        precondition(left >= right, "a natural number cannot become negative")
        return BigNumber(left, right) { result, operands, _ in BN_sub(result, operands[0], operands[1]) == 1 }
    }

    package static func * (left: BigNumber, right: BigNumber) -> BigNumber {
        BigNumber(left, right) { BN_mul($0, $1[0], $1[1], $2) == 1 }
    }

    package static func << (number: BigNumber, bits: Int) -> BigNumber {
        BigNumber(number) { result, operands, _ in BN_lshift(result, operands[0], Int32(bits)) == 1 }
    }

    package static func >> (number: BigNumber, bits: Int) -> BigNumber {
        BigNumber(number) { result, operands, _ in BN_rshift(result, operands[0], Int32(bits)) == 1 }
    }

    /// Whether it is a prime, wrongly so with a probability below 2^-128, even for a number chosen to deceive.
    package var isPrime: Bool {
        let context = BN_CTX_new()
        defer { BN_CTX_free(context) }
        return withPointer { BN_check_prime($0, context, nil) } == 1
    }
}

extension BigNumber: Comparable {
    package static func == (left: BigNumber, right: BigNumber) -> Bool { compare(left, right) == 0 }
    package static func < (left: BigNumber, right: BigNumber) -> Bool { compare(left, right) < 0 }

    private static func compare(_ left: BigNumber, _ right: BigNumber) -> Int32 {
        left.withPointer { left in right.withPointer { BN_cmp(left, $0) } }
    }
}

extension BigNumber: CustomStringConvertible {
    /// Only the size: most numbers here are secrets.
    package var description: String { "number of \(bitCount) bits" }
}

/// How Swift sees OpenSSL's types, and its null.
private typealias Pointer = OpaquePointer?

/// Sendable, because the number is written once, in `init`, and OpenSSL only reads operands.
private final class Storage: @unchecked Sendable {
    let pointer: Pointer

    init(_ compute: (Pointer) -> Bool) {
        pointer = BN_new()
        let computed = compute(pointer)
        precondition(computed, "OpenSSL could not compute with a large number")
        // Chooses the algorithms whose time does not depend on the value, where there is a choice.
        BN_set_flags(pointer, BN_FLG_CONSTTIME)
    }

    deinit { BN_clear_free(pointer) }
}
