/// The generator SplitMix64: small, good enough for tests, and the same on every platform and Swift version.
struct SeededRandom: Sendable {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// From 0 to `bound - 1`, for a small positive bound; 0 for any other.
    mutating func below(_ bound: Int) -> Int {
        // The slight preference of the remainder does not matter for bounds far below 2^64.
        bound > 0 ? Int(next() % UInt64(bound)) : 0
    }

    /// True `percent` times in a hundred.
    mutating func chance(_ percent: Int) -> Bool {
        below(100) < percent
    }
}
