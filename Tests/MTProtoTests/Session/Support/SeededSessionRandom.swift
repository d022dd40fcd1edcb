import MTProtoCrypto

/// The same "random" bytes for the same seed.
final class SeededSessionRandom: RandomSource {
    private let state: Locked<UInt64>

    init(seed: UInt64) { state = Locked(seed) }

    func next() -> UInt64 {
        state.withLock { state in
            state &+= 0x9e37_79b9_7f4a_7c15
            var value = state
            value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
            value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
            return value ^ value >> 31
        }
    }

    func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        for start in stride(from: 0, to: buffer.count, by: 8) {
            withUnsafeBytes(of: next()) { bytes in
                for index in start..<min(start + 8, buffer.count) { buffer[index] = bytes[index - start] }
            }
        }
    }
}
