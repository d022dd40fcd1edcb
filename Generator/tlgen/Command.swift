/// How a run ended.
enum ExitStatus: Int32 {
    case success = 0
    /// Something is wrong with the input: schema, tables, bytes, files.
    case problems = 1
    /// The command line itself is wrong.
    case usage = 2
}

/// One subcommand.
protocol Command {
    static var name: String { get }
    /// For the list of commands: a few words.
    static var summary: String { get }
    /// The whole text of `--help`.
    static var help: String { get }
    /// Options that take a value, with their dashes.
    static var valueOptions: Set<String> { get }
    /// Those of ``valueOptions`` that take all arguments up to the next option, as in `--schema a.tl b.tl`.
    static var listOptions: Set<String> { get }
    /// Options without a value.
    static var switches: Set<String> { get }

    static func run(_ arguments: ArgumentReader) throws -> ExitStatus
}

extension Command {
    static var listOptions: Set<String> { [] }
    static var switches: Set<String> { [] }
}

/// The command line is wrong: exit code 2.
struct UsageError: Error {
    let message: String
    init(_ message: String) { self.message = message }
}

/// Inputs or outputs that cannot be used: exit code 1.
struct InputError: Error {
    /// One sentence for each.
    let messages: [String]
    init(_ messages: String...) { self.messages = messages }
    init(_ messages: [String]) { self.messages = messages }
}
