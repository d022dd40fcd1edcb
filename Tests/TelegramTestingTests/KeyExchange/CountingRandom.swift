import MTProtoCrypto

/// Random bytes, with a record of how many were drawn at a time.
final class CountingRandom: RandomSource {
    private let source = KeyExchangeRandom(99)
    private let counts = Locked<[Int]>([])

    var drawn: [Int] { counts.withLock { $0 } }

    func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        counts.withLock { $0.append(buffer.count) }
        source.fill(buffer)
    }
}
