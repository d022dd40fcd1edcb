import Foundation
import Testing

@Suite struct CheckTests {
    @Test func repositorysFolderIsSound() async throws {
        let folder = try Repository.schemaFolder()
        let outcome = try await Tool.run("check", in: folder)
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        #expect(outcome.output == "Schema: layer 228, 808 methods, 825 errors, no problems\n")
    }

    @Test func folderOfAnyNameIsChecked() async throws {
        let folder = try Market.folder()
        let inside = try await Tool.run("check", in: folder)
        #expect(inside == .init(status: 0, output: "Schema: layer 7, 3 methods, 1 errors, no problems\n", errors: ""))
        let path = folder.path(of: "Schema")
        let outside = try await Tool.run("check", "--schema-dir", path, in: Scratch())
        #expect(outside.status == 0)
        #expect(outside.output.hasPrefix("\(path): layer 7"))
    }

    @Test func missingDescriptionsAreProblemsUnlessAllowed() async throws {
        let folder = try Market.folder()
        try folder.write(
            folder.text("Schema/methods.csv").replacing("Sells a fruit.", with: ""),
            to: "Schema/methods.csv"
        )
        let strict = try await Tool.run("check", in: folder)
        #expect(strict.status == 1)
        #expect(strict.output.isEmpty)
        #expect(strict.errors.hasPrefix("Schema/methods.csv:4:1: error: the method 'market.sell' has no summary"))
        #expect(try await Tool.run("check", "--allow-undescribed", in: folder).status == 0)
    }

    @Test(arguments: [
        ("api.tl", "= Basket;", "= Nope Basket;", "Schema/api.tl:"),
        ("api.tl", "apple#", "apples#", "Schema/api.tl:"),
        ("mtproto.tl", "x:long", "x:Nope", "Schema/mtproto.tl:1:8: error: type 'Nope' is unknown"),
        ("methods.csv", "market.sell", "market.steal", "Schema/methods.csv:4:1: error: the schema has no method"),
        ("methods.csv", "COUNT_INVALID", "COUNT_ODD", "Schema/methods.csv:3:25: error: 'market.listBaskets' names"),
        ("history.csv", "pear,4\n", "", "Schema/api.tl:"),
        ("history.csv", "pear,4", "pear,9", "Schema/history.csv:6:1: error: 'pear' exists since layer 9"),
        (
            "types.csv", "apple,,", "apples,,",
            "Schema/types.csv:3:1: error: the schema has no type, constructor or field 'apples'"
        ),
        (
            "types.csv", "pear,,Is best on the day it is sold.\n", "",
            "Schema/api.tl:7:1: error: the constructor 'pear' has no row"
        ),
        (
            "types.csv", "Price in cents.", "Price in cents",
            "Schema/types.csv:8:1: error: the sentence about 'market.sell.price' does not end"
        ),
        ("errors.json", "400", "4000", "Schema/errors.json:2:"),
        ("names.json", "{}", "{\"types\": {\"nut\": {\"name\": \"Nut\", \"reason\": \"r\"}}}", "Schema/names.json:1:"),
    ])
    func eachFileIsChecked(file: String, old: String, new: String, finding: String) async throws {
        let folder = try Market.folder()
        let text = try folder.text("Schema/\(file)")
        #expect(text.contains(old))
        try folder.write(text.replacing(old, with: new, maxReplacements: 1), to: "Schema/\(file)")
        let outcome = try await Tool.run("check", in: folder)
        #expect(outcome.status == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.hasPrefix(finding))
    }

    @Test func everyFileThatIsMissingIsNamed() async throws {
        let folder = try Market.folder()
        for name in ["api.tl", "names.json"] { try folder.remove("Schema/\(name)") }
        let outcome = try await Tool.run("check", in: folder)
        #expect(outcome.status == 1)
        #expect(
            outcome.errorLines == [
                "error: cannot read 'Schema/api.tl': no such file or directory",
                "error: cannot read 'Schema/names.json': no such file or directory",
            ]
        )
    }

    @Test func configurationIsCheckedIfThereIsOne() async throws {
        let folder = try Market.folder()
        try folder.write(Market.configuration.replacing("api.tl", with: "ape.tl"), to: "Schema/tlgen.json")
        let broken = try await Tool.run("check", in: folder)
        let message = "error: cannot read 'Schema/ape.tl': no such file or directory\n"
        #expect(broken == .init(status: 1, output: "", errors: message))
        try folder.remove("Schema/tlgen.json")
        #expect(try await Tool.run("check", in: folder).status == 0)
    }

    @Test func namesThatClashInSwiftAreFound() async throws {
        let folder = try Market.folder()
        try folder.write(
            folder.text("Schema/api.tl")
                .replacing("price:long", with: "price:long pr_ice:int prIce:int")
                .replacing(/market\.sell#[0-9a-f]+/, with: "market.sell"),
            to: "Schema/api.tl"
        )
        let outcome = try await Tool.run("check", in: folder)
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains(/^Schema\/api.tl:\d+:\d+: error: .*prIce/))
    }

    @Test func numbersAreNotDoubtedWhileOverridesAreBroken() async throws {
        let folder = try Repository.schemaFolder()
        try folder.write("{", to: "Schema/names.json")
        let outcome = try await Tool.run("check", "--allow-undescribed", in: folder)
        #expect(outcome.status == 1)
        #expect(outcome.errorLines.count == 1)
        #expect(outcome.errors.hasPrefix("Schema/names.json:1:2: error: "))
    }
}
