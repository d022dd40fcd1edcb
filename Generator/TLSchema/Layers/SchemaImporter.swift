/// Turns schemas as they are found in the wild into the one form that is kept: ordered, one declaration a line, every
/// number in eight digits.
///
/// Comments are dropped, except for those that programs read and lines that start with `// Note: ` above the first
/// declaration. Importing the result once more changes nothing.
public enum SchemaImporter {
    /// The normalised text of a schema; nothing but the errors if it has any.
    ///
    /// - Parameters:
    ///   - source: The schema in any spelling and order. Declarations of scalars and of `vector` are dropped.
    ///   - layer: The layer, for schemas that do not tell it themselves. If they do, it must be the same.
    ///   - options: Names that need not have the CRC32 of their line as number; those that the schema has are listed in
    ///     the head of the result.
    public static func normalise(
        _ source: SchemaSource,
        layer: Int? = nil,
        options: SchemaOptions = SchemaOptions()
    ) -> Checked<String> {
        let loaded = Schema.load([source], options: options)
        guard let schema = loaded.value else { return Checked(nil, diagnostics: loaded.diagnostics) }
        if let layer, let own = schema.layer, layer != own {
            let location = SourceLocation(path: source.path, line: 1, column: 1)
            let mismatch = Diagnostic.error("this schema is of layer \(own), expected layer \(layer)", at: location)
            return Checked(nil, diagnostics: loaded.diagnostics + [mismatch])
        }
        let syntax = SchemaSyntax.parse(source).syntax
        guard syntax.declarations.contains(where: { $0.builtInBody == nil }) else {
            let location = SourceLocation(path: source.path, line: 1, column: 1)
            let nothing = Diagnostic.error(
                "schema declares nothing but scalars and 'vector'; expected a declaration to import",
                at: location
            )
            return Checked(nil, diagnostics: loaded.diagnostics + [nothing])
        }
        let text = NormalisedSchema(
            declarations: syntax.declarations,
            layer: schema.layer ?? layer,
            notes: notes(of: source, above: syntax),
            reasons: Dictionary(
                syntax.knownNumbers.map { ($0.name, $0.reason) },
                uniquingKeysWith: { first, _ in first }
            )
        ).text
        return Checked(text, diagnostics: loaded.diagnostics)
    }

    private static let notePrefix = Array("// Note: ".utf8)

    private static func notes(of source: SchemaSource, above syntax: SchemaSyntax) -> [String] {
        guard let end = syntax.declarations.first?.location.line else { return [] }
        var notes: [String] = []
        let lines = source.bytes.split(separator: 0x0A, maxSplits: end, omittingEmptySubsequences: false)
        for line in lines.prefix(end - 1) where line.starts(with: notePrefix) {
            notes.append(String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self))
        }
        return notes
    }
}
