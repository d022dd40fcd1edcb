#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The clock of deadlines, as a plain number, since loops read it all the time. It is the same scale as `SystemTime`'s
/// monotonic one, so a timer that became due while the machine slept fires soon after it wakes up.
enum MonotonicClock {
    /// Nanoseconds since some moment in the past.
    static func nanoseconds() -> Int64 {
        var time = timespec()
        #if canImport(Darwin)
            clock_gettime(CLOCK_MONOTONIC_RAW, &time)
        #else
            clock_gettime(CLOCK_BOOTTIME, &time)
        #endif
        return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }

    /// The moment `duration` from now. Negative durations mean now, very long ones a century.
    static func deadline(after duration: Duration) -> Int64 {
        let century: Int64 = 100 * 366 * 86_400
        let (seconds, attoseconds) = duration.components
        guard seconds >= 0, attoseconds >= 0 else { return nanoseconds() }
        let wait = min(seconds, century) * 1_000_000_000 + attoseconds / 1_000_000_000
        return nanoseconds() &+ wait
    }
}
