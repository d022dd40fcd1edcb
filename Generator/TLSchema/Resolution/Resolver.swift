/// Looks up every name, checks every number, and builds the model.
///
/// It goes on behind each mistake with what is left, and keeps quiet about what only follows from an earlier one.
struct Resolver {
    let files: [SchemaSyntax]
    var findings: Findings
    private(set) var table: DeclarationTable
    /// Names that a declaration with a syntax error may have declared.
    let unreadableNames: Set<QualifiedName>

    private var numbers: NumberCheck

    init(files: [SchemaSyntax], options: SchemaOptions, findings: Findings) {
        self.files = files
        self.findings = findings
        table = DeclarationTable(files, findings: &self.findings)
        unreadableNames = files.reduce(into: []) { $0.formUnion($1.unreadableNames) }
        let listed = files.flatMap { $0.knownNumbers.map(\.name) }
        numbers = NumberCheck(knownNumbers: options.knownNumbers.union(listed))
    }

    /// The schema; without meaning if there are errors in ``findings``.
    mutating func resolve() -> Schema? {
        guard files.contains(where: { !$0.declarations.isEmpty }) else {
            if !findings.hasErrors {
                let start = files.first.map { SourceLocation(path: $0.path, line: 1, column: 1) }
                findings.error("schema is empty; expected at least one declaration", at: start)
            }
            return nil
        }
        let layer = layer()
        let builtIns = table.builtIns.compactMap { builtIn($0) }
        var constructors: [Combinator] = []
        constructors.reserveCapacity(table.constructors.count)
        for declaration in table.constructors where !findings.isFull {
            constructors.append(combinator(declaration))
        }
        var functions: [Combinator] = []
        functions.reserveCapacity(table.functions.count)
        for declaration in table.functions where !findings.isFull {
            functions.append(combinator(declaration))
        }
        if findings.isFull { return nil }
        numbers.reportSuperfluous(files.flatMap(\.knownNumbers), unreadable: unreadableNames, findings: &findings)

        let types = table.types.map { type in
            TypeDefinition(name: type.name, constructors: type.constructors.map { constructors[$0] })
        }
        if unreadableNames.isEmpty { FiniteValueCheck(types).report(to: &findings) }
        return Schema(layer: layer, types: types, functions: functions, builtInConstructors: builtIns)
    }

    private mutating func layer() -> Int? {
        let directives = files.compactMap(\.layer)
        guard let first = directives.first else { return nil }
        for other in directives.dropFirst() where other.number != first.number {
            findings.error(
                "layer \(other.number) contradicts layer \(first.number); all files of a schema have the same layer",
                at: other.location,
                notes: [.note("layer \(first.number) is declared here", at: first.location)]
            )
        }
        return first.number
    }

    private mutating func combinator(_ declaration: DeclarationSyntax) -> Combinator {
        checkTypeParameters(of: declaration)
        let line = CanonicalLine.text(of: declaration)
        let number = numbers.number(of: declaration, line: line, findings: &findings)
        let fields = fields(of: declaration)
        // A result that cannot be resolved has been reported; what stands here in its place is never seen.
        let result = reference(declaration.result, in: declaration, place: .result) ?? .bool
        return Combinator(
            kind: declaration.kind,
            name: declaration.name,
            number: number,
            typeParameters: declaration.typeParameters.map(\.name),
            fields: fields,
            result: result,
            canonicalLine: line,
            location: declaration.location
        )
    }

    /// The declaration of a scalar without a number declares no constructor that could be on the wire.
    private mutating func builtIn(_ declaration: DeclarationSyntax) -> Combinator? {
        if declaration.builtInBody != nil, declaration.number == nil { return nil }
        let line = CanonicalLine.text(of: declaration)
        let number = numbers.number(of: declaration, line: line, findings: &findings)
        var typeName = declaration.result.description
        if case .applied(let name, _) = declaration.result.form { typeName = name.description }
        return Combinator(
            kind: .constructor,
            name: declaration.name,
            number: number,
            fields: [],
            result: typeName == "Bool" ? .bool : .boxed(QualifiedName(namespace: nil, name: typeName)),
            canonicalLine: line,
            location: declaration.location
        )
    }
}
