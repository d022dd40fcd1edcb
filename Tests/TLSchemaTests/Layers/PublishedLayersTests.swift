import TLSchema
import Testing

/// Older layers, from the folder that the environment variable `TL_LAYERS_DIR` names; left out where it is not set.
@Suite struct PublishedLayersTests {
    @Test(.enabled(if: SchemaFiles.layersFolder != nil)) func everyLayerIsImportedOnceAndForAll() throws {
        let sources = try SchemaFiles.layers()
        #expect(!sources.isEmpty)
        for source in sources {
            let once = SchemaImporter.normalise(source)
            let text = try #require(once.value, "\(lines(once.diagnostics))")
            #expect(SchemaImporter.normalise(SchemaSource(path: source.path, text: text)).value == text)
            let layer = try #require(Schema.load([source]).value)
            let imported = try #require(Schema.load([SchemaSource(path: source.path, text: text)]).value)
            #expect(LayerDiff(old: layer, new: imported).changes.isEmpty, "\(source.path)")
        }
    }

    @Test(.enabled(if: SchemaFiles.layersFolder != nil)) func whatOneDiffAddsTheOppositeOneRemoves() throws {
        let api = try #require(RepositorySchemas.api)
        for source in try SchemaFiles.layers() {
            let layer = try #require(Schema.load([source]).value)
            let forth = LayerDiff(old: layer, new: api).changes
            let back = LayerDiff(old: api, new: layer).changes
            #expect(!forth.isEmpty)
            #expect(forth.filter { $0.kind == .added }.map(\.name) == back.filter { $0.kind == .removed }.map(\.name))
            #expect(forth.filter { $0.kind == .changed }.map(\.name) == back.filter { $0.kind == .changed }.map(\.name))
        }
    }
}
