import TLGenerator
import TLSchema

/// `tlgen generate`: schema and tables to Swift files.
enum GenerateCommand: Command {
    static let name = "generate"
    static let summary = "write Swift sources for a schema"
    static let help = """
        usage: tlgen generate --schema FILE... --output DIR [options]
               tlgen generate --config FILE [--target NAME] --output DIR [--stats]

        Writes the Swift form of a schema into a folder. Nothing is written when an
        input has a problem.

          --schema FILE...    TL schema files, read as one schema
          --output DIR        folder for the generated files; made if missing
          --errors FILE       error definitions (JSON): generates a class for each
          --methods FILE      method table (CSV): summaries, who may call, errors
          --types FILE        sentences about types and fields (CSV), for documentation
          --history FILE      first layer of each name (CSV), for documentation
          --names FILE        overrides of names and numbers (JSON)
          --root NAME         enum that holds everything, 'TL' unless given
          --access LEVEL      public (unless given), package or internal
          --config FILE       read all of the above from a configuration file; one that
                              says "reference": true writes the HTML reference into the
                              folder 'Reference' beside the sources, too
          --target NAME       which entry of it; needed if it has several
          --planned NAME...   for build systems, with --config: the names of the inputs
                              and outputs they reckon with; if the configuration has
                              others by now, nothing is written
          --stats             print one line of JSON about the run on standard output
        """
    static let valueOptions: Set<String> = [
        "--schema", "--output", "--errors", "--methods", "--types", "--history", "--names", "--root", "--access",
        "--config",
        "--target", "--planned",
    ]
    static let listOptions: Set<String> = ["--schema", "--planned"]
    static let switches: Set<String> = ["--stats"]

    static func run(_ arguments: ArgumentReader) throws -> ExitStatus {
        let clock = RunClock()
        _ = try arguments.positional([])
        let output = try arguments.required("--output")
        let target = try target(arguments)
        let inputs = try target.inputs()
        let checked = GeneratorPipeline(target.configuration).run(inputs)
        let site = try site(of: target, inputs)
        // Both read the same inputs, and find the same in them.
        let found = checked.diagnostics + (site?.diagnostics ?? []).filter { !checked.diagnostics.contains($0) }
        guard !Console.report(found), let result = checked.value else { return .problems }
        try Files.makeFolder(output)
        for file in result.outputs { try Files.write(file.bytes, to: "\(output)/\(file.name)") }
        if let site = site?.value {
            let folder = SiteFolder(path: "\(output)/\(GeneratorConfiguration.referenceFolder)")
            try folder.write(site)
            try folder.removeLeftovers(of: site)
        }
        if arguments.has("--stats") { try Console.print(statistics(result, pages: site?.value?.pageCount ?? 0, clock)) }
        return .success
    }

    /// The reference, if the configuration asks for it.
    private static func site(
        of target: ConfiguredTarget,
        _ inputs: GeneratorPipeline.Inputs
    ) throws -> Checked<ReferencePipeline.Result>? {
        guard target.configuration.reference else { return nil }
        let pipeline = ReferencePipeline(root: target.configuration.root, module: target.name ?? "")
        return pipeline.run(ReferencePipeline.Inputs(sources: inputs, changes: try target.changes()))
    }

    /// From the configuration file, or from single options.
    private static func target(_ arguments: ArgumentReader) throws -> ConfiguredTarget {
        guard let file = try arguments.value("--config") else { return try targetOfOptions(arguments) }
        for option in ["--schema", "--errors", "--methods", "--types", "--history", "--names", "--root", "--access"]
        where !arguments.list(option).isEmpty {
            throw UsageError("option '\(option)' does not go with '--config', which says all of it")
        }
        let target = try ConfiguredTargets(file: file).target(try arguments.value("--target"))
        let planned = arguments.list("--planned")
        guard planned.isEmpty || planned == target.configuration.inputs + target.configuration.outputs else {
            // Otherwise old outputs would be compiled in place of new ones, and nobody would notice.
            throw InputError(
                "'\(file)' has other inputs or outputs than when this build was planned, expected 'touch Package.swift' "
                    + "before the next build, so that it is planned anew"
            )
        }
        return target
    }

    private static func targetOfOptions(_ arguments: ArgumentReader) throws -> ConfiguredTarget {
        let schema = arguments.list("--schema")
        if schema.isEmpty { throw UsageError("option '--schema' or '--config' is missing") }
        for option in ["--target", "--planned"] where !arguments.list(option).isEmpty {
            throw UsageError("option '\(option)' goes with '--config'")
        }
        let accessText = try arguments.value("--access") ?? "public"
        guard let access = GeneratorConfiguration.Access(rawValue: accessText) else {
            throw UsageError("'--access' is '\(accessText)', expected public, package or internal")
        }
        let configuration = GeneratorConfiguration(
            schema: schema,
            errors: try arguments.value("--errors"),
            methods: try arguments.value("--methods"),
            types: try arguments.value("--types"),
            history: try arguments.value("--history"),
            names: try arguments.value("--names"),
            root: try arguments.value("--root") ?? "TL",
            access: access
        )
        if let problem = configuration.problem { throw UsageError(problem) }
        return ConfiguredTarget(name: nil, configuration: configuration, folder: nil)
    }

    private static func statistics(_ result: GeneratorPipeline.Result, pages: Int, _ clock: RunClock) -> String {
        let schema = result.schema
        let builtInTypes = Set(schema.builtInConstructors.map(\.result)).count
        let fields: [(String, String)] = [
            ("layer", schema.layer.map(String.init) ?? "null"),
            ("types", "\(schema.types.count + builtInTypes)"),
            ("constructors", "\(schema.constructors.count + schema.builtInConstructors.count)"),
            ("functions", "\(schema.functions.count)"),
            ("errors", "\(result.errorCount)"),
            ("files", "\(result.outputs.count)"),
            ("bytes", "\(result.outputs.reduce(0) { $0 + $1.bytes.count })"),
            ("pages", "\(pages)"),
            ("seconds", clock.seconds),
            ("cpuSeconds", clock.cpuSeconds),
        ]
        return "{" + fields.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ") + "}"
    }
}
