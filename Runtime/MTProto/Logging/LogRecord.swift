/// One line of the log.
public struct LogRecord: Sendable {
    /// How important it is.
    public let level: LogLevel
    /// Which part speaks, with the connection it speaks of: `session dc2#1`.
    public let source: String
    /// What it says, in one line.
    public let message: String

    /// Creates a record, as a handler's test may need.
    public init(level: LogLevel, source: String, message: String) {
        self.level = level
        self.source = source
        self.message = message
    }
}
