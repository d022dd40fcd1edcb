import TLSchema
import Testing

@Suite struct LayerHistoryTests {
    private func read(_ rows: String) -> Checked<LayerHistory> {
        LayerHistory.read(SchemaSource(path: "h.csv", text: "name,first_layer\n" + rows))
    }

    @Test func layersAndBoundsAreRead() throws {
        let history = try #require(read("a,176\nb.c,<=98\n").value)
        #expect(history[QualifiedName("a")] == .exactly(176))
        #expect(history[QualifiedName("b.c")] == .orEarlier(98))
        #expect(history[QualifiedName("d")] == nil)
    }

    @Test(arguments: ["", "x", "-1", "0", "<98", "<=", "1.5", "+5", "99999999999999999999"])
    func otherLayersAreErrors(layer: String) {
        #expect(
            lines(read("a,\(layer)\n").diagnostics) == [
                "h.csv:2:3: error: '\(layer)' is not a layer, "
                    + "expected a number such as '176' or a bound such as '<=98'"
            ]
        )
    }

    @Test func secondRowOfANameNamesBothPlaces() {
        #expect(
            lines(read("a,1\na,2\n").diagnostics) == [
                "h.csv:3:1: error: 'a' has a second row, expected one", "h.csv:2:1: note: the first one is here",
            ]
        )
    }

    @Test func newSchemaAddsItsNamesAndDropsThoseItLacks() throws {
        let source = SchemaSource(path: "x.tl", text: "b = B;\nc = C;\n---functions---\nx.d = B;\n// LAYER 7\n")
        let schema = try #require(Schema.load([source]).value)
        let history = try #require(read("a,1\nb,<=2\n").value)
        #expect(history.updated(for: schema).fileText == "name,first_layer\nb,<=2\nc,7\nx.d,7\n")
    }

    @Test func fileOfTheRepositoryIsWhatAnUpdateForItsSchemaGives() throws {
        let source = try SchemaFiles.repository("history.csv")
        let history = try #require(LayerHistory.read(source).value)
        let api = try #require(RepositorySchemas.api)
        let text = String(decoding: source.bytes, as: UTF8.self)
        #expect(history.fileText == text)
        #expect(history.updated(for: api).fileText == text)
    }
}
