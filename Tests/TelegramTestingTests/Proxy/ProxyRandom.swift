import MTProtoCrypto

/// The same bytes for the same seed (SplitMix64).
final class ProxyRandom: RandomSource, RandomNumberGenerator {
    let seed: UInt64
    private let state: Locked<UInt64>

    init(seed: UInt64) {
        self.seed = seed
        state = Locked(seed)
    }

    func next() -> UInt64 {
        state.withLock { state in
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        for offset in stride(from: 0, to: buffer.count, by: 8) {
            withUnsafeBytes(of: next()) { word in
                let part = UnsafeMutableRawBufferPointer(rebasing: buffer[offset..<min(offset + 8, buffer.count)])
                part.copyMemory(from: UnsafeRawBufferPointer(rebasing: word[..<part.count]))
            }
        }
    }
}

func asciiBytes(_ text: String) -> [UInt8] { Array(text.utf8) }
