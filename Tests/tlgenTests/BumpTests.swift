import Foundation
import TLSchema
import Testing

@Suite struct BumpTests {
    private let everyFile = ["api.tl", "methods.csv", "types.csv", "history.csv"]

    @Test func newLayerReachesEveryFile() async throws {
        let folder = try Market.folder()
        let before = try folder.everything()
        let outcome = try await Tool.run("bump", "new.tl", in: folder)
        #expect(outcome.status == 0)
        #expect(outcome.output.hasPrefix("### "))
        #expect(outcome.output.contains("- Added function `market.buy`"))
        #expect(outcome.output.contains("- Removed function `market.sell`"))
        #expect(
            outcome.errorLines == [
                "written: methods.csv, types.csv, history.csv, api.tl",
                "new methods whose rows in 'Schema/methods.csv' wait for facts and a summary:",
                "  market.buy",
                "new types and constructors that 'Schema/types.csv' says nothing about:",
                "  plum",
            ]
        )
        let source = SchemaSource(path: "new.tl", text: Market.nextSchema)
        #expect(try folder.text("Schema/api.tl") == SchemaImporter.normalise(source).value)
        #expect(
            try folder.text("Schema/methods.csv") == """
                method,usable_by,errors,friendly,summary
                ping,both,,,Checks that the market is open.
                market.buy,both,,,
                market.listBaskets,user,COUNT_INVALID,listBaskets,"Lists baskets, newest first."

                """
        )
        #expect(
            try folder.text("Schema/history.csv") == """
                name,first_layer
                apple,3
                basket,3
                market.buy,8
                market.listBaskets,<=2
                pear,4
                ping,<=2
                plum,8

                """
        )
        let after = try folder.everything()
        #expect(Set(after.keys) == Set(before.keys))
        let touched = Set(everyFile.map { "Schema/\($0)" })
        for (path, bytes) in before where !touched.contains(path) { #expect(after[path] == bytes) }
        #expect(try await Tool.run("check", "--allow-undescribed", in: folder).status == 0)
    }

    @Test func sameLayerAgainChangesNothing() async throws {
        let folder = try Market.folder()
        #expect(try await Tool.run("bump", "new.tl", in: folder).status == 0)
        let before = try folder.everything()
        let again = try await Tool.run("bump", "new.tl", in: folder)
        #expect(again.status == 0)
        #expect(again.errors == "nothing to write\n")
        #expect(try folder.everything() == before)
    }

    @Test func schemaMayComeFromStandardInputAndLayerFromAnOption() async throws {
        let folder = try Market.folder()
        let schema = Market.nextSchema.replacing("// LAYER 8\n", with: "")
        let without = try await Tool.run("bump", "-", in: folder, input: Array(schema.utf8))
        #expect(without.status == 1)
        #expect(without.errors.hasPrefix("<stdin>:1:1: error: the schema does not tell its layer"))
        let outcome = try await Tool.run("bump", "-", "--layer", "8", in: folder, input: Array(schema.utf8))
        #expect(outcome.status == 0)
        #expect(try folder.text("Schema/api.tl").hasSuffix("// LAYER 8\n"))
    }

    @Test func olderLayerIsWarnedAbout() async throws {
        let folder = try Market.folder()
        try folder.write(Market.nextSchema.replacing("LAYER 8", with: "LAYER 6"), to: "new.tl")
        let outcome = try await Tool.run("bump", "new.tl", in: folder)
        #expect(outcome.status == 0)
        #expect(outcome.errors.hasPrefix("new.tl:1:1: warning: this schema is of layer 6, older than layer 7"))
    }

    @Test(arguments: [
        ("plum = Fruit", "plum = Fruit Salad", "new.tl:3:14: error: "),
        ("plum = Fruit", "plum#1 = Fruit", "new.tl:3:6: error: "),
        ("colour:string", "colour:Paint", "new.tl:4:25: error: type 'Paint' is unknown"),
        ("colour:string", "colour:string weight_:int", "new.tl:4:"),
        ("// LAYER 8", "// LAYER eight", "new.tl:1:10: error: "),
        ("// LAYER 8", "", "new.tl:1:1: error: the schema does not tell its layer"),
        // Sound as a schema, but without a Swift form; the place is that of the file that somebody has to correct.
        (
            "plum = Fruit", "plum = Fruit;\npear_tree = Fruit;\npearTree = Fruit",
            "new.tl:5:1: error: the constructor 'pearTree'"
        ),
    ])
    func brokenSchemaChangesNoByte(old: String, new: String, finding: String) async throws {
        let folder = try Market.folder()
        #expect(Market.nextSchema.contains(old))
        try folder.write(Market.nextSchema.replacing(old, with: new), to: "new.tl")
        let before = try folder.everything()
        let outcome = try await Tool.run("bump", "new.tl", in: folder)
        #expect(outcome.status == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.hasPrefix(finding))
        #expect(try folder.everything() == before)
    }

    @Test(arguments: ["api.tl", "methods.csv", "types.csv", "history.csv", "names.json", "errors.json"])
    func brokenFolderChangesNoByte(file: String) async throws {
        let folder = try Market.folder()
        try folder.write("nonsense,nonsense", to: "Schema/\(file)")
        let before = try folder.everything()
        let outcome = try await Tool.run("bump", "new.tl", in: folder)
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasPrefix("Schema/\(file):1:"))
        #expect(try folder.everything() == before)
        try folder.remove("Schema/\(file)")
        let missing = try await Tool.run("bump", "new.tl", in: folder)
        let message = "error: cannot read 'Schema/\(file)': no such file or directory\n"
        #expect(missing == .init(status: 1, output: "", errors: message))
    }

    @Test func failureWhilePreparingChangesNoByte() async throws {
        let folder = try Market.folder()
        // A file where the folder for the new files is to be made.
        try folder.write("in the way", to: "Schema/.tlgen-bump")
        let before = try folder.everything()
        let outcome = try await Tool.run("bump", "new.tl", in: folder)
        #expect(outcome.status == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.hasPrefix("error: cannot prepare the new files in 'Schema/.tlgen-bump': "))
        #expect(outcome.errors.hasSuffix("; nothing was changed\n"))
        #expect(try folder.everything() == before)
    }

    /// What a process leaves that ends after so many of the four moves.
    @Test(arguments: 0...4) func interruptedBumpIsExplainedAndCanBeRepeated(moves: Int) async throws {
        let order = ["methods.csv", "types.csv", "history.csv", "api.tl"]
        let old = try Market.folder()
        let done = try Market.folder()
        #expect(try await Tool.run("bump", "new.tl", in: done).status == 0)
        let folder = try Market.folder()
        for (index, name) in order.enumerated() {
            try folder.write(old.bytes("Schema/\(name)"), to: "Schema/.tlgen-bump/old/\(name)")
            let place = index < moves ? "Schema/\(name)" : "Schema/.tlgen-bump/new/\(name)"
            try folder.write(done.bytes("Schema/\(name)"), to: place)
        }

        let check = try await Tool.run("check", "--allow-undescribed", in: folder)
        #expect(check.status == 1)
        #expect(check.output.isEmpty)
        #expect(check.errors.hasPrefix("error: 'Schema/.tlgen-bump' is left of a bump that was interrupted"))

        let again = try await Tool.run("bump", "new.tl", in: folder)
        #expect(again.status == 0)
        if moves < 4 { #expect(again.errorLines.contains("  market.buy")) }
        #expect(try folder.everything() == done.everything())
    }

    @Test(.enabled(if: ProcessInfo.processInfo.environment["TL_LAYERS_DIR"] != nil))
    func oldLayersOfTheApiReachThePresentOne() async throws {
        let path = try #require(ProcessInfo.processInfo.environment["TL_LAYERS_DIR"])
        let names = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".tl") }.sorted()
        #expect(!names.isEmpty)
        // The farthest and the nearest; the unit tests of the bump go through all of them.
        for name in Set([names.first, names.last].compactMap { $0 }) {
            let folder = try Repository.schemaFolder()
            let present = try folder.bytes("Schema/api.tl")
            try folder.write(present, to: "present.tl")
            try folder.write([UInt8](Data(contentsOf: URL(filePath: path).appending(component: name))), to: "old.tl")
            try folder.write("method,usable_by,errors,friendly,summary\n", to: "Schema/methods.csv")
            try folder.write("name,first_layer\n", to: "Schema/history.csv")
            // First down to the old layer, which writes a row for each of its methods.
            try folder.write(folder.bytes("old.tl"), to: "Schema/api.tl")
            #expect(try await Tool.run("bump", "old.tl", in: folder).status == 0, "\(name)")
            let described = try folder.text("Schema/methods.csv")
                .replacing("help.getConfig,both,,,", with: "help.getConfig,both,,,Is kept as it was.")
            try folder.write(described, to: "Schema/methods.csv")

            let outcome = try await Tool.run("bump", "present.tl", in: folder)
            #expect(outcome.status == 0, "\(name)")
            #expect(outcome.output.hasPrefix("### "), "\(name)")
            #expect(try folder.bytes("Schema/api.tl") == present, "\(name)")
            #expect(
                try folder.text("Schema/methods.csv").contains("\nhelp.getConfig,both,,,Is kept as it was.\n"),
                "\(name)"
            )
            let history = try folder.text("Schema/history.csv").split(separator: "\n")
            let added = history.filter { $0.hasSuffix(",228") }.count
            #expect(added > 0 && added < history.count - 1, "\(name)")
            #expect(try await Tool.run("check", "--allow-undescribed", in: folder).status == 0, "\(name)")
            let before = try folder.everything()
            #expect(try await Tool.run("bump", "present.tl", in: folder).status == 0, "\(name)")
            #expect(try folder.everything() == before, "\(name)")
        }
    }
}
