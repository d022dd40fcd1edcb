import Foundation
public import TLSchema

/// Parse, resolve, translate, render: from the bytes of the inputs to the bytes of the outputs.
///
/// A pure function of its inputs: same bytes in, same bytes out, whatever the machine, the time or the folder.
public struct GeneratorPipeline: Sendable {
    /// One generated file.
    public struct Output: Sendable, Equatable {
        /// Its name, without folder; one of ``GeneratorConfiguration/outputs``.
        public let name: String
        /// Its text.
        public let bytes: [UInt8]
    }

    /// The files of a run, as bytes.
    public struct Inputs: Sendable {
        /// Schema files, read as one schema.
        public var schema: [SchemaSource]
        /// The error definitions, if the configuration names them.
        public var errors: SchemaSource?
        /// The method table, if the configuration names it.
        public var methods: SchemaSource?
        /// The sentences about types and fields, if the configuration names them.
        public var types: SchemaSource?
        /// The first layers, if the configuration names them.
        public var history: SchemaSource?
        /// The overrides, if the configuration names them.
        public var names: SchemaSource?

        /// Creates inputs; everything but the schema may be missing.
        public init(
            schema: [SchemaSource],
            errors: SchemaSource? = nil,
            methods: SchemaSource? = nil,
            types: SchemaSource? = nil,
            history: SchemaSource? = nil,
            names: SchemaSource? = nil
        ) {
            self.schema = schema
            self.errors = errors
            self.methods = methods
            self.types = types
            self.history = history
            self.names = names
        }
    }

    /// What came out, and what went in.
    public struct Result: Sendable {
        /// The files, in the order of ``GeneratorConfiguration/outputs``.
        public let outputs: [Output]
        /// The model they were made from.
        public let schema: Schema
        /// How many error names were read.
        public let errorCount: Int
    }

    private let configuration: GeneratorConfiguration

    /// A pipeline for one configuration.
    public init(_ configuration: GeneratorConfiguration) { self.configuration = configuration }

    /// Runs all stages, or reports every problem of the inputs.
    public func run(_ inputs: Inputs) -> Checked<Result> {
        if let problem = configuration.problem { return Checked(nil, diagnostics: [.error(problem, at: nil)]) }
        var diagnostics: [Diagnostic] = []
        func take<Value>(_ checked: Checked<Value>?) -> Value? {
            diagnostics += checked?.diagnostics ?? []
            return checked?.value
        }
        let overrides = take(inputs.names.map(NameOverrides.read))
        let schema = take(Schema.load(inputs.schema, options: overrides?.schemaOptions ?? SchemaOptions()))
        let documentation = Documentation(
            methods: take(inputs.methods.map(MethodTable.read)),
            errors: take(inputs.errors.map(ErrorCatalog.read)),
            types: take(inputs.types.map(TypeTable.read)),
            history: take(inputs.history.map(LayerHistory.read))
        )
        guard let schema, !diagnostics.contains(where: { $0.severity == .error }) else {
            return Checked(nil, diagnostics: diagnostics)
        }

        let names = SwiftNames(
            root: configuration.root,
            overrides: overrides ?? NameOverrides()
        )
        let context = TranslationContext(
            schema: schema,
            names: names,
            documentation: documentation,
            access: configuration.access
        )
        diagnostics += NameConflicts.find(in: context) + UnsupportedShapes.find(in: context)
        guard !diagnostics.contains(where: { $0.severity == .error }) else {
            return Checked(nil, diagnostics: diagnostics)
        }

        let sources = inputs.schema.map { URL(fileURLWithPath: $0.path).lastPathComponent }
        let files = SchemaTranslator(context: context, configuration: configuration, sources: sources).translate()
        let outputs = files.map { Output(name: $0.name, bytes: SwiftRenderer.render($0)) }
        return Checked(
            Result(outputs: outputs, schema: schema, errorCount: documentation.errors?.definitions.count ?? 0),
            diagnostics: diagnostics
        )
    }
}
