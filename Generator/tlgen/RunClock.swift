import Foundation

/// How long a run took: on the wall, and in processor time of the whole process, its start included.
struct RunClock {
    private let start = ContinuousClock.now

    /// Seconds since this value was made, with three decimals.
    var seconds: String {
        let parts = (ContinuousClock.now - start).components
        return Self.text(Double(parts.seconds) + Double(parts.attoseconds) / 1e18)
    }

    /// Processor seconds of the process, with three decimals.
    var cpuSeconds: String { Self.text(Double(clock()) / Double(CLOCKS_PER_SEC)) }

    private static func text(_ seconds: Double) -> String { String(format: "%.3f", seconds) }
}
