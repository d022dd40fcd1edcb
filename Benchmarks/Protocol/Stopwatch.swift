import Foundation

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Time of the clock on the wall and of the processor since it was made.
struct Stopwatch {
    private let start = ContinuousClock.now
    private let startOfProcessor = Self.usedProcessorTime()

    /// Seconds since the start.
    func elapsed() -> Double { (ContinuousClock.now - start) / .seconds(1) }
    /// Seconds of processor time, all threads of the process together.
    func processorTime() -> Double { Self.usedProcessorTime() - startOfProcessor }

    private static func usedProcessorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
