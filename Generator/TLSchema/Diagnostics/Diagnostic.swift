/// One finding about an input, printed the way compilers print theirs: `path:line:column: error: sentence`.
///
/// `swift build` recognises that form and shows the finding at the line of the schema.
public struct Diagnostic: Sendable, Hashable, CustomStringConvertible {
    /// How bad a finding is. Only ``error`` stops generation.
    public enum Severity: String, Sendable {
        /// The input cannot be used.
        case error
        /// The input can be used, but something in it deserves a look.
        case warning
        /// An addition to the finding before it, such as the place of a first declaration.
        case note
    }

    /// How bad it is.
    public let severity: Severity
    /// One sentence, lower case at the start and without a full stop: what is wrong, with its value, and what was
    /// expected.
    public let message: String
    /// Where; `nil` when the finding is about the whole run.
    public let location: SourceLocation?

    /// Creates a finding of any severity.
    public init(_ severity: Severity, _ message: String, at location: SourceLocation?) {
        self.severity = severity
        self.message = message
        self.location = location
    }

    /// An error at a place.
    public static func error(_ message: String, at location: SourceLocation?) -> Diagnostic {
        Diagnostic(.error, message, at: location)
    }

    /// A note that belongs to the finding before it.
    public static func note(_ message: String, at location: SourceLocation?) -> Diagnostic {
        Diagnostic(.note, message, at: location)
    }

    /// `path:line:column: severity: message`, or `severity: message` without a place.
    public var description: String {
        guard let location else { return "\(severity.rawValue): \(message)" }
        return "\(location): \(severity.rawValue): \(message)"
    }
}
