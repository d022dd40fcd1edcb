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
    ///   - types: The sentences about types and fields.
    ///   - history: Since which layer each name exists.
    ///   - names: The overrides.
    ///   - allowUndescribed: Whether errors, methods, types and constructors may be without a sentence about them.
    public static func check(
        schema: Schema,
        serviceSchema: Schema? = nil,
        errors: ErrorCatalog,
        methods: MethodTable,
        types: TypeTable,
        history: LayerHistory,
        names: NameOverrides,
        allowUndescribed: Bool
    ) -> [Diagnostic] {
        let check = CrossCheck(schema: schema, serviceSchema: serviceSchema)
        var diagnostics = check.rows(of: methods, errors: errors) + check.methodsWithoutRow(methods)
        diagnostics += check.entries(of: types)
        diagnostics += check.entries(of: history) + check.namesWithoutEntry(history)
        diagnostics += check.overrides(names, errors: errors)
        let descriptions = DescriptionCheck(schema: schema, errors: errors, methods: methods, types: types)
        diagnostics += descriptions.badWording()
        if !allowUndescribed { diagnostics += descriptions.missing() }
        return diagnostics
    }
}
