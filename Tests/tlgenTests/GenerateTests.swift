import Foundation
import Testing

@Suite struct GenerateTests {
    /// Runs on `s.tl` with this content.
    private func generate(_ schema: String, _ options: String...) async throws -> (Tool.Outcome, Scratch) {
        let folder = try Scratch(["s.tl": schema])
        return (try await Tool.run(["generate", "--schema", "s.tl", "--output", "out"] + options, in: folder), folder)
    }

    @Test func statisticsOfTheRepositorysSchema() async throws {
        let folder = try Repository.schemaFolder()
        let outcome = try await Tool.run(
            "generate",
            "--config",
            "Schema/tlgen.json",
            "--target",
            "TelegramAPI",
            "--output",
            "out",
            "--stats",
            in: folder
        )
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        #expect(outcome.output.split(separator: "\n").count == 1)
        let statistics = try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Double]
        )
        let pages = try FileManager.default.subpathsOfDirectory(atPath: folder.path(of: "out/Reference"))
            .filter { $0.hasSuffix(".html") }
        let written = try FileManager.default.contentsOfDirectory(atPath: folder.path(of: "out"))
            .filter { $0.hasSuffix(".swift") }
        let size = try written.reduce(0) { try $0 + folder.bytes("out/\($1)").count }
        #expect(
            Set(statistics.keys) == [
                "layer", "types", "constructors", "functions", "errors", "files", "bytes", "pages", "seconds",
                "cpuSeconds",
            ]
        )
        #expect(statistics["layer"] == 228)
        #expect(statistics["types"] == 610)
        #expect(statistics["constructors"] == 1_645)
        #expect(statistics["functions"] == 808)
        #expect(statistics["errors"] == 825)
        #expect(statistics["files"] == Double(written.count))
        #expect(statistics["bytes"] == Double(size))
        #expect(statistics["pages"] == Double(pages.count) && pages.count > 3_000)
        #expect((statistics["seconds"] ?? 0) > 0)
        #expect((statistics["cpuSeconds"] ?? 0) > 0)
    }

    @Test func writesTheSameBytesFromConfigurationAndOptions() async throws {
        let folder = try Market.folder()
        let byOptions = try await Tool.run(
            ["generate", "--schema", "Schema/api.tl", "--methods", "Schema/methods.csv", "--errors"]
                + ["Schema/errors.json", "--output", "options", "--root=Shop", "--access", "internal"],
            in: folder
        )
        #expect(byOptions == .init(status: 0, output: "", errors: ""))
        try folder.write(
            """
            {"targets": {"Market": {"schema": ["Schema/api.tl"], "methods": "Schema/methods.csv",
            "errors": "\(folder.path(of: "Schema/errors.json"))", "root": "Shop", "access": "internal"}}}
            """,
            to: "tlgen.json"
        )
        let byFile = try await Tool.run("generate", "--config", "tlgen.json", "--output", "deep/file", in: folder)
        #expect(byFile == .init(status: 0, output: "", errors: ""))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(of: "options")).sorted()
        #expect(names.count == 20)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path(of: "deep/file")).sorted() == names)
        for name in names { #expect(try folder.bytes("options/\(name)") == folder.bytes("deep/file/\(name)")) }
        #expect(try folder.text("options/Shop.swift").contains("enum Shop"))
    }

    @Test func severalSchemasAreReadAsOne() async throws {
        let folder = try Scratch(["a.tl": "a = A;", "b.tl": "b a:A = B;"])
        for arguments in [["--schema", "a.tl", "b.tl"], ["--schema", "a.tl", "--schema=b.tl"]] {
            let outcome = try await Tool.run(["generate"] + arguments + ["--output", "out"], in: folder)
            #expect(outcome == .init(status: 0, output: "", errors: ""))
            try folder.remove("out")
        }
        let alone = try await Tool.run("generate", "--schema", "b.tl", "--output", "out", in: folder)
        #expect(alone.errors.hasPrefix("b.tl:1:5: error: type 'A' is unknown"))
    }

    @Test func filesThatStayTheSameAreNotWritten() async throws {
        let folder = try Market.folder()
        let arguments = ["generate", "--config", "Schema/tlgen.json", "--output", "out"]
        #expect(try await Tool.run(arguments, in: folder).status == 0)
        let long = Date(timeIntervalSince1970: 1_000_000_000)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(of: "out"))
        for name in names {
            try FileManager.default.setAttributes(
                [.modificationDate: long],
                ofItemAtPath: folder.path(of: "out/\(name)")
            )
        }
        try folder.write(
            folder.text("Schema/methods.csv").replacing("is open", with: "has opened"),
            to: "Schema/methods.csv"
        )
        #expect(try await Tool.run(arguments, in: folder).status == 0)
        let written = try names.filter {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.path(of: "out/\($0)"))
            return attributes[.modificationDate] as? Date != long
        }
        #expect(written == ["TL+Functions-00.swift"])
    }

    @Test(arguments: [
        ("a x:int = A", "1:12", "expected ';'"),
        ("a x:Nope = A;", "1:5", "type 'Nope' is unknown"),
        ("a = A;\na = B;", "2:1", "constructor 'a' is declared twice"),
        ("a#1 = A;", "1:3", "CRC32 of its line is 7aae25b9"),
        ("a#zz = A;", "1:3", "expected one to eight hex digits"),
        ("a flags:# x:flags.32?int = A;", "1:19", "flag bit '32'"),
        ("a x:flags.0?int = A;", "1:5", "flags word 'flags' is not declared"),
        ("a x:int x:int = A;", "1:9", "field 'x' is declared twice"),
        ("a x = A;", "1:5", "expected ':' and a type"),
        ("a x:Vector<int = A;", "1:16", "expected '>'"),
        ("a x:A = A;", "1:3", "has no finite value"),
        ("a {X:Type} x:!X = A;", "1:4", "only functions wrap others"),
        ("", "1:1", "schema is empty"),
        ("a = A;\n\u{0}", "2:1", "byte 0x00 does not occur in text"),
        ("a = A;\n---nonsense---", "2:1", "section '---nonsense---' is unknown"),
        ("a = A;\n// LAYER x", "2:10", "expected a whole number"),
        ("a = A;\n// LAYER 1\n// LAYER 2", "3:10", "layer 2 contradicts layer 1"),
        ("a = A;\n---functions---\nf = Nope;", "3:5", "type 'Nope' is unknown"),
        ("a_b = A;\naB = A;", "2:1", "would both be called 'AB'"),
    ])
    func brokenSchemaIsShownAtItsPlace(schema: String, place: String, message: String) async throws {
        let (outcome, folder) = try await generate(schema)
        #expect(outcome.status == 1)
        #expect(outcome.output.isEmpty)
        let first = try #require(outcome.errorLines.first)
        #expect(first.hasPrefix("s.tl:\(place): error: "))
        #expect(first.contains(message))
        #expect(!folder.exists("out"))
    }

    @Test func allMistakesAreShownAtOnce() async throws {
        let (outcome, _) = try await generate("a x:Nope = A;\nb x:int x:int = B;\nc = C\n")
        #expect(outcome.errorLines.filter { $0.contains(": error: ") }.count == 3)
    }

    @Test(arguments: [
        ("--errors", "{\"A\": {}}", "1:2", "has no 'codes'"),
        ("--errors", "{", "1:2", "expected"),
        ("--methods", "method\n", "1:1", "expected"),
        ("--methods", "method,usable_by,errors,friendly,summary\nf,all,,,\n", "2:3", "'usable_by' is unknown"),
        ("--history", "name,first_layer\na,new\n", "2:3", "not a layer"),
        ("--names", "{\"nams\": {}}", "1:2", "nams"),
    ])
    func brokenTablesAreShownAtTheirPlace(option: String, table: String, place: String, message: String) async throws {
        let folder = try Scratch(["s.tl": "a = A;", "table": table])
        let outcome = try await Tool.run("generate", "--schema", "s.tl", "--output", "out", option, "table", in: folder)
        #expect(outcome.status == 1)
        #expect(outcome.output.isEmpty)
        let first = try #require(outcome.errorLines.first)
        #expect(first.hasPrefix("table:\(place): error: "))
        #expect(first.contains(message))
        #expect(!folder.exists("out"))
    }

    @Test(arguments: [
        ("{\"targets\": {}}", 1, "'c.json' has no targets, expected at least one"),
        ("{}", 1, "'c.json' is no usable configuration: the document lacks the key 'targets'"),
        (
            "{\"targets\": {\"B\": {\"schema\": []}}}", 1,
            "'c.json' is no usable configuration: 'targets.B': 'schema' names no file"
        ),
        (
            "{\"targets\": {\"B\": {\"schema\": [\"s.tl\"]}, \"A\": {\"schema\": [\"s.tl\"]}}}", 2,
            "'c.json' has several targets, expected one of them in '--target': 'A', 'B'"
        ),
        ("{\"targets\": {\"B\": {\"schema\": [\"no.tl\"]}}}", 1, "cannot read './no.tl': no such file or directory"),
    ])
    func brokenConfigurationIsExplained(configuration: String, status: Int32, message: String) async throws {
        let folder = try Scratch(["c.json": configuration, "s.tl": "a = A;"])
        let outcome = try await Tool.run("generate", "--config", "c.json", "--output", "out", in: folder)
        #expect(outcome.status == status)
        #expect(outcome.errorLines.first == "error: \(message)")
        #expect(!folder.exists("out"))
    }

    @Test func outdatedPlanOfABuildIsRefused() async throws {
        let folder = try Market.folder()
        let arguments = ["generate", "--config", "Schema/tlgen.json", "--output", "out", "--planned"]
        let planned = [
            "api.tl", "errors.json", "methods.csv", "TL.swift", "TL+Errors.swift", "TL+FieldTable.swift",
            "TL+PeerCarriers.swift", "TL+Types-00.swift", "TL+Functions-00.swift",
        ]
        for outdated in [Array(planned.dropLast()), planned + ["names.json"], planned.reversed()] {
            let outcome = try await Tool.run(arguments + outdated, in: folder)
            #expect(outcome.status == 1)
            #expect(outcome.errors.hasPrefix("error: 'Schema/tlgen.json' has other inputs or outputs than when"))
            #expect(!folder.exists("out"))
        }
        #expect(try await Tool.run(arguments + planned, in: folder).status == 0)
    }

    @Test func unknownTargetIsNamed() async throws {
        let folder = try Market.folder()
        let outcome = try await Tool.run(
            "generate",
            "--config",
            "Schema/tlgen.json",
            "--target",
            "X",
            "--output",
            "out",
            in: folder
        )
        let message = "error: 'Schema/tlgen.json' has no target 'X', expected one of: 'Market'\n"
        #expect(outcome == .init(status: 1, output: "", errors: message))
    }

    @Test func fileInPlaceOfTheOutputFolderIsNamed() async throws {
        let (outcome, _) = try await generate("a = A;")
        #expect(outcome.status == 0)
        let folder = try Scratch(["s.tl": "a = A;", "out": "precious"])
        let blocked = try await Tool.run("generate", "--schema", "s.tl", "--output", "out", in: folder)
        #expect(blocked.status == 1)
        #expect(blocked.errors == "error: cannot make the folder 'out': file exists\n")
        #expect(try folder.text("out") == "precious")
    }

    @Test func referenceStandsBesideTheSources() async throws {
        let folder = try Market.folder()
        try folder.write(Market.referenceConfiguration, to: "Schema/tlgen.json")
        try folder.write(Market.changes, to: "Schema/changes.csv")
        let generate = ["generate", "--config", "Schema/tlgen.json", "--output", "out"]
        let outcome = try await Tool.run(generate, in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(
            try await Tool.run("reference", "--output", "site", "--module", "Market", in: folder).status == 0
        )
        let all = try folder.everything()
        let pages = all.filter { $0.key.hasPrefix("out/Reference/") }
        #expect(pages.count > 30)
        #expect(pages.allSatisfy { all["site/" + $0.key.dropFirst("out/Reference/".count)] == $0.value })
        #expect(pages.count == all.count { $0.key.hasPrefix("site/") })
        #expect(all["out/TL.swift"] != nil)
    }

    @Test func pagesOfNamesThatAreGoneAreRemoved() async throws {
        let folder = try Market.folder()
        try folder.write(Market.referenceConfiguration, to: "Schema/tlgen.json")
        try folder.write(Market.changes, to: "Schema/changes.csv")
        try folder.write("<p>old</p>", to: "out/Reference/methods/market.burn.html")
        try folder.write("mine", to: "out/Reference/notes.txt")
        #expect(
            try await Tool.run("generate", "--config", "Schema/tlgen.json", "--output", "out", in: folder).status == 0
        )
        let names = Set(try folder.everything().keys)
        #expect(names.contains("out/Reference/methods/market.sell.html"))
        #expect(!names.contains("out/Reference/methods/market.burn.html"))
        #expect(names.contains("out/Reference/notes.txt"))
    }

    @Test func aBrokenTableOfTheReferenceStopsTheSourcesToo() async throws {
        let folder = try Market.folder()
        try folder.write(Market.referenceConfiguration, to: "Schema/tlgen.json")
        try folder.write("from\n", to: "Schema/changes.csv")
        let outcome = try await Tool.run("generate", "--config", "Schema/tlgen.json", "--output", "out", in: folder)
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("Schema/changes.csv:1:1: error:"))
        #expect(try folder.everything().keys.allSatisfy { !$0.hasPrefix("out/") })
    }
}
