import Foundation
import MTProtoCrypto

/// Random bytes that a seed repeats (SplitMix64).
final class KeyExchangeRandom: RandomSource {
    /// Where random tests start: at the number in the variable `TL_SEED`, or else at the same one each time.
    static let seed = ProcessInfo.processInfo.environment["TL_SEED"].flatMap { UInt64($0) } ?? 228
    /// How to see a failure again; for comments of expectations.
    static let hint = "run again with TL_SEED=\(seed)"

    private let state: Locked<UInt64>

    /// - Parameter stream: Tells apart the sources of one run.
    init(_ stream: UInt64 = 0) {
        state = Locked(Self.seed &* 0x1000_0000_01b3 &+ stream)
    }

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
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
