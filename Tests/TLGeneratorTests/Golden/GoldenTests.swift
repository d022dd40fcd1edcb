import TLGenerator
import TLSchema
import Testing

/// The committed sources are compiled and used by the target `GoldenSourcesTests`; here they are held against the
/// generator.
@Suite(.serialized) struct GoldenTests {
    /// All files of a client and of a server, which the golden target has in one module.
    static func generate() throws -> [(name: String, text: String)] {
        let inputs = GeneratorPipeline.Inputs(
            schema: [try GoldenFiles.source("golden.tl")],
            errors: try GoldenFiles.source("errors.json"),
            methods: try GoldenFiles.source("methods.csv"),
            types: try GoldenFiles.source("types.csv"),
            history: try GoldenFiles.source("history.csv"),
            names: try GoldenFiles.source("names.json")
        )
        return try [GeneratorConfiguration.Contents.sdk, .functionDecoders].flatMap { contents in
            let configuration = GeneratorConfiguration(schema: ["golden.tl"], contents: contents, shards: 2)
            let checked = GeneratorPipeline(configuration).run(inputs)
            #expect(checked.diagnostics.isEmpty)
            let result = try #require(checked.value, "\(checked.diagnostics)")
            #expect(result.outputs.map(\.name) == configuration.outputs)
            return result.outputs.map { ($0.name, String(decoding: $0.bytes, as: UTF8.self)) }
        }
    }

    @Test func generatedSourcesAreTheCommittedOnes() throws {
        let files = try Self.generate()
        if GoldenFiles.isUpdating { try GoldenFiles.replace(with: files) }
        #expect(try GoldenFiles.committedNames() == files.map(\.name).sorted())
        for file in files {
            let difference = UnifiedDiff.text(from: GoldenFiles.committed(file.name), to: file.text, name: file.name)
            if difference.isEmpty { continue }
            Issue.record("run the tests with UPDATE_GOLDEN=1 and review the change if it is intended:\n\(difference)")
        }
    }

    /// Sets and dictionaries are ordered anew in each process, so the comparison above tests this a second time.
    @Test func everyRunGivesTheSameBytes() throws {
        let first = try Self.generate()
        for _ in 0..<5 {
            let again = try Self.generate()
            #expect(first.map(\.name) == again.map(\.name))
            #expect(first.map(\.text) == again.map(\.text))
        }
    }

    @Test func anotherCommentInTheSchemaChangesNothing() throws {
        let source = try GoldenFiles.source("golden.tl")
        func outputs(_ bytes: [UInt8]) throws -> [GeneratorPipeline.Output] {
            let inputs = GeneratorPipeline.Inputs(
                schema: [SchemaSource(path: "golden.tl", bytes: bytes)],
                names: try GoldenFiles.source("names.json")
            )
            let checked = GeneratorPipeline(GeneratorConfiguration(schema: ["golden.tl"])).run(inputs)
            return try #require(checked.value, "\(checked.diagnostics)").outputs
        }
        #expect(try outputs(source.bytes) == outputs(Array("// Hello.\r\n\n".utf8) + source.bytes))
    }

    /// The doc comments, not the code, keep within the width that the formatter allows.
    @Test func noCommentIsWiderThan120Columns() throws {
        for file in try Self.generate() {
            for line in file.text.split(separator: "\n") where line.drop(while: { $0 == " " }).hasPrefix("///") {
                #expect(line.utf8.count <= 120, "\(file.name): \(line)")
            }
        }
    }
}
