import TLSchema

/// `tlgen import`: any spelling of a schema to the normalised one.
enum ImportCommand: Command {
    static let name = "import"
    static let summary = "normalise a schema: order, numbers, comments"
    static let help = """
        usage: tlgen import RAW.tl --output FILE [--layer N] [--names FILE]

        Writes a schema in the form that is kept: ordered by namespace and type, one
        declaration a line, numbers with eight hex digits. Importing the result again
        changes nothing. Nothing is written when the schema has a problem.

          --output FILE    where to write; '-' for standard output
          --layer N        the layer, if the schema does not tell it
          --names FILE     overrides, for schemas with numbers that are not the CRC32
                           of their line
        """
    static let valueOptions: Set<String> = ["--output", "--layer", "--names"]

    static func run(_ arguments: ArgumentReader) throws -> ExitStatus {
        let path = try arguments.positional(["RAW.tl"])[0]
        let output = try arguments.required("--output")
        let layer = try arguments.layer()
        let names = try arguments.value("--names").map { NameOverrides.read(try Files.source($0)) }
        if let names, Console.report(names.diagnostics) { return .problems }
        let text = SchemaImporter.normalise(
            try Files.source(path),
            layer: layer,
            options: names?.value?.schemaOptions ?? SchemaOptions()
        )
        guard !Console.report(text.diagnostics), let text = text.value else { return .problems }
        if output == "-" {
            try Console.write(text)
        } else {
            try Files.write(Array(text.utf8), to: output)
        }
        return .success
    }
}
