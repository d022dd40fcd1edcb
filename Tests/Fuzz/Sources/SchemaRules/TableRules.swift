import TLSchema

/// What reading the tables beside a schema promises, whatever the bytes are.
public enum TableRules {
    /// The rule that an input breaks; `nil` when all hold. The first byte picks the kind of table, the rest is the
    /// file.
    public static func violation(by input: [UInt8]) -> String? {
        guard let kind = input.first else { return nil }
        let source = SchemaSource(path: "fuzz", bytes: Array(input.dropFirst()))
        return switch kind % 5 {
        case 0: violation(source, read: ErrorCatalog.read, text: \.fileText)
        case 1: violation(source, read: MethodTable.read, text: \.fileText)
        case 2: violation(source, read: LayerHistory.read, text: \.fileText)
        case 4: violation(source, read: TypeTable.read, text: \.fileText)
        // Overrides are only read, never written.
        default: violation(source, read: NameOverrides.read, text: nil)
        }
    }

    private static func violation<Table: Sendable>(
        _ source: SchemaSource,
        read: (SchemaSource) -> Checked<Table>,
        text: ((Table) -> String)?
    ) -> String? {
        let checked = read(source)
        let hasErrors = checked.diagnostics.contains { $0.severity == .error }
        if hasErrors != (checked.value == nil) { return "a table comes exactly when there is no error" }
        guard let table = checked.value, let text else { return nil }
        let written = text(table)
        let again = read(SchemaSource(path: "written", text: written))
        guard let reread = again.value else { return "a written table cannot be read: \(again.diagnostics)" }
        return text(reread) == written ? nil : "a table changes when it is written and read"
    }
}
