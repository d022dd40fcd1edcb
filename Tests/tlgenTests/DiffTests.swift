import Foundation
import Testing

@Suite struct DiffTests {
    private func diff(_ arguments: String...) async throws -> Tool.Outcome {
        try await Tool.run(["diff", "Schema/api.tl", "new.tl"] + arguments, in: Market.folder())
    }

    @Test func textIsForTerminals() async throws {
        let outcome = try await diff()
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        #expect(outcome.output.contains("\n  removed function market.sell"))
        #expect(outcome.output.contains("\n  added constructor plum"))
        #expect(try await diff("--format", "text") == outcome)
    }

    @Test func markdownIsForChangeLogs() async throws {
        let outcome = try await diff("--format", "markdown")
        #expect(outcome.status == 0)
        #expect(outcome.output.hasPrefix("### "))
        #expect(outcome.output.contains("\n- Removed function `market.sell`"))
    }

    @Test func jsonIsForPrograms() async throws {
        let outcome = try await diff("--format=json")
        #expect(outcome.status == 0)
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        #expect(object?["from"] as? Int == 7)
        #expect(object?["to"] as? Int == 8)
        let changes = try #require(object?["changes"] as? [[String: Any]])
        #expect(changes.count == 4)
    }

    @Test func methodTableTellsFriendlyMethods() async throws {
        #expect(try await !diff().output.contains("Friendly methods touched"))
        let outcome = try await diff("--methods", "Schema/methods.csv")
        #expect(outcome.output.contains("Friendly methods touched\n  sell: market.sell\n"))
    }

    @Test func sameSchemaHasNoDifferences() async throws {
        let folder = try Market.folder()
        let outcome = try await Tool.run("diff", "new.tl", "new.tl", "--format", "json", in: folder)
        #expect(outcome.status == 0)
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        #expect((object?["changes"] as? [Any])?.isEmpty == true)
    }

    @Test func mistakesOfBothSchemasAreShown() async throws {
        let folder = try Scratch(["old.tl": "a = A", "new.tl": "a x:Nope = A;"])
        let outcome = try await Tool.run("diff", "old.tl", "new.tl", in: folder)
        #expect(outcome.status == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errorLines.count == 2)
        #expect(outcome.errorLines.first?.hasPrefix("old.tl:1:6: error: ") == true)
        #expect(outcome.errorLines.last?.hasPrefix("new.tl:1:5: error: ") == true)
    }

    @Test func oneSchemaMayComeFromStandardInput() async throws {
        let folder = try Market.folder()
        let outcome = try await Tool.run("diff", "Schema/api.tl", "-", in: folder, input: folder.bytes("new.tl"))
        #expect(try await outcome == diff())
    }
}
