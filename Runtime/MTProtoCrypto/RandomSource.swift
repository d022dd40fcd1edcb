/// Where randomness comes from: ``SystemRandom`` everywhere but in tests, which want the same bytes again.
///
/// A machine that takes a `RandomSource` makes no random decision of its own, so a test can replay it.
package protocol RandomSource: Sendable {
    /// Fills the whole buffer with random bytes.
    func fill(_ buffer: UnsafeMutableRawBufferPointer)
}

extension RandomSource {
    /// `count` random bytes.
    package func bytes(_ count: Int) -> [UInt8] {
        // All empty arrays are one object, which the initializer below would write to, in vain but for all threads to
        // see.
        guard count > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            fill(UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: count))
            initialized = count
        }
    }

    /// A random number of any width.
    package func integer<T: FixedWidthInteger>(_ type: T.Type = T.self) -> T {
        var value: T = 0
        withUnsafeMutableBytes(of: &value) { fill($0) }
        return value
    }

    /// A number below `bound`, each equally likely.
    package func number(below bound: Int) -> Int {
        var generator = AnyGenerator(source: self)
        return Int.random(in: 0..<bound, using: &generator)
    }
}

/// Lets the standard library draw from a ``RandomSource``.
private struct AnyGenerator<Source: RandomSource>: RandomNumberGenerator {
    let source: Source

    mutating func next() -> UInt64 { source.integer() }
}
