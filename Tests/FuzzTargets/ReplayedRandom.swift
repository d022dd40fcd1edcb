import MTProtoCrypto

/// Random bytes that are the same for every input (SplitMix64).
final class ReplayedRandom: RandomSource {
    private let seed: UInt64
    private let state: Locked<UInt64>

    init(seed: UInt64) {
        self.seed = seed
        state = Locked(seed)
    }

    /// Starts over; for machines that are kept from input to input.
    func rewind() { state.withLock { $0 = seed } }

    func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        state.withLock { state in
            var word: UInt64 = 0
            for index in buffer.indices {
                if index.isMultiple(of: 8) { word = Self.next(&state) }
                buffer[index] = UInt8(truncatingIfNeeded: word)
                word >>= 8
            }
        }
    }

    private static func next(_ state: inout UInt64) -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
        return value ^ value >> 31
    }
}
