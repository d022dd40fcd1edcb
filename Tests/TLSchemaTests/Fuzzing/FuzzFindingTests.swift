import Foundation
import TLSchema
import Testing

/// Inputs that fuzzing has found something with, against the rules that fuzzing checks.
@Suite struct FuzzFindingTests {
    @Test(arguments: findings(of: "fuzz-schema"))
    func findingInASchemaStaysFixed(file: URL) throws {
        #expect(SchemaRules.violation(by: try bytes(of: file)) == nil)
    }

    @Test(arguments: findings(of: "fuzz-tables"))
    func findingInATableStaysFixed(file: URL) throws {
        #expect(TableRules.violation(by: try bytes(of: file)) == nil)
    }

    @Test(arguments: findings(of: "fuzz-inspect"))
    func findingOfTheInspectorStaysFixed(file: URL) throws {
        let rules = InspectionRules(schemas: [try #require(RepositorySchemas.api)])
        #expect(rules.violation(by: try bytes(of: file)) == nil)
    }

    /// What fuzzing starts from must keep the rules, and reach the parts of them that only sound inputs reach.
    @Test func soundInputsKeepTheRules() throws {
        #expect(SchemaRules.violation(by: try SchemaFiles.repository("api.tl").bytes) == nil)
        #expect(SchemaRules.violation(by: try SchemaFiles.repository("mtproto.tl").bytes) == nil)
        for (kind, name) in ["errors.json", "methods.csv", "history.csv", "names.json", "types.csv"].enumerated() {
            let table = try SchemaFiles.repository(name).bytes
            #expect(TableRules.violation(by: [UInt8(kind)] + table) == nil, "\(name)")
        }
        let api = try #require(RepositorySchemas.api)
        let rules = InspectionRules(schemas: [api])
        var sampler = ValueSampler(schema: api, seed: 1)
        for constructor in api.constructors.prefix(200) {
            #expect(rules.violation(by: [0xFF] + sampler.bytes(of: constructor)) == nil, "\(constructor.name)")
        }
    }

    private func bytes(of file: URL) throws -> [UInt8] { [UInt8](try Data(contentsOf: file)) }

    private static func findings(of target: String) -> [URL] {
        var tests = URL(filePath: #filePath)
        for _ in 0..<3 { tests.deleteLastPathComponent() }
        let folder = tests.appending(components: "Fuzz", "Findings", target)
        let files = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return (files ?? []).sorted { $0.lastPathComponent < $1.lastPathComponent }
    }
}
