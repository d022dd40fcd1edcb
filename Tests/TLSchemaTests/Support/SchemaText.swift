import TLSchema
import Testing

/// Loads schema text as the file `s.tl`.
func load(_ text: String, options: SchemaOptions = SchemaOptions()) -> Checked<Schema> {
    Schema.load([SchemaSource(path: "s.tl", text: text)], options: options)
}

/// What loading reports, a line for each finding, without `s.tl:`.
func findings(_ text: String, options: SchemaOptions = SchemaOptions()) -> [String] {
    load(text, options: options).diagnostics.map(withoutPath)
}

/// A finding as `line:column: severity: message`.
func withoutPath(_ diagnostic: Diagnostic) -> String {
    diagnostic.description.replacing("s.tl:", with: "", maxReplacements: 1)
}

/// Schema text and what loading it reports, for tables of mistakes.
struct Mistake: Sendable, CustomTestStringConvertible {
    let text: String
    let findings: [String]

    init(_ text: String, _ findings: String...) {
        self.text = text
        self.findings = findings
    }

    var testDescription: String { text.count > 80 ? "\(text.prefix(80))..." : text }
}
