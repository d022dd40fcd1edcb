import TLSchema
import Testing

@testable import TLGenerator

/// A schema of a few lines, and what the translators make of it.
struct Sample {
    /// The tables that go with the schema.
    struct Tables {
        var names: String?
        var errors: String?
        var methods: String?
        var types: String?
        var history: String?
    }

    let context: TranslationContext

    /// Fails the test with the findings when the text is not a schema.
    init(_ schema: String, _ tables: Tables = Tables(), access: GeneratorConfiguration.Access = .public) throws {
        func read<Table>(
            _ text: String?,
            _ name: String,
            with reader: (SchemaSource) -> Checked<Table>
        ) throws -> Table? {
            try text.map { text in
                let checked = reader(SchemaSource(path: name, text: text))
                return try #require(checked.value, "\(checked.diagnostics)")
            }
        }
        let names = try read(tables.names, "names.json", with: NameOverrides.read)
        let checked = Schema.load(
            [SchemaSource(path: "s.tl", text: schema)],
            options: names?.schemaOptions ?? SchemaOptions()
        )
        context = TranslationContext(
            schema: try #require(checked.value, "\(checked.diagnostics)"),
            names: SwiftNames(root: "TL", overrides: names ?? NameOverrides()),
            documentation: Documentation(
                methods: try read(tables.methods, "methods.csv", with: MethodTable.read),
                errors: try read(tables.errors, "errors.json", with: ErrorCatalog.read),
                types: try read(tables.types, "types.csv", with: TypeTable.read),
                history: try read(tables.history, "history.csv", with: LayerHistory.read)
            ),
            access: access
        )
    }

    /// The declarations of all types and functions, without the extensions around them.
    var swift: String {
        let types = TypeTranslator(context: context)
        let functions = FunctionTranslator(context: context)
        return rendered(context.schema.types.map(types.translate) + context.schema.functions.map(functions.translate))
    }

    /// What servers read functions with, without the registry.
    var decoders: String {
        rendered(context.schema.functions.map(FunctionDecoderTranslator(context: context).translate))
    }
}

/// Declarations as text, the first one on the first line.
func rendered(_ declarations: [Declaration]) -> String {
    let file = SwiftFile(name: "", header: [], imports: [], declarations: declarations)
    return String(decoding: SwiftRenderer.render(file).dropFirst(), as: UTF8.self)
}

extension Sample {
    /// One declaration out of ``swift``, with what it contains and without indentation: the first that starts like
    /// this.
    func declaration(_ start: String) -> String {
        let lines = swift.split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.firstIndex(where: { $0.drop { $0 == " " }.hasPrefix(start) }) else { return "" }
        let indentation = lines[first].prefix { $0 == " " }
        let isBlock = lines[first].hasSuffix("{")
        let last = isBlock ? lines[first...].firstIndex { $0 == indentation + "}" } ?? first : first
        return lines[first...last].map { $0.dropFirst(indentation.count) + "\n" }.joined()
    }
}
