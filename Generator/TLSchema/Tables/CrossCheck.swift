/// Compares the names of a schema with those of the tables, one table at a time.
struct CrossCheck {
    private let schema: Schema
    private let declared: DeclaredNames
    /// What overrides may name: the schema and the service messages.
    private let overridable: [DeclaredNames]

    init(schema: Schema, serviceSchema: Schema?) {
        self.schema = schema
        declared = DeclaredNames(schema)
        overridable = [declared] + (serviceSchema.map { [DeclaredNames($0)] } ?? [])
    }

    func rows(of methods: MethodTable, errors: ErrorCatalog) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        for facts in methods.methods {
            if declared.functions[facts.method] == nil {
                diagnostics.append(
                    .error(
                        "the schema has no method '\(facts.method)', expected another name or no row at all",
                        at: facts.location
                    )
                )
            }
            for error in facts.errors where errors[error] == nil {
                diagnostics.append(
                    .error(
                        "'\(facts.method)' names the error \(quoted(error)), which the error table does not define",
                        at: facts.errorsLocation
                    )
                )
            }
        }
        return diagnostics
    }

    func methodsWithoutRow(_ methods: MethodTable) -> [Diagnostic] {
        schema.functions.filter { methods[$0.name] == nil }.map { function in
            .error("the method '\(function.name)' has no row in the method table", at: function.location)
        }
    }

    func entries(of types: TypeTable) -> [Diagnostic] {
        let subjects = TypeTable.Subject.all(of: schema)
        return types.entries.filter { !subjects.contains($0.subject) }.map { entry in
            .error("the schema has no type, constructor or field '\(entry.subject)'", at: entry.location)
        }
    }

    func entries(of history: LayerHistory) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        for entry in history.entries {
            if declared.combinator(entry.name) == nil {
                diagnostics.append(
                    .error("the schema has no constructor or method '\(entry.name)'", at: entry.location)
                )
            } else if case .exactly(let first) = entry.firstLayer, let layer = schema.layer, first > layer {
                diagnostics.append(
                    .error(
                        "'\(entry.name)' exists since layer \(first), but the schema is of layer \(layer)",
                        at: entry.location
                    )
                )
            }
        }
        return diagnostics
    }

    func namesWithoutEntry(_ history: LayerHistory) -> [Diagnostic] {
        (schema.constructors + schema.functions).filter { history[$0.name] == nil }.map { combinator in
            .error(
                "the history table does not say since which layer '\(combinator.name)' exists",
                at: combinator.location
            )
        }
    }

    func overrides(_ names: NameOverrides, errors: ErrorCatalog) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        for number in names.numbers {
            if let combinator = overridable.lazy.compactMap({ $0.combinator(number.name) }).first {
                guard CanonicalLine.number(of: combinator.canonicalLine) == combinator.number else { continue }
                diagnostics.append(
                    .error(
                        "the number of '\(number.name)' is the CRC32 of its line, expected this entry to go",
                        at: number.location
                    )
                )
            } else {
                diagnostics.append(nothing(called: number.name.description, in: "the schema", at: number.location))
            }
        }
        for override in names.errors where errors[override.subject] == nil {
            diagnostics.append(nothing(called: override.subject, in: "the error table", at: override.location))
        }
        for override in names.types where !overridable.contains(where: { $0.declares(override.subject) }) {
            diagnostics.append(nothing(called: override.subject, in: "the schema", at: override.location))
        }
        let fields = fieldNames(unlessUnused: names.fields)
        for override in names.fields where !fields.contains(override.subject) {
            diagnostics.append(nothing(called: override.subject, in: "the fields of the schema", at: override.location))
        }
        return diagnostics
    }

    private func nothing(called name: String, in place: String, at location: SourceLocation) -> Diagnostic {
        .error("this override names \(quoted(name)), but nothing in \(place) is called so", at: location)
    }

    /// `field` and `constructor.field` for every field; made only if an override asks.
    private func fieldNames(unlessUnused overrides: [NameOverrides.SwiftName]) -> Set<String> {
        guard !overrides.isEmpty else { return [] }
        var names: Set<String> = []
        for combinator in overridable.flatMap({ $0.schema.constructors + $0.schema.functions }) {
            for field in combinator.fields {
                names.insert(field.name)
                names.insert("\(combinator.name).\(field.name)")
            }
        }
        return names
    }
}

/// A schema's names, looked up many times.
private struct DeclaredNames {
    let schema: Schema
    let functions: [QualifiedName: Combinator]
    private let constructors: [QualifiedName: Combinator]

    init(_ schema: Schema) {
        self.schema = schema
        functions = Dictionary(schema.functions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        constructors = Dictionary(
            (schema.constructors + schema.builtInConstructors).map { ($0.name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    func combinator(_ name: QualifiedName) -> Combinator? {
        functions[name] ?? constructors[name]
    }

    func declares(_ text: String) -> Bool {
        let name = QualifiedName(text)
        return schema.type(named: name) != nil || combinator(name) != nil
    }
}
