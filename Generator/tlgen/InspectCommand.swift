import TLSchema

/// `tlgen inspect`: what a run of bytes says.
enum InspectCommand: Command {
    static let name = "inspect"
    static let summary = "print an encoded value"
    static let help = """
        usage: tlgen inspect HEX [--schema FILE]... [--names FILE]

        Prints any encoded constructor or function as readable TL, using the schema
        alone.

          HEX              the bytes in hex digits, with any spaces and line breaks;
                           '-' for standard input, as in 'xxd -p FILE | tlgen inspect -'
          --schema FILE    a schema to look numbers up in, may be given several times;
                           'Schema/api.tl' and 'Schema/mtproto.tl' unless given
          --names FILE     overrides, for schemas with numbers that are not the CRC32
                           of their line; 'Schema/names.json' unless a schema is given
        """
    static let valueOptions: Set<String> = ["--schema", "--names"]

    static func run(_ arguments: ArgumentReader) throws -> ExitStatus {
        let argument = try arguments.positional(["HEX"])[0]
        let digits = argument == "-" ? try Files.bytes("-") : Array(argument.utf8)
        let bytes = try HexDigits.bytes(of: digits)
        let given = arguments.list("--schema")
        let schemaPaths = given.isEmpty ? ["Schema/api.tl", "Schema/mtproto.tl"] : given
        let namesPath = try arguments.value("--names") ?? (given.isEmpty ? "Schema/names.json" : nil)

        let names = try namesPath.map { NameOverrides.read(try Files.source($0)) }
        if let names, Console.report(names.diagnostics) { return .problems }
        let options = names?.value?.schemaOptions ?? SchemaOptions()
        // One schema each: the service schema and the API may use a name twice.
        let schemas = try schemaPaths.map { Schema.load([try Files.source($0)], options: options) }
        if Console.report(schemas.flatMap(\.diagnostics)) { return .problems }
        do {
            let result = try ValueDecoder(schemas: schemas.compactMap(\.value)).decode(bytes)
            try Console.print(TLValuePrinter().text(of: result.value))
            if result.trailingCount > 0 {
                throw InputError(
                    "\(result.trailingCount) of \(bytes.count) bytes are left after the value, expected none"
                )
            }
        } catch let error as ValueDecodingError {
            throw InputError(error.description)
        }
        return .success
    }
}
