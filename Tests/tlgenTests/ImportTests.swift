import Foundation
import TLSchema
import Testing

@Suite struct ImportTests {
    @Test func importingTheResultChangesNothing() async throws {
        let folder = try Market.folder()
        #expect(try await Tool.run("import", "new.tl", "--output", "once.tl", in: folder).status == 0)
        #expect(try await Tool.run("import", "once.tl", "--output", "twice.tl", in: folder).status == 0)
        #expect(try folder.bytes("once.tl") == folder.bytes("twice.tl"))
        #expect(try folder.bytes("once.tl") != folder.bytes("new.tl"))
    }

    @Test func schemasOfTheRepositoryAreNormalised() async throws {
        let folder = try Repository.schemaFolder()
        for name in ["api.tl", "mtproto.tl"] {
            let outcome = try await Tool.run(
                "import",
                "Schema/\(name)",
                "--output",
                "-",
                "--names",
                "Schema/names.json",
                in: folder
            )
            #expect(outcome.status == 0)
            #expect(try outcome.output == folder.text("Schema/\(name)"))
        }
    }

    @Test func readsStandardInput() async throws {
        let folder = try Market.folder()
        let fromFile = try await Tool.run("import", "new.tl", "--output", "-", in: folder)
        let fromInput = try await Tool.run("import", "-", "--output", "-", in: Scratch(), input: folder.bytes("new.tl"))
        #expect(fromFile.status == 0)
        #expect(fromInput == fromFile)
        let broken = try await Tool.run("import", "-", "--output", "-", in: Scratch(), input: Array("a = A".utf8))
        #expect(broken.status == 1)
        #expect(broken.errors.hasPrefix("<stdin>:1:6: error: "))
    }

    @Test func layerOfTheOptionIsWritten() async throws {
        let folder = try Scratch(["s.tl": "a = A;"])
        let outcome = try await Tool.run("import", "s.tl", "--output", "-", "--layer", "12", in: folder)
        #expect(outcome.output.hasSuffix("// LAYER 12\n"))
    }

    @Test func layerMustNotContradictTheSchema() async throws {
        let folder = try Scratch(["s.tl": "a = A;\n// LAYER 3"])
        let outcome = try await Tool.run("import", "s.tl", "--output", "o.tl", "--layer", "4", in: folder)
        #expect(outcome.status == 1)
        #expect(outcome.errors == "s.tl:1:1: error: this schema is of layer 3, expected layer 4\n")
        #expect(!folder.exists("o.tl"))
    }

    @Test func brokenSchemaLeavesTheOldResult() async throws {
        let folder = try Scratch(["s.tl": "a = A", "o.tl": "old"])
        #expect(try await Tool.run("import", "s.tl", "--output", "o.tl", in: folder).status == 1)
        #expect(try folder.text("o.tl") == "old")
    }

    @Test func brokenOverridesAreTheOnlyFinding() async throws {
        // Numbers that only the overrides excuse are not called wrong when nobody can read those.
        let folder = try Scratch(["s.tl": "a#1 = A;", "names.json": "{"])
        let outcome = try await Tool.run("import", "s.tl", "--names", "names.json", "--output", "-", in: folder)
        #expect(outcome.status == 1)
        #expect(outcome.errorLines.count == 1)
        #expect(outcome.errors.hasPrefix("names.json:1:2: error: "))
    }

    @Test(arguments: ["Schema", "no/such.tl", "new.tl/x"]) func placesThatCannotBeWrittenAreNamed(
        output: String
    ) async throws {
        let folder = try Market.folder()
        let before = try folder.everything()
        let outcome = try await Tool.run("import", "new.tl", "--output", output, in: folder)
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasPrefix("error: cannot write '\(output)': "))
        #expect(outcome.errorLines.count == 1)
        #expect(try folder.everything() == before)
    }

    @Test(arguments: [true, false]) func linksStayLinks(targetExists: Bool) async throws {
        let folder = try Market.folder()
        if targetExists { try folder.write("old", to: "target.tl") }
        try FileManager.default.createSymbolicLink(
            atPath: folder.path(of: "link.tl"),
            withDestinationPath: "target.tl"
        )
        #expect(try await Tool.run("import", "new.tl", "--output", "link.tl", in: folder).status == 0)
        let destination = try FileManager.default.destinationOfSymbolicLink(atPath: folder.path(of: "link.tl"))
        #expect(destination == "target.tl")
        #expect(try folder.text("target.tl").contains("plum"))
    }

    @Test func pipesAreWrittenToNotReplaced() async throws {
        let folder = try Market.folder()
        let pipe = folder.path(of: "pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        // Opened for both directions, so that neither side waits for the other; the text fits into the pipe.
        let reader = try FileHandle(forUpdating: URL(filePath: pipe))
        #expect(try await Tool.run("import", "new.tl", "--output", "pipe", in: folder).status == 0)
        let text = String(decoding: reader.availableData, as: UTF8.self)
        #expect(text.contains("plum"))
        let type = try FileManager.default.attributesOfItem(atPath: pipe)[.type] as? FileAttributeType
        #expect(type != .typeRegular)
    }
}
