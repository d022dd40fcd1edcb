import TLGenerator
import TLSchema

/// `tlgen reference`: a schema folder to a site.
enum ReferenceCommand: Command {
    static let name = "reference"
    static let summary = "write the HTML reference of a schema folder"
    static let help = """
        usage: tlgen reference --output DIR [--schema-dir DIR] [--base-url URL]
                               [--examples FILE] [--stats]

        Writes a page for each method, type, constructor, namespace, error and family
        of errors, indexes, what changed between layers, and a search. The pages need
        no server and ask nothing of the network. Files of an earlier run that are not
        written again stay: give an empty folder for a site without leftovers.

          --output DIR        folder for the site; made if missing
          --schema-dir DIR    the schema folder, 'Schema' unless given
          --base-url URL      where the site will be found: each page names its own
                              address, and there is a sitemap.txt
          --examples FILE     also writes the examples of all pages into one Swift file,
                              to be compiled against the module TelegramAPI
          --root NAME         enum that holds everything, 'TL' unless given
          --module NAME       module of the types, 'TelegramAPI' unless given
          --stats             print one line of JSON about the run on standard output
        """
    static let valueOptions: Set<String> = [
        "--output", "--schema-dir", "--base-url", "--examples", "--root", "--module",
    ]
    static let switches: Set<String> = ["--stats"]

    static func run(_ arguments: ArgumentReader) throws -> ExitStatus {
        let clock = RunClock()
        _ = try arguments.positional([])
        let output = try arguments.required("--output")
        let folder = try SchemaFolder(path: try arguments.value("--schema-dir") ?? "Schema")
        try folder.expect(["api.tl", "errors.json", "methods.csv", "types.csv", "history.csv", "names.json"])
        let pipeline = ReferencePipeline(
            root: try arguments.value("--root") ?? "TL",
            module: try arguments.value("--module") ?? "TelegramAPI",
            baseURL: try baseURL(arguments)
        )
        let checked = pipeline.run(try inputs(of: folder))
        guard !Console.report(checked.diagnostics), let result = checked.value else { return .problems }
        try SiteFolder(path: output).write(result)
        if let examples = try arguments.value("--examples") { try Files.write(result.examples, to: examples) }
        if arguments.has("--stats") { try Console.print(statistics(result, clock)) }
        return .success
    }

    private static func inputs(of folder: SchemaFolder) throws -> ReferencePipeline.Inputs {
        let changes = Files.exists(folder.path(of: "changes.csv")) ? try folder.source("changes.csv") : nil
        return ReferencePipeline.Inputs(
            sources: GeneratorPipeline.Inputs(
                schema: [try folder.source("api.tl")],
                errors: try folder.source("errors.json"),
                methods: try folder.source("methods.csv"),
                types: try folder.source("types.csv"),
                history: try folder.source("history.csv"),
                names: try folder.source("names.json")
            ),
            changes: changes
        )
    }

    private static func baseURL(_ arguments: ArgumentReader) throws -> String? {
        guard let url = try arguments.value("--base-url") else { return nil }
        guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
            throw UsageError("'--base-url' is '\(url)', expected an address such as 'https://example.org/reference'")
        }
        return url
    }

    private static func statistics(_ result: ReferencePipeline.Result, _ clock: RunClock) -> String {
        let pages = result.outputs.prefix(result.pageCount)
        let fields: [(String, String)] = [
            ("pages", "\(result.pageCount)"),
            ("bytes", "\(result.outputs.reduce(0) { $0 + $1.bytes.count })"),
            ("largestPage", "\(pages.map(\.bytes.count).max() ?? 0)"),
            ("seconds", clock.seconds),
            ("cpuSeconds", clock.cpuSeconds),
        ]
        return "{" + fields.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ") + "}"
    }
}
