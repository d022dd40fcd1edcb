import Foundation
public import TLSchema

/// From the bytes of a schema folder to the bytes of its reference: pages, search index, style sheet and script.
///
/// A pure function of its inputs, as ``GeneratorPipeline`` is.
public struct ReferencePipeline: Sendable {
    /// One file of the site.
    public struct Output: Sendable, Equatable {
        /// Its way from the top of the site; at most one folder.
        public let path: String
        /// Its content.
        public let bytes: [UInt8]
    }

    /// The files of a run, as bytes.
    public struct Inputs: Sendable {
        /// What the Swift sources are generated from, too.
        public var sources: GeneratorPipeline.Inputs
        /// What changed between layers, if there is a table of it.
        public var changes: SchemaSource?

        /// Creates inputs.
        public init(sources: GeneratorPipeline.Inputs, changes: SchemaSource? = nil) {
            self.sources = sources
            self.changes = changes
        }
    }

    /// What came out.
    public struct Result: Sendable {
        /// All files, pages first.
        public let outputs: [Output]
        /// Every example of the pages in one Swift file.
        public let examples: [UInt8]
        /// How many of the outputs are pages.
        public let pageCount: Int
    }

    private let root: String
    private let module: String
    private let baseURL: String?

    /// A pipeline for sources that are generated below `root` into `module`.
    ///
    /// With the address where the site will be found, each page names its own, and there is a map of the site for
    /// crawlers.
    public init(root: String = "TL", module: String = "TelegramAPI", baseURL: String? = nil) {
        self.root = root
        self.module = module
        self.baseURL = baseURL.map { String($0.reversed().drop { $0 == "/" }.reversed()) }
    }

    /// Runs all stages, or reports every problem of the inputs.
    public func run(_ inputs: Inputs) -> Checked<Result> {
        var diagnostics: [Diagnostic] = []
        func take<Value>(_ checked: Checked<Value>?) -> Value? {
            diagnostics += checked?.diagnostics ?? []
            return checked?.value
        }
        let sources = inputs.sources
        let overrides = take(sources.names.map(NameOverrides.read))
        let schema = take(Schema.load(sources.schema, options: overrides?.schemaOptions ?? SchemaOptions()))
        let documentation = Documentation(
            methods: take(sources.methods.map(MethodTable.read)),
            errors: take(sources.errors.map(ErrorCatalog.read)),
            types: take(sources.types.map(TypeTable.read)),
            history: take(sources.history.map(LayerHistory.read))
        )
        let changes = take(inputs.changes.map(ChangeTable.read))
        guard let schema, !diagnostics.contains(where: { $0.severity == .error }) else {
            return Checked(nil, diagnostics: diagnostics)
        }
        let context = TranslationContext(
            schema: schema,
            names: SwiftNames(root: root, overrides: overrides ?? NameOverrides()),
            documentation: documentation,
            access: .public
        )
        diagnostics += NameConflicts.find(in: context) + UnsupportedShapes.find(in: context)
        guard !diagnostics.contains(where: { $0.severity == .error }) else {
            return Checked(nil, diagnostics: diagnostics)
        }
        return Checked(site(Reference(context: context, changes: changes)), diagnostics: diagnostics)
    }

    private func site(_ reference: Reference) -> Result {
        let pages = pages(of: reference)
        let renderer = PageRenderer(layer: reference.schema.layer, baseURL: baseURL)
        var examples = ExampleFile(module: module)
        var outputs: [Output] = []
        outputs.reserveCapacity(pages.count + 6)
        for documented in pages {
            let page = documented.page
            outputs.append(Output(path: page.address.path, bytes: renderer.render(page)))
            for example in documented.examples { examples.append(example, page: page.address) }
        }
        outputs.append(Output(path: PageAddress.styleSheet.path, bytes: Array(Assets.styleSheet.utf8)))
        outputs.append(Output(path: PageAddress.script.path, bytes: Array(Assets.script.utf8)))
        outputs.append(Output(path: PageAddress.icon.path, bytes: Array(Assets.icon.utf8)))
        outputs.append(Output(path: PageAddress.searchIndex.path, bytes: SearchIndex(reference: reference).bytes))
        if let baseURL {
            let map = pages.map { "\(baseURL)/\($0.page.address.path)\n" }.joined()
            outputs.append(Output(path: PageAddress.siteMap.path, bytes: Array(map.utf8)))
        }
        return Result(outputs: outputs, examples: examples.bytes, pageCount: pages.count)
    }

    private func pages(of reference: Reference) -> [DocumentedPage] {
        let methods = MethodPage(reference: reference)
        let types = TypePage(reference: reference)
        let constructors = ConstructorPage(reference: reference)
        let errors = ErrorPage(reference: reference)
        let namespaces = NamespacePage(reference: reference)
        var pages = [
            StartPage(reference: reference).make(), FriendlyPage(reference: reference).make(), BuiltInPage().make(),
        ]
        pages += IndexPages(reference: reference).all()
        pages += reference.usage.namespaces.map(namespaces.make)
        pages += reference.schema.functions.map(methods.make)
        for type in reference.schema.types {
            pages.append(types.make(type))
            pages += type.constructors.map { constructors.make($0, of: type) }
        }
        pages += (reference.context.documentation.errors?.definitions ?? []).map(errors.make)
        pages += FamilyPage(reference: reference).all()
        pages += LayerPages(reference: reference).all()
        return pages
    }
}
