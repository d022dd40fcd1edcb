/// Taking over a new schema: the new text of each file of the schema folder, and what there is to say about it.
///
/// Nothing is written here, so a broken schema leaves everything as it was.
public struct LayerBump: Sendable {
    /// The files of the schema folder that a bump reads.
    public struct Folder: Sendable {
        /// `api.tl`
        public var schema: SchemaSource
        /// `methods.csv`
        public var methods: SchemaSource
        /// `types.csv`
        public var types: SchemaSource
        /// `history.csv`
        public var history: SchemaSource
        /// `names.json`
        public var names: SchemaSource
        /// `changes.csv`, for folders that keep one.
        public var changes: SchemaSource?

        /// Names the files.
        public init(
            schema: SchemaSource,
            methods: SchemaSource,
            types: SchemaSource,
            history: SchemaSource,
            names: SchemaSource,
            changes: SchemaSource? = nil
        ) {
            self.schema = schema
            self.methods = methods
            self.types = types
            self.history = history
            self.names = names
            self.changes = changes
        }
    }

    /// The new text of `api.tl`.
    public let schemaText: String
    /// The new text of `methods.csv`: rows of old methods as they were, an empty row for each new one.
    public let methodsText: String
    /// The new text of `types.csv`: without rows about what has gone.
    public let typesText: String
    /// The new text of `history.csv`.
    public let historyText: String
    /// The new text of `changes.csv`: one step more; `nil` for a folder without one.
    public let changesText: String?
    /// What changes between the layers.
    public let diff: LayerDiff
    /// New methods, whose rows wait for somebody to say who may call them and what they do.
    public let undescribed: [QualifiedName]
    /// New types and constructors that no row of `types.csv` says anything about.
    public let undescribedTypes: [QualifiedName]

    /// Works out a bump, or reports every problem of the new schema and of the folder.
    /// - Parameters:
    ///   - source: The new schema, in any spelling and order.
    ///   - layer: Its layer, when the text does not tell.
    ///   - folder: The schema folder as it is.
    public static func plan(_ source: SchemaSource, layer: Int? = nil, folder: Folder) -> Checked<LayerBump> {
        let names = NameOverrides.read(folder.names)
        let methods = MethodTable.read(folder.methods)
        let types = TypeTable.read(folder.types)
        let history = LayerHistory.read(folder.history)
        let changes = folder.changes.map(ChangeTable.read)
        var diagnostics = names.diagnostics + methods.diagnostics + types.diagnostics + history.diagnostics
        diagnostics += changes?.diagnostics ?? []
        // Without the overrides, numbers that are right would be called wrong.
        guard let names = names.value else { return Checked(nil, diagnostics: diagnostics) }
        let old = Schema.load([folder.schema], options: names.schemaOptions)
        let text = SchemaImporter.normalise(source, layer: layer, options: names.schemaOptions)
        diagnostics += old.diagnostics + text.diagnostics
        guard let methods = methods.value, let types = types.value, let history = history.value, let old = old.value,
            let text = text.value
        else {
            return Checked(nil, diagnostics: diagnostics)
        }
        // The normalised text is what will be read from now on, so it is what has to load.
        let loaded = Schema.load([SchemaSource(path: source.path, text: text)], options: names.schemaOptions)
        guard let new = loaded.value else { return Checked(nil, diagnostics: diagnostics + loaded.diagnostics) }
        diagnostics += layerFindings(old: old.layer, new: new.layer, source: source)
        let diff = LayerDiff(old: old, new: new, methods: methods)
        let bump = LayerBump(
            schemaText: text,
            methodsText: methods.updated(for: new).fileText,
            typesText: types.updated(for: new).fileText,
            historyText: history.updated(for: new).fileText,
            changesText: changes?.value?.adding(diff).fileText,
            diff: diff,
            undescribed: undescribed(old: old, new: new, methods: methods),
            undescribedTypes: undescribedTypes(old: old, new: new, types: types)
        )
        return Checked(bump, diagnostics: diagnostics)
    }

    private static func layerFindings(old: Int?, new: Int?, source: SchemaSource) -> [Diagnostic] {
        let start = SourceLocation(path: source.path, line: 1, column: 1)
        guard let new else {
            let message = "the schema does not tell its layer, expected a comment '// LAYER n' or the option '--layer'"
            return [.error(message, at: start)]
        }
        guard let old, new < old else { return [] }
        let message = "this schema is of layer \(new), older than layer \(old) that it replaces, expected a newer one"
        return [Diagnostic(.warning, message, at: start)]
    }

    /// Held against the schemas, not the table, so that nothing is forgotten when a table already has the empty rows
    /// because an earlier bump was interrupted.
    private static func undescribed(old: Schema, new: Schema, methods: MethodTable) -> [QualifiedName] {
        let known = Set(old.functions.map(\.name))
        return new.functions.map(\.name)
            .filter { !known.contains($0) && methods[$0]?.summary == nil }
            .sorted()
    }

    private static func undescribedTypes(old: Schema, new: Schema, types: TypeTable) -> [QualifiedName] {
        let known = Set(old.types.map(\.name) + old.constructors.map(\.name))
        return (new.types.map(\.name) + new.constructors.map(\.name))
            .filter { !known.contains($0) && types[$0] == nil }
            .sorted()
    }
}

extension MethodTable {
    /// The table for a new schema: rows of methods it lacks go, methods it adds get a row to be filled in, in the order
    /// of the schema.
    public func updated(for schema: Schema) -> MethodTable {
        MethodTable(
            schema.functions.map { function in
                self[function.name]
                    ?? MethodFacts(method: function.name, usableBy: .both, location: function.location)
            }
        )
    }
}
