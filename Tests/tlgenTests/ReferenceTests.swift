import Foundation
import Testing

@Suite struct ReferenceTests {
    @Test func siteOfASmallFolder() async throws {
        let folder = try Market.folder()
        let outcome = try await Tool.run(
            ["reference", "--output", "site", "--examples", "examples.swift", "--module", "Market", "--stats"],
            in: folder
        )
        #expect(outcome.status == 0, "\(outcome.errors)")
        let statistics = try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Double]
        )
        #expect(Set(statistics.keys) == ["pages", "bytes", "largestPage", "seconds", "cpuSeconds"])
        let written = try folder.everything().filter { $0.key.hasPrefix("site/") }
        #expect(statistics["pages"] == Double(written.count { $0.key.hasSuffix(".html") }))
        #expect(statistics["bytes"] == Double(written.reduce(0) { $0 + $1.value.count }))
        let page = try folder.text("site/methods/market.sell.html")
        #expect(page.contains("Sells a fruit."))
        #expect(page.contains("Price in cents."))
        #expect(try folder.text("examples.swift").contains("import Market\n"))
        #expect(try folder.text("site/search.js").contains("market.sell"))
    }

    @Test func writesTheSameBytesAgain() async throws {
        let folder = try Market.folder()
        for output in ["one", "two"] {
            #expect(try await Tool.run("reference", "--output", output, in: folder).status == 0)
        }
        let all = try folder.everything()
        let first = all.filter { $0.key.hasPrefix("one/") }
        #expect(first.count > 30)
        #expect(first.allSatisfy { all["two/" + $0.key.dropFirst(4)] == $0.value })
    }

    @Test func changesOfTheFolderHaveAPage() async throws {
        let folder = try Market.folder()
        try folder.write(
            "from,to,subject,name,change,effect,details\n6,7,function,market.sell,added,none,\n",
            to: "Schema/changes.csv"
        )
        #expect(try await Tool.run("reference", "--output", "site", in: folder).status == 0)
        #expect(try folder.text("site/layers/6-to-7.html").contains("market.sell"))
    }

    @Test func aBrokenTableWritesNothing() async throws {
        let folder = try Market.folder()
        try folder.write("from\n", to: "Schema/changes.csv")
        let outcome = try await Tool.run("reference", "--output", "site", in: folder)
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("Schema/changes.csv:1:1: error:"))
        #expect(try folder.everything().keys.allSatisfy { !$0.hasPrefix("site/") })
    }

    @Test func anAddressHasToBeOne() async throws {
        let outcome = try await Tool.run(
            "reference",
            "--output",
            "o",
            "--base-url",
            "example.org",
            in: try Market.folder()
        )
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("'--base-url' is 'example.org', expected an address"))
    }

    @Test func aFileInPlaceOfTheFolderIsAnError() async throws {
        let folder = try Market.folder()
        try folder.write("", to: "site")
        let outcome = try await Tool.run("reference", "--output", "site", in: folder)
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("'site'"))
    }
}
