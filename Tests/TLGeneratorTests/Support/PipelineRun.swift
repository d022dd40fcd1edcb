import TLGenerator
import TLSchema

/// Runs the whole generator over text.
struct PipelineRun {
    let result: Checked<GeneratorPipeline.Result>

    init(
        _ schema: String,
        _ tables: Sample.Tables = Sample.Tables(),
        configuration: GeneratorConfiguration = GeneratorConfiguration(schema: ["s.tl"])
    ) {
        func source(_ name: String, _ text: String?) -> SchemaSource? {
            text.map { SchemaSource(path: name, text: $0) }
        }
        result = GeneratorPipeline(configuration).run(
            GeneratorPipeline.Inputs(
                schema: [SchemaSource(path: "s.tl", text: schema)],
                errors: source("errors.json", tables.errors),
                methods: source("methods.csv", tables.methods),
                types: source("types.csv", tables.types),
                history: source("history.csv", tables.history),
                names: source("names.json", tables.names)
            )
        )
    }

    /// What is reported, a line for each finding.
    var findings: [String] { result.diagnostics.map(\.description) }

    /// Whether nothing came out.
    var isRefused: Bool { result.value == nil }

    /// The files by name.
    var files: [String: String] {
        let outputs = result.value?.outputs ?? []
        return Dictionary(uniqueKeysWithValues: outputs.map { ($0.name, String(decoding: $0.bytes, as: UTF8.self)) })
    }
}
