#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Asks at the terminal for what signing in needs: ``LoginMethod/console(_:)``.
///
/// Questions go to standard error, so that the output of a program can be redirected, and answers come from standard
/// input, a line each. A password is not shown while it is typed; the terminal is as it was afterwards, also when the
/// task is cancelled, or the program is interrupted or stopped. Without a terminal lines are read as they come.
public struct ConsolePrompts: Sendable {
    private let terminal: Terminal

    /// Asks at the terminal that the program was started from.
    public init() { self.init(input: STDIN_FILENO, output: STDERR_FILENO) }

    /// Asks at another one.
    package init(input: Int32, output: Int32) { terminal = Terminal(input: input, output: output) }

    /// Asks for a phone number.
    /// - Throws: ``SignInError`` with `inputEnded`; `CancellationError` when the task is cancelled.
    public func phone() async throws -> String {
        try await terminal.readLine(prompt: "Phone number, with the code of the country: ")
    }

    /// Asks for the code, and says where to look for it.
    /// - Throws: ``SignInError`` with `inputEnded`; `CancellationError` when the task is cancelled.
    public func code(_ sent: SentCode) async throws -> String {
        let hint = sent.delivery.hint.map { ": \($0.printable)" } ?? ""
        return try await terminal.readLine(prompt: "Code (\(sent.delivery)\(hint)): ")
    }

    /// Asks for the password, without showing it.
    /// - Throws: ``SignInError`` with `inputEnded`; `CancellationError` when the task is cancelled.
    public func password(hint: String?) async throws -> String {
        let hint = hint.map { " (hint: \($0.printable))" } ?? ""
        return try await terminal.readLine(prompt: "Password\(hint): ", isHidden: true)
    }
}

extension String {
    /// Without characters that a terminal would take for commands: the text comes from somebody else.
    fileprivate var printable: String {
        String(String.UnicodeScalarView(unicodeScalars.filter { $0.properties.generalCategory != .control }))
    }
}
