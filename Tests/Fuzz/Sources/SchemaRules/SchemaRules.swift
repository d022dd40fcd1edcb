import TLSchema

/// What loading a schema promises, whatever the bytes are.
public enum SchemaRules {
    /// So many constructors and functions of an accepted schema are sampled, to keep a run fast.
    private static let sampledCombinators = 8

    /// The rule that these bytes break as a schema; `nil` when all hold.
    public static func violation(by bytes: [UInt8]) -> String? {
        let source = SchemaSource(path: "fuzz.tl", bytes: bytes)
        let loaded = Schema.load([source])
        let hasErrors = loaded.diagnostics.contains { $0.severity == .error }
        if hasErrors != (loaded.value == nil) { return "a schema comes exactly when there is no error" }
        if loaded.diagnostics.count > 201 { return "findings end at 100 errors with a note each" }
        let normalised = SchemaImporter.normalise(source).value
        guard let schema = loaded.value else {
            return normalised == nil ? nil : "the importer takes what cannot be loaded"
        }
        guard let normalised else {
            // Built-in types alone can be loaded, beside another file, but there is nothing to import.
            let isEmpty = schema.constructors.isEmpty && schema.functions.isEmpty
            return isEmpty ? nil : "the importer refuses what can be loaded"
        }
        return violation(by: schema, normalised: normalised) ?? samplingViolation(schema)
    }

    private static func violation(by schema: Schema, normalised: String) -> String? {
        let source = SchemaSource(path: "normalised.tl", text: normalised)
        guard let again = SchemaImporter.normalise(source).value else { return "normalised text cannot be imported" }
        if again != normalised { return "importing twice changes the text" }
        guard let reloaded = Schema.load([source]).value else { return "normalised text cannot be loaded" }
        let changes = LayerDiff(old: schema, new: reloaded).changes
        return changes.isEmpty ? nil : "normalising changes the schema: \(changes[0])"
    }

    private static func samplingViolation(_ schema: Schema) -> String? {
        let decoder = ValueDecoder(schemas: [schema])
        var sampler = ValueSampler(schema: schema, seed: 1)
        // A wrapper has no finite value unless there is a function that ends the nesting.
        let canWrap = schema.functions.contains { !holdsQuery($0) }
        let combinators = (schema.constructors + schema.functions).filter { canWrap || !holdsQuery($0) }
        for combinator in combinators.prefix(sampledCombinators) {
            let sample = sampler.bytes(of: combinator, depth: 2)
            do {
                let result = try decoder.decode(sample)
                if result.trailingCount != 0 { return "a sample of '\(combinator.name)' decodes only in part" }
                if ValueEncoder.bytes(of: result.value) != sample {
                    return "a sample of '\(combinator.name)' does not come out as it went in"
                }
            } catch {
                // Types of a schema may nest deeper than the decoder goes.
                if error.reason != .depth { return "a sample of '\(combinator.name)' cannot be decoded: \(error)" }
            }
        }
        return nil
    }

    private static func holdsQuery(_ combinator: Combinator) -> Bool {
        combinator.fields.contains { field in
            if case .generic = field.type { true } else { false }
        }
    }
}
