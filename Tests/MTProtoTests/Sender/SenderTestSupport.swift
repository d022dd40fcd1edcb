import MTProto
import MTProtoCrypto

/// What the tests of the sender share.
enum SenderTesting {
    /// SplitMix64: the same bytes for the same seed.
    final class Random: RandomSource {
        private let state: Locked<UInt64>

        init(seed: UInt64) { state = Locked(seed) }

        func fill(_ buffer: UnsafeMutableRawBufferPointer) {
            state.withLock { state in
                for index in buffer.indices {
                    state &+= 0x9E37_79B9_7F4A_7C15
                    var mixed = state
                    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
                    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
                    buffer[index] = UInt8(truncatingIfNeeded: mixed ^ mixed >> 31)
                }
            }
        }
    }

    /// Every byte the same: the ends of what randomness can do.
    struct Constant: RandomSource {
        let byte: UInt8

        func fill(_ buffer: UnsafeMutableRawBufferPointer) {
            for index in buffer.indices { buffer[index] = byte }
        }
    }

    /// Hands that are moved by hand.
    final class Clock: TimeSource {
        private let state = Locked((reading: SystemTime().now(), listeners: [@Sendable () -> Void]()))

        func now() -> TimeReading { state.withLock { $0.reading } }

        func onAdjustment(_ body: @escaping @Sendable () -> Void) { state.withLock { $0.listeners.append(body) } }

        func advance(by duration: Duration) {
            let listeners = state.withLock { state in
                state.reading = state.reading.advanced(by: duration)
                return state.listeners
            }
            for listener in listeners { listener() }
        }
    }

    static func reading(_ seconds: Double) -> TimeReading {
        TimeReading(wall: .seconds(1_700_000_000 + seconds), monotonic: .seconds(seconds))
    }
}
