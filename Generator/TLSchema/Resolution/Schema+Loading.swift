extension Schema {
    /// Parses and resolves one or several files as one schema.
    ///
    /// Names and numbers must be unique over all files, and a file may use what another declares. All mistakes are
    /// reported in one run, in the order of the files, up to 100. Declarations of built-in types (`int ? = Int;`,
    /// `boolTrue#997275b5 = Bool;`) may stand in several files.
    public static func load(_ sources: [SchemaSource], options: SchemaOptions = SchemaOptions()) -> Checked<Schema> {
        var findings = Findings()
        var files: [SchemaSyntax] = []
        for source in sources where !findings.isFull {
            files.append(SchemaSyntax.parse(source, findings: &findings))
        }
        var resolver = Resolver(files: files, options: options, findings: findings)
        let schema = resolver.resolve()
        return Checked(schema, diagnostics: resolver.findings.finish(order: sources.map(\.path)))
    }
}
