/// Numbers modulo an odd number, held as multiples of 2^64, so that a product needs no division.
struct MontgomeryField {
    let modulus: UInt64
    /// The number 1.
    let one: UInt64
    /// The negative inverse of the modulus modulo 2^64.
    private let inverse: UInt64

    init(modulus: UInt64) {
        precondition(!modulus.isMultiple(of: 2), "Montgomery numbers need an odd modulus")
        self.modulus = modulus
        // Newton's iteration doubles the right bits each time; an odd number is its own inverse modulo 8.
        var inverse = modulus
        for _ in 0..<5 { inverse &*= 2 &- modulus &* inverse }
        self.inverse = 0 &- inverse
        one = (UInt64.max % modulus + 1) % modulus
    }

    /// The number `value`, which may be larger than the modulus.
    func enter(_ value: UInt64) -> UInt64 {
        modulus.dividingFullWidth((value % modulus, 0)).remainder
    }

    @inline(__always)
    func multiply(_ first: UInt64, _ second: UInt64) -> UInt64 {
        let product = first.multipliedFullWidth(by: second)
        let reduced = (product.low &* inverse).multipliedFullWidth(by: modulus)
        // The low halves cancel to zero, with a carry unless they are zero already.
        let carry: UInt64 = product.low == 0 ? 0 : 1
        let (sum, overflow) = product.high.addingReportingOverflow(reduced.high)
        let (total, overflowToo) = sum.addingReportingOverflow(carry)
        return overflow || overflowToo || total >= modulus ? total &- modulus : total
    }

    /// `value ^ 2 + constant`, the step of Pollard's rho.
    @inline(__always)
    func step(_ value: UInt64, _ constant: UInt64) -> UInt64 {
        let (sum, overflow) = multiply(value, value).addingReportingOverflow(constant)
        return overflow || sum >= modulus ? sum &- modulus : sum
    }

    func power(_ base: UInt64, _ exponent: UInt64) -> UInt64 {
        var (result, square, rest) = (one, base, exponent)
        while rest != 0 {
            if !rest.isMultiple(of: 2) { result = multiply(result, square) }
            square = multiply(square, square)
            rest >>= 1
        }
        return result
    }
}
