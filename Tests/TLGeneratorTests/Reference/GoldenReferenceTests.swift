import TLGenerator
import TLSchema
import Testing

/// The whole reference of the golden schema, held against what was committed, as ``GoldenTests`` does with the sources.
@Suite(.serialized) struct GoldenReferenceTests {
    private func generate() throws -> [(path: String, text: String)] {
        let inputs = ReferencePipeline.Inputs(
            sources: GeneratorPipeline.Inputs(
                schema: [try GoldenFiles.source("golden.tl")],
                errors: try GoldenFiles.source("errors.json"),
                methods: try GoldenFiles.source("methods.csv"),
                types: try GoldenFiles.source("types.csv"),
                history: try GoldenFiles.source("history.csv"),
                names: try GoldenFiles.source("names.json")
            ),
            changes: try GoldenFiles.source("changes.csv")
        )
        let checked = ReferencePipeline(module: "GoldenSources").run(inputs)
        #expect(checked.diagnostics.isEmpty)
        let result = try #require(checked.value, "\(checked.diagnostics)")
        return result.outputs.filter { !GoldenReferenceFiles.fixed.contains($0.path) }
            .map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) }
            + [("Examples.swift", String(decoding: result.examples, as: UTF8.self))]
    }

    @Test func pagesAreTheCommittedOnes() throws {
        let files = try generate()
        if GoldenFiles.isUpdating { try GoldenReferenceFiles.replace(with: files) }
        #expect(try GoldenReferenceFiles.committedPaths() == files.map(\.path).sorted())
        for file in files {
            let committed = GoldenReferenceFiles.committed(file.path)
            let difference = UnifiedDiff.text(from: committed, to: file.text, name: file.path)
            if difference.isEmpty { continue }
            Issue.record("run the tests with UPDATE_GOLDEN=1 and review the change if it is intended:\n\(difference)")
        }
    }

    @Test func everyRunGivesTheSameBytes() throws {
        let first = try generate()
        for _ in 0..<3 {
            let again = try generate()
            #expect(first.map(\.path) == again.map(\.path))
            #expect(first.map(\.text) == again.map(\.text))
        }
    }
}
