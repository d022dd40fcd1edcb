/// Holds the tables against the schema and against each other.
public enum SchemaChecker {
    /// All that does not fit: methods, names and overrides that the schema lacks, and the other way round; errors that
    /// a method names and nobody defines; descriptions that nobody has written, unless `allowUndescribed`.
    ///
    /// Findings are grouped by table, in the order of each; nothing is left out, however many there are.
    ///
    /// - Parameters:
    ///   - schema: The API alone: each of its methods needs a row.
    ///   - serviceSchema: The service messages of the protocol: without rows in the tables, but maybe with overrides.
    ///   - errors: The error table.
    ///   - methods: The method table.
    ///   - history: Since which layer each name exists.
    ///   - names: The overrides.
    ///   - allowUndescribed: Whether errors and methods may be without a sentence about them.
    public static func check(
        schema: Schema,
        serviceSchema: Schema? = nil,
        errors: ErrorCatalog,
        methods: MethodTable,
        history: LayerHistory,
        names: NameOverrides,
        allowUndescribed: Bool
    ) -> [Diagnostic] {
        let check = CrossCheck(schema: schema, serviceSchema: serviceSchema)
        var diagnostics = check.rows(of: methods, errors: errors) + check.methodsWithoutRow(methods)
        diagnostics += check.entries(of: history) + check.namesWithoutEntry(history)
        diagnostics += check.overrides(names, errors: errors)
        if !allowUndescribed { diagnostics += undescribed(errors: errors, methods: methods) }
        return diagnostics
    }

    private static func undescribed(errors: ErrorCatalog, methods: MethodTable) -> [Diagnostic] {
        let withoutDescription = errors.definitions.filter { $0.description == nil }.map { definition in
            Diagnostic.error(
                "the error '\(definition.name)' has no description, expected one sentence that helps whoever meets it",
                at: definition.location
            )
        }
        let withoutSummary = methods.methods.filter { $0.summary == nil }.map { facts in
            Diagnostic.error(
                "the method '\(facts.method)' has no summary, expected one sentence that says what it does",
                at: facts.location
            )
        }
        return withoutDescription + withoutSummary
    }
}
