import TLSchema

/// Schemas that are valid TL and have no sensible Swift form.
struct UnsupportedShapes {
    private let context: TranslationContext
    private var diagnostics: [Diagnostic] = []

    private init(_ context: TranslationContext) { self.context = context }

    static func find(in context: TranslationContext) -> [Diagnostic] {
        var shapes = UnsupportedShapes(context)
        for combinator in context.schema.constructors + context.schema.functions {
            shapes.checkNumber(combinator)
            for field in combinator.fields { shapes.checkBareConstructor(in: field) }
        }
        for function in context.schema.functions {
            shapes.checkAnswer(of: function)
            shapes.checkQueries(of: function)
        }
        for definition in context.documentation.errors?.definitions ?? [] { shapes.checkParameters(of: definition) }
        return shapes.diagnostics
    }

    /// Behind the end of the bytes a reader yields zeros, and decoders rely on nothing having that number.
    private mutating func checkNumber(_ combinator: Combinator) {
        guard combinator.number == 0 else { return }
        diagnostics.append(
            .error("'\(combinator.name)' has the number 00000000; expected another one", at: combinator.location)
        )
    }

    /// Constructors without fields have no class of their own, and without their number no bytes.
    private mutating func checkBareConstructor(in field: Field) {
        guard let name = field.type?.bareConstructor, let constructor = context.schema.constructor(named: name),
            !constructor.hasVisibleFields
        else { return }
        let isOnly = constructor.result.typeName.flatMap(context.schema.type(named:))?.constructors.count == 1
        if isOnly && !constructor.fields.isEmpty { return }
        diagnostics.append(
            .error(
                "the field '\(field.name)' holds '\(name)' without its number, but '\(name)' has no fields with values; "
                    + "expected the boxed type",
                at: field.location
            )
        )
    }

    /// An answer is read through its type alone, which stands for the boxed form.
    private mutating func checkAnswer(of function: Combinator) {
        guard function.result.hasBarePart else { return }
        diagnostics.append(
            .error(
                "the answer of '\(function.name)' is '\(TLText.type(function.result))', which has no number; "
                    + "expected a boxed type or a 'Vector' of them",
                at: function.location
            )
        )
    }

    /// A wrapper is generic over the one query that it wraps.
    private mutating func checkQueries(of function: Combinator) {
        let queries = function.fields.filter { if case .generic = $0.type { true } else { false } }
        guard queries.count > 1 else { return }
        diagnostics.append(
            .error(
                "'\(function.name)' wraps \(queries.count) queries; expected at most one field of a type like '!X'",
                at: queries[1].location
            )
        )
    }

    /// The runtime finds one number in the name that the server sends.
    private mutating func checkParameters(of definition: ErrorDefinition) {
        guard definition.parameters.count > 1 else { return }
        diagnostics.append(
            .error(
                "the error '\(definition.name)' has \(definition.parameters.count) numbers; expected at most one '%d'",
                at: definition.location
            )
        )
    }
}

extension TypeReference {
    /// Whether a value, or an element of it, is written without a number that other values of its kind have.
    fileprivate var hasBarePart: Bool {
        switch self {
        case .bare: true
        case .vector(let element, let isBoxed): !isBoxed || element.hasBarePart
        default: false
        }
    }
}
