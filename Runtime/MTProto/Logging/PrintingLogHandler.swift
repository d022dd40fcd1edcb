#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Writes each record as a line on standard error, with the time of day in UTC: enough to see what a program does.
///
/// ```
/// 14:03:07.120 debug session dc2#1: the server's clock is 3.2 seconds ahead
/// ```
public struct PrintingLogHandler: LogHandler {
    /// The least important level that is printed.
    public let level: LogLevel

    /// Creates a handler; `.trace` prints a line or more for every packet.
    public init(level: LogLevel = .debug) { self.level = level }

    /// Prints one line. A line goes out in one piece, so lines of several threads do not mix.
    public func log(_ record: LogRecord) {
        var line = Array(Self.line(for: record, at: SystemTime().now().wall).utf8)
        line.append(0x0A)
        line.withUnsafeBytes { bytes in
            // A log that cannot be written is no reason to stop.
            _ = write(STDERR_FILENO, bytes.baseAddress, bytes.count)
        }
    }

    /// The text of a line, at a time since 1970.
    package static func line(for record: LogRecord, at wall: Duration) -> String {
        let (seconds, attoseconds) = wall.components
        let second = ((seconds % 86_400) + 86_400) % 86_400
        let clock = [second / 3600, second / 60 % 60, second % 60].map { padded($0, to: 2) }.joined(separator: ":")
        let fraction = padded(max(attoseconds, 0) / 1_000_000_000_000_000, to: 3)
        return "\(clock).\(fraction) \(record.level) \(record.source): \(record.message)"
    }

    private static func padded(_ number: Int64, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
