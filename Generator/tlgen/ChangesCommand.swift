import TLSchema

/// `tlgen changes`: what changed from layer to layer, for the reference.
enum ChangesCommand: Command {
    static let name = "changes"
    static let summary = "collect what changed between neighbouring layers"
    static let help = """
        usage: tlgen changes OLD.tl NEW.tl... --output FILE [--names FILE]

        Compares each schema with the one before it and writes all differences as a
        table (CSV), from which the reference makes a page for each step. Schemas are
        given oldest first. 'tlgen bump' adds a step to the table of a schema folder by
        itself; this command makes it anew.

          --output FILE    where to write; '-' for standard output
          --names FILE     overrides, for schemas with numbers that are not the CRC32
                           of their line
        """
    static let valueOptions: Set<String> = ["--output", "--names"]

    static func run(_ arguments: ArgumentReader) throws -> ExitStatus {
        let output = try arguments.required("--output")
        guard arguments.positional.count >= 2 else { throw UsageError("expected at least two schemas, oldest first") }
        let names = try arguments.value("--names").map { NameOverrides.read(try Files.source($0)) }
        if let names, Console.report(names.diagnostics) { return .problems }
        let options = names?.value?.schemaOptions ?? SchemaOptions()
        let loaded = try arguments.positional.map { Schema.load([try Files.source($0)], options: options) }
        if Console.report(loaded.flatMap(\.diagnostics)) { return .problems }
        let schemas = loaded.compactMap(\.value)
        var table = ChangeTable([])
        for (path, (old, new)) in zip(arguments.positional.dropFirst(), zip(schemas, schemas.dropFirst())) {
            guard let before = old.layer, let now = new.layer, before < now else {
                throw InputError(
                    "'\(path)' does not tell a later layer than the schema before it, expected oldest first"
                )
            }
            table = table.adding(LayerDiff(old: old, new: new))
        }
        if output == "-" {
            try Console.write(table.fileText)
        } else {
            try Files.write(Array(table.fileText.utf8), to: output)
        }
        return .success
    }
}
