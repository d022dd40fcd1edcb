import TLGenerator
import TLSchema
import Testing

/// The site of a schema of a few lines.
struct SiteSample {
    let result: Checked<ReferencePipeline.Result>
    /// The files by path.
    let files: [String: String]

    init(_ schema: String, _ tables: Sample.Tables = Sample.Tables(), changes: String? = nil, baseURL: String? = nil) {
        func source(_ name: String, _ text: String?) -> SchemaSource? {
            text.map { SchemaSource(path: name, text: $0) }
        }
        result = ReferencePipeline(baseURL: baseURL).run(
            ReferencePipeline.Inputs(
                sources: GeneratorPipeline.Inputs(
                    schema: [SchemaSource(path: "s.tl", text: schema)],
                    errors: source("errors.json", tables.errors),
                    methods: source("methods.csv", tables.methods),
                    types: source("types.csv", tables.types),
                    history: source("history.csv", tables.history),
                    names: source("names.json", tables.names)
                ),
                changes: source("changes.csv", changes)
            )
        )
        files = Dictionary(
            uniqueKeysWithValues: (result.value?.outputs ?? []).map {
                ($0.path, String(decoding: $0.bytes, as: UTF8.self))
            }
        )
    }

    /// A file that has to be there.
    func file(_ path: String) throws -> String { try #require(files[path], "there is no \(path)") }

    /// The examples of all pages.
    var examples: String { String(decoding: result.value?.examples ?? [], as: UTF8.self) }
}
