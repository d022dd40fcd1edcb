/// A handler with the name of the part that speaks, handed down to machines and actors. Costs a comparison when nobody
/// listens.
package struct Log: Sendable {
    /// Says nothing.
    package static let silent = Log(handler: nil, source: "")

    private let handler: (any LogHandler)?
    private let level: LogLevel?
    private let source: String

    package init(handler: (any LogHandler)?, source: String) {
        self.handler = handler
        self.level = handler?.level
        self.source = source
    }

    /// The same handler for another part.
    package func named(_ source: String) -> Log { Log(handler: handler, source: source) }

    package var isTracing: Bool { level == .trace }

    package func trace(_ message: @autoclosure () -> String) { log(.trace, message) }
    package func debug(_ message: @autoclosure () -> String) { log(.debug, message) }

    private func log(_ level: LogLevel, _ message: () -> String) {
        guard let handler, let wanted = self.level, level >= wanted else { return }
        handler.log(LogRecord(level: level, source: source, message: message()))
    }
}
