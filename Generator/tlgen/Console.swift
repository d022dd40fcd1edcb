import Foundation
import TLSchema

/// Results to standard output, everything about the run to standard error.
enum Console {
    /// One or more lines.
    static func print(_ text: String) throws { try write(text.hasSuffix("\n") ? text : text + "\n") }

    /// Text as it is.
    /// - Throws: ``InputError``, since a result that does not arrive is no success: the disk may be full.
    static func write(_ text: String) throws {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        } catch {
            throw InputError("cannot write to standard output: \(Files.reason(error))")
        }
    }

    /// A line about the run. Where nobody can read it, nobody can be told either, so failures do not matter.
    static func note(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
    }

    /// Shows every finding, and says whether one of them is an error.
    static func report(_ diagnostics: [Diagnostic]) -> Bool {
        if !diagnostics.isEmpty { note(diagnostics.map(\.description).joined(separator: "\n")) }
        return diagnostics.contains { $0.severity == .error }
    }
}
