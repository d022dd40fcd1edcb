/// How important a record is. A library has nothing to shout: what matters to a program arrives as errors and as
/// streams of state, and the log is for finding out why.
public enum LogLevel: Int, Sendable, Comparable, CaseIterable {
    /// Every message and packet, to follow a session from outside.
    case trace
    /// What happens now and then: connections, retries, corrections of time, dropped messages.
    case debug

    /// Orders levels from the most talkative one upwards.
    public static func < (left: LogLevel, right: LogLevel) -> Bool { left.rawValue < right.rawValue }
}
