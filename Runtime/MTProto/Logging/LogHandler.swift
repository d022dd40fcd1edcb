/// Takes what the library has to say about its work. Nothing is logged unless a handler is given.
///
/// Records never contain message texts, phone numbers, keys, passwords, codes or tokens, at no level.
public protocol LogHandler: Sendable {
    /// The least important level that is wanted; records below it are not even composed.
    var level: LogLevel { get }

    /// Takes one record. It is called on the thread that does the work, so it must not block.
    func log(_ record: LogRecord)
}
