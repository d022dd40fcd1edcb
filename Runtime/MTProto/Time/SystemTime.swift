#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The clocks of the operating system.
public struct SystemTime: TimeSource {
    /// Creates the source; it holds nothing.
    public init() {}

    /// Reads both clocks. The monotonic one includes the time the machine was asleep: a process that is paused for an
    /// hour must notice that an hour has passed.
    public func now() -> TimeReading {
        #if canImport(Darwin)
            // CLOCK_MONOTONIC_RAW goes on during sleep on Darwin.
            return TimeReading(wall: read(CLOCK_REALTIME), monotonic: read(CLOCK_MONOTONIC_RAW))
        #else
            return TimeReading(wall: read(CLOCK_REALTIME), monotonic: read(CLOCK_BOOTTIME))
        #endif
    }

    private func read(_ clock: clockid_t) -> Duration {
        var time = timespec()
        clock_gettime(clock, &time)
        return Duration(
            secondsComponent: Int64(time.tv_sec),
            attosecondsComponent: Int64(time.tv_nsec) * 1_000_000_000
        )
    }
}
