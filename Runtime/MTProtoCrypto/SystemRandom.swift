import CMTProtoOpenSSL

/// Random bytes for keys, from OpenSSL's generator, which the operating system seeds.
package struct SystemRandom: RandomSource {
    package init() {}

    /// Stops the process when there is no randomness: a key made without it would be known to others, and no caller
    /// could do anything better. It cannot happen once the operating system's own generator has started.
    package func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        var rest = buffer[...]
        while !rest.isEmpty {
            // OpenSSL counts in 32 bits.
            let count = min(rest.count, 1 << 30)
            let part = UnsafeMutableRawBufferPointer(rebasing: rest.prefix(count))
            let filled = RAND_bytes(part.baseAddress?.assumingMemoryBound(to: UInt8.self), Int32(count))
            precondition(filled == 1, "the system's random number generator failed")
            rest = rest.dropFirst(count)
        }
    }
}
