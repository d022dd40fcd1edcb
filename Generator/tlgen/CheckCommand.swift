import TLGenerator
import TLSchema

/// `tlgen check`: everything that can be wrong with a schema folder.
enum CheckCommand: Command {
    static let name = "check"
    static let summary = "check a schema folder and its tables"
    static let help = """
        usage: tlgen check [--schema-dir DIR] [--allow-undescribed]

        Checks api.tl, mtproto.tl, errors.json, methods.csv, types.csv, history.csv
        and names.json, each by itself and against the others, changes.csv if there is
        one, and, if there is a tlgen.json, whether each of its targets can be
        generated. Shows every problem as path:line:column.

          --schema-dir DIR       the folder, 'Schema' unless given
          --allow-undescribed    errors, methods and types need no description
        """
    static let valueOptions: Set<String> = ["--schema-dir"]
    static let switches: Set<String> = ["--allow-undescribed"]

    static func run(_ arguments: ArgumentReader) throws -> ExitStatus {
        _ = try arguments.positional([])
        let folder = try SchemaFolder(path: try arguments.value("--schema-dir") ?? "Schema")
        if let interruption = FileReplacement(folder: folder.path).interruption { throw InputError(interruption) }
        try folder.expect([
            "api.tl", "mtproto.tl", "errors.json", "methods.csv", "types.csv", "history.csv", "names.json",
        ])
        let tables = try checkTables(of: folder, allowUndescribed: arguments.has("--allow-undescribed"))
        if Console.report(tables.diagnostics) { return .problems }
        let known = Set(tables.diagnostics)
        if Console.report(try checkTargets(of: folder).filter { !known.contains($0) }) { return .problems }
        if let summary = tables.value { try Console.print("\(folder.path): \(summary), no problems") }
        return .success
    }

    /// Each table by itself and against the others, and what they hold in a few words.
    private static func checkTables(of folder: SchemaFolder, allowUndescribed: Bool) throws -> Checked<String> {
        var diagnostics: [Diagnostic] = []
        func take<Value>(_ checked: Checked<Value>) -> Value? {
            diagnostics += checked.diagnostics
            return checked.value
        }
        let names = take(NameOverrides.read(try folder.source("names.json")))
        let errors = take(ErrorCatalog.read(try folder.source("errors.json")))
        let methods = take(MethodTable.read(try folder.source("methods.csv")))
        let types = take(TypeTable.read(try folder.source("types.csv")))
        let history = take(LayerHistory.read(try folder.source("history.csv")))
        if Files.exists(folder.path(of: "changes.csv")) {
            _ = take(ChangeTable.read(try folder.source("changes.csv")))
        }
        // Without the overrides, numbers that are right would be called wrong.
        guard let names else { return Checked(nil, diagnostics: diagnostics) }
        let api = take(Schema.load([try folder.source("api.tl")], options: names.schemaOptions))
        let service = take(Schema.load([try folder.source("mtproto.tl")], options: names.schemaOptions))
        guard let api, let service, let errors, let methods, let types, let history else {
            return Checked(nil, diagnostics: diagnostics)
        }
        diagnostics += SchemaChecker.check(
            schema: api,
            serviceSchema: service,
            errors: errors,
            methods: methods,
            types: types,
            history: history,
            names: names,
            allowUndescribed: allowUndescribed
        )
        let layer = api.layer.map { "layer \($0)" } ?? "no layer"
        return Checked(
            "\(layer), \(api.functions.count) methods, \(errors.definitions.count) errors",
            diagnostics: diagnostics
        )
    }

    /// What the generation of each configured target would complain about.
    private static func checkTargets(of folder: SchemaFolder) throws -> [Diagnostic] {
        let file = folder.path(of: "tlgen.json")
        guard Files.exists(file) else { return [] }
        let targets = try ConfiguredTargets(file: file)
        var diagnostics: [Diagnostic] = []
        for name in targets.names {
            let target = try targets.target(name)
            for diagnostic in GeneratorPipeline(target.configuration).run(try target.inputs()).diagnostics
            where !diagnostics.contains(diagnostic) {
                diagnostics.append(diagnostic)
            }
        }
        return diagnostics
    }
}
