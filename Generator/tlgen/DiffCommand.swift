import TLSchema

/// `tlgen diff`: what changes for users between two schemas.
enum DiffCommand: Command {
    static let name = "diff"
    static let summary = "show what changes between two schemas"
    static let help = """
        usage: tlgen diff OLD.tl NEW.tl [--format FORMAT] [--methods FILE]
                          [--names FILE]

        Lists what was added, removed, changed and renumbered, and says which changes
        break the source of Swift programs and which only change behavior.
        Differences are no failure: the exit code is 0.

          --format FORMAT    text (unless given), markdown for a change log, json for
                             programs
          --methods FILE     method table: also tells which friendly methods are
                             touched
          --names FILE       overrides, for schemas with numbers that are not the CRC32
                             of their line
        """
    static let valueOptions: Set<String> = ["--format", "--methods", "--names"]

    static func run(_ arguments: ArgumentReader) throws -> ExitStatus {
        let paths = try arguments.positional(["OLD.tl", "NEW.tl"])
        let format = try arguments.value("--format") ?? "text"
        guard ["text", "markdown", "json"].contains(format) else {
            throw UsageError("'--format' is '\(format)', expected text, markdown or json")
        }
        let names = try arguments.value("--names").map { NameOverrides.read(try Files.source($0)) }
        if let names, Console.report(names.diagnostics) { return .problems }
        let options = names?.value?.schemaOptions ?? SchemaOptions()
        let methods = try arguments.value("--methods").map { MethodTable.read(try Files.source($0)) }
        let old = Schema.load([try Files.source(paths[0])], options: options)
        let new = Schema.load([try Files.source(paths[1])], options: options)
        if Console.report((methods?.diagnostics ?? []) + old.diagnostics + new.diagnostics) { return .problems }
        guard let old = old.value, let new = new.value else { return .problems }
        let diff = LayerDiff(old: old, new: new, methods: methods?.value)
        switch format {
        case "markdown": try Console.print(diff.markdown)
        case "json": try Console.print(diff.json)
        default: try Console.print(diff.text)
        }
        return .success
    }
}
