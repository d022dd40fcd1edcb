import TLSchema
import Testing

@Suite struct PublishedSchemaTests {
    /// What the head of a schema file says about its content, built-in constructors included.
    private func check(_ source: SchemaSource, constructors: Int, types: Int, functions: Int) throws {
        let checked = Schema.load([source])
        #expect(checked.diagnostics.isEmpty, "\(checked.diagnostics.prefix(3))")
        let schema = try #require(checked.value)
        let builtInTypes = Set(schema.builtInConstructors.map(\.result)).count
        #expect(schema.constructors.count + schema.builtInConstructors.count == constructors)
        #expect(schema.types.count + builtInTypes == types)
        #expect(schema.functions.count == functions)
    }

    @Test func repositorySchemaLoadsWithoutAFinding() throws {
        let source = try SchemaFiles.repository("api.tl")
        let head = try #require(counts(in: source))
        try check(source, constructors: head.constructors, types: head.types, functions: head.functions)
    }

    @Test func serviceSchemaLoadsWithoutAFinding() throws {
        try check(SchemaFiles.repository("mtproto.tl"), constructors: 34, types: 23, functions: 9)
    }

    @Test func bothRepositorySchemasFormOne() throws {
        let checked = try Schema.load([SchemaFiles.repository("api.tl"), SchemaFiles.repository("mtproto.tl")])
        #expect(checked.diagnostics.isEmpty)
    }

    @Test(.enabled(if: SchemaFiles.layersFolder != nil, "TL_LAYERS_DIR names no folder with schemas of older layers"))
    func olderLayersLoadWithoutAFinding() throws {
        let sources = try SchemaFiles.layers()
        #expect(!sources.isEmpty)
        for source in sources {
            let head = try #require(counts(in: source), "\(source.path)")
            try check(source, constructors: head.constructors, types: head.types, functions: head.functions)
        }
    }

    @Test func printedSchemaIsTheSameSchema() throws {
        let source = try SchemaFiles.repository("api.tl")
        let first = SchemaSyntax.parse(source).syntax
        let known = first.knownNumbers.map(\.name.description).joined(separator: ", ")
        var text = "// Their number is not the CRC32 of the line: \(known).\n"
        for kind in [Combinator.Kind.constructor, .function] {
            if kind == .function { text += "---functions---\n" }
            for declaration in first.declarations where declaration.kind == kind { text += "\(declaration)\n" }
        }
        let second = SchemaSyntax.parse(SchemaSource(path: "printed.tl", text: text)).syntax
        #expect(second.declarations.map(\.description) == first.declarations.map(\.description))
        #expect(Schema.load([SchemaSource(path: "printed.tl", text: text)]).value != nil)
    }

    /// The numbers of the first line: `// Telegram API, layer 228: 1645 constructors of 610 types, 808 methods.`
    private func counts(in source: SchemaSource) -> (constructors: Int, types: Int, functions: Int)? {
        let line = String(decoding: source.bytes.prefix { $0 != 0x0A }, as: UTF8.self)
        guard let colon = line.firstIndex(of: ":") else { return nil }
        let numbers = line[colon...].split(separator: " ").compactMap { Int($0) }
        return numbers.count == 3 ? (numbers[0], numbers[1], numbers[2]) : nil
    }
}
