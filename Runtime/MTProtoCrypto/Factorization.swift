/// Factors of the product of two primes that a server asks for before it agrees on a key.
///
/// Pollard's rho in Brent's form, on 64-bit Montgomery numbers.
package enum Factorization {
    /// The two prime factors, the smaller one first; `nil` unless `pq` is the product of two different primes.
    ///
    /// The work is bounded: milliseconds for the largest factors, and a prime is refused at once.
    package static func factors(of pq: UInt64) -> (p: UInt64, q: UInt64)? {
        guard pq >= 6, !isPrime(pq) else { return nil }
        guard let factor = factor(of: pq) else { return nil }
        let (p, q) = (min(factor, pq / factor), max(factor, pq / factor))
        guard p != q, isPrime(p), isPrime(q) else { return nil }
        return (p, q)
    }

    /// A factor other than 1 and the number itself, of a composite number.
    private static func factor(of number: UInt64) -> UInt64? {
        for prime in smallPrimes where number.isMultiple(of: prime) && number != prime { return prime }
        let field = MontgomeryField(modulus: number)
        // A start that runs into a cycle of all factors at once fails, and the next one is independent of it.
        for start in UInt64(1)...20 {
            if let factor = rho(field, start: start) { return factor }
        }
        return nil
    }

    private static func rho(_ field: MontgomeryField, start: UInt64) -> UInt64? {
        let number = field.modulus
        let batch = 128
        var (slow, fast, saved) = (start, start, start)
        var product = field.one
        var divisor: UInt64 = 1
        var length = 1
        repeat {
            // The square root of the largest smaller factor, 2^16, takes this to 2^17 or so; 2^22 is never reached.
            guard length < 1 << 22 else { return nil }
            slow = fast
            for _ in 0..<length { fast = field.step(fast, start) }
            var done = 0
            while done < length, divisor == 1 {
                saved = fast
                for _ in 0..<min(batch, length - done) {
                    fast = field.step(fast, start)
                    product = field.multiply(product, slow > fast ? slow - fast : fast - slow)
                }
                divisor = greatestCommonDivisor(product, number)
                done += batch
            }
            length *= 2
        } while divisor == 1
        if divisor != number { return divisor }
        // All factors fell into the same batch: take its steps one by one.
        repeat {
            saved = field.step(saved, start)
            divisor = greatestCommonDivisor(slow > saved ? slow - saved : saved - slow, number)
        } while divisor == 1
        return divisor == number ? nil : divisor
    }

    /// Miller and Rabin's test with bases that are known to decide every number of 64 bits.
    static func isPrime(_ number: UInt64) -> Bool {
        guard number > 1 else { return false }
        for prime in smallPrimes where number.isMultiple(of: prime) { return number == prime }
        let field = MontgomeryField(modulus: number)
        let minusOne = number - field.one
        let shift = (number - 1).trailingZeroBitCount
        for base in smallPrimes {
            var value = field.power(field.enter(base), (number - 1) >> UInt64(shift))
            if value == field.one || value == minusOne { continue }
            var squarings = 1
            while squarings < shift, value != minusOne {
                value = field.multiply(value, value)
                squarings += 1
            }
            if value != minusOne { return false }
        }
        return true
    }

    /// The first twelve primes; as bases of the test they suffice up to 3.3 * 10^24 (Sorenson and Webster, 2015).
    private static let smallPrimes: [UInt64] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37]

    private static func greatestCommonDivisor(_ first: UInt64, _ second: UInt64) -> UInt64 {
        var (a, b) = (first, second)
        while b != 0 { (a, b) = (b, a % b) }
        return a
    }
}
