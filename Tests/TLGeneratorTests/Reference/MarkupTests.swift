import TLSchema
import Testing

@testable import TLGenerator

@Suite struct MarkupTests {
    private let here = PageAddress(folder: "methods", file: "a.html")

    private func html(_ write: (inout HTMLWriter) -> Void) -> String {
        var writer = HTMLWriter(capacity: 0)
        write(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test func textCannotBecomeMarkup() {
        #expect(html { $0.text("<b> & \"x\" 'y'") } == "&lt;b&gt; &amp; &quot;x&quot; 'y'")
        #expect(html { $0.open("a", "href", "\"><script>") } == "<a href=\"&quot;&gt;&lt;script&gt;\">")
    }

    @Test func controlCharactersBecomeSpaces() {
        #expect(html { $0.text("a\u{0}b\u{7F}c\nd\u{1F600}") } == "a b c\nd\u{1F600}")
    }

    @Test(arguments: [
        (PageAddress(folder: "methods", file: "b.html"), "b.html"),
        (PageAddress(folder: "types", file: "b.html"), "../types/b.html"),
        (PageAddress.start, "../index.html"),
        (PageAddress(folder: "methods", file: "a.html", fragment: "x"), "#x"),
        (PageAddress(folder: "methods", file: "a.html"), "a.html"),
        (PageAddress.friendly.at("x"), "../friendly.html#x"),
    ])
    func linksAreRelative(target: PageAddress, path: String) {
        #expect(html { $0.openLink(to: target, from: here) } == "<a href=\"\(path)\">")
    }

    @Test func linksFromTheTopNeedNoWayUp() {
        #expect(html { $0.openLink(to: here, from: .start) } == "<a href=\"methods/a.html\">")
    }

    @Test func namesThatDifferInCapitalsAloneGetFilesOfTheirOwn() throws {
        let errors = """
            {"TIMEOUT": {"codes": [503], "description": ""}, "Timeout": {"codes": [503], "description": ""},
             "A_%d": {"codes": [400], "parameters": [{"name": "count", "unit": "count"}], "description": ""}}
            """
        let catalog = try #require(ErrorCatalog.read(SchemaSource(path: "e.json", text: errors)).value)
        let schema = try #require(Schema.load([SchemaSource(path: "s.tl", text: "index = Index;\n")]).value)
        let addresses = SiteMap(schema: schema, errors: catalog, namespaces: [nil])
        #expect(addresses[.error, "TIMEOUT"]?.file == "TIMEOUT.html")
        #expect(addresses[.error, "Timeout"]?.file == "Timeout_2.html")
        #expect(addresses[.error, "A_%d"]?.file == "A_X.html")
        // Each folder has an index.html already.
        #expect(addresses[.constructor, "index"]?.file == "index_2.html")
        #expect(addresses["nobody"] == nil)
    }

    @Test func longListsAreSplitInOrderAndNothingIsLost() {
        let items = Array(0..<130)
        let pages = Paging.split(items) { _ in 1_000 }
        #expect(pages.map(\.count) == [50, 50, 30])
        #expect(pages.flatMap { $0 } == items)
        #expect(Paging.split([1]) { _ in 1_000_000 } == [[1]])
        #expect(Paging.split([Int]()) { _ in 1 } == [[]])
    }
}
