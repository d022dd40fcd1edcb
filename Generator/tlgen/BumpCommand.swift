import TLGenerator
import TLSchema

/// `tlgen bump`: a new layer into a schema folder.
enum BumpCommand: Command {
    static let name = "bump"
    static let summary = "take over a new schema into a schema folder"
    static let help = """
        usage: tlgen bump NEW.tl [--schema-dir DIR] [--layer N]

        Checks the new schema as a build would, then writes api.tl, methods.csv,
        types.csv, history.csv and, if there is one, changes.csv: descriptions are
        kept, new methods get an empty row.
        Prints what changes as Markdown for the change log on standard output, and
        lists what waits for a description on standard error. All files are replaced,
        or none: a schema with a problem, a disk that is full or a file that cannot be
        replaced changes nothing. Nor does the same schema a second time.

          NEW.tl              the new schema in any spelling and order; '-' for
                              standard input
          --schema-dir DIR    the folder, 'Schema' unless given
          --layer N           the layer, if the schema does not tell it

        As a command of the package manager, where the folder is 'Schema' in the
        package:

          swift package --allow-writing-to-package-directory bump-layer NEW.tl
        """
    static let valueOptions: Set<String> = ["--schema-dir", "--layer"]

    static func run(_ arguments: ArgumentReader) throws -> ExitStatus {
        let path = try arguments.positional(["NEW.tl"])[0]
        let layer = try arguments.layer()
        let folder = try SchemaFolder(path: try arguments.value("--schema-dir") ?? "Schema")
        try folder.expect(["api.tl", "methods.csv", "types.csv", "history.csv", "names.json", "errors.json"])
        let current = LayerBump.Folder(
            schema: try folder.source("api.tl"),
            methods: try folder.source("methods.csv"),
            types: try folder.source("types.csv"),
            history: try folder.source("history.csv"),
            names: try folder.source("names.json"),
            changes: Files.exists(folder.path(of: "changes.csv")) ? try folder.source("changes.csv") : nil
        )
        let source = try Files.source(path)
        let plan = LayerBump.plan(source, layer: layer, folder: current)
        guard !Console.report(plan.diagnostics), let bump = plan.value else { return .problems }
        if Console.report(try problems(of: bump, from: source, in: folder, known: plan.diagnostics)) {
            return .problems
        }

        // The schema last, since it is what a build looks at: if the process ends in between, the old layer still
        // builds.
        let texts = [
            ("methods.csv", bump.methodsText), ("types.csv", bump.typesText), ("history.csv", bump.historyText),
            ("changes.csv", bump.changesText), ("api.tl", bump.schemaText),
        ]
        let replaced = try FileReplacement(folder: folder.path).replace(
            texts.compactMap { name, text in text.map { (name, Array($0.utf8)) } }
        )
        try Console.print(bump.diff.markdown)
        Console.note(replaced.isEmpty ? "nothing to write" : "written: \(replaced.joined(separator: ", "))")
        if !bump.undescribed.isEmpty {
            Console.note("new methods whose rows in '\(folder.path(of: "methods.csv"))' wait for facts and a summary:")
            Console.note(bump.undescribed.map { "  \($0)" }.joined(separator: "\n"))
        }
        if !bump.undescribedTypes.isEmpty {
            Console.note("new types and constructors that '\(folder.path(of: "types.csv"))' says nothing about:")
            Console.note(bump.undescribedTypes.map { "  \($0)" }.joined(separator: "\n"))
        }
        return .success
    }

    /// What a build of the new folder would complain about, beyond what is known.
    ///
    /// It reads the schema as it came, so that lines and columns are those of the file that somebody has to correct.
    private static func problems(
        of bump: LayerBump,
        from schema: SchemaSource,
        in folder: SchemaFolder,
        known: [Diagnostic]
    ) throws -> [Diagnostic] {
        func source(_ name: String, _ text: String) -> SchemaSource {
            SchemaSource(path: folder.path(of: name), bytes: Array(text.utf8))
        }
        let inputs = GeneratorPipeline.Inputs(
            schema: [schema],
            errors: try folder.source("errors.json"),
            methods: source("methods.csv", bump.methodsText),
            types: source("types.csv", bump.typesText),
            history: source("history.csv", bump.historyText),
            names: try folder.source("names.json")
        )
        let known = Set(known)
        return GeneratorPipeline(GeneratorConfiguration(schema: [schema.path])).run(inputs).diagnostics
            .filter { !known.contains($0) }
    }
}
