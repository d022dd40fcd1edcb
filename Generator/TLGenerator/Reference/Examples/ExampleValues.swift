import TLSchema

/// Plausible values for fields, as Swift expressions: what somebody would write to try a method out.
struct ExampleValues {
    private let context: TranslationContext
    private let costs: ConstructorCosts

    /// Deeper than examples of a schema that people read.
    private static let mostDepth = 6

    init(context: TranslationContext) {
        self.context = context
        costs = ConstructorCosts(context.schema)
    }

    /// A call that builds a constructor or method: its required fields, and those it is no use without, in order.
    func call(_ path: String, _ combinator: Combinator, depth: Int = 0) -> ExampleExpression {
        let owner = combinator.name.description
        let literals = ExampleOverrides.literals[owner]
        let needed = ExampleOverrides.needed[owner]
        let arguments = FieldTranslator(combinator, in: context).visible.compactMap {
            visible -> ExampleExpression.Argument? in
            let field = visible.field.name
            let literal = literals?[field].map { ExampleExpression($0) }
            guard literal != nil || visible.defaultValue == nil || needed?.contains(field) == true else { return nil }
            let usual = visible.field.type.map { value(of: $0, for: field, of: owner, depth: depth) }
            return .init(label: label(visible.name), value: literal ?? usual ?? ExampleExpression("true"))
        }
        return ExampleExpression(head: path, arguments: arguments)
    }

    /// A call may have these two as they are, and the compiler wants it to; a declaration may not.
    private func label(_ name: String) -> String {
        ["let", "var"].contains(name) ? name : context.names.label(name)
    }

    /// A value of the only constructor of a type, or of one of several.
    func value(of constructor: Combinator, in type: TypeDefinition, depth: Int = 0) -> ExampleExpression {
        if type.constructors.count == 1 { return call(context.names.typePath(type.name), constructor, depth: depth) }
        let head = ".\(context.names.caseName(constructor.name))"
        guard constructor.hasVisibleFields else { return ExampleExpression(head) }
        return call(head, constructor, depth: depth)
    }

    private func value(
        of type: TypeReference,
        for field: String,
        of owner: String,
        depth: Int
    ) -> ExampleExpression {
        switch type {
        case .int: ExampleExpression(ExampleScalars.int(field))
        case .long: ExampleExpression(ExampleScalars.long(field))
        case .double: ExampleExpression(ExampleScalars.double(field))
        case .string: ExampleExpression(ExampleScalars.string(field))
        case .bytes: ExampleExpression("[1, 2, 3]")
        case .bool: ExampleExpression("true")
        case .int128: ExampleExpression("TLInt128(low: 1, high: 2)")
        case .int256: ExampleExpression("TLInt256(low: .init(low: 1, high: 2), high: .init(low: 3, high: 4))")
        case .boxed(let name):
            boxed(name, preferring: ExampleOverrides.constructorsOfFields[owner]?[field], depth: depth)
        case .bare(let name): bare(name, depth: depth)
        case .vector(let element, _): list(of: element, for: field, of: owner, depth: depth)
        case .generic: query
        }
    }

    /// One element shows what goes in, unless it would hold a list of its own kind without end.
    private func list(
        of element: TypeReference,
        for field: String,
        of owner: String,
        depth: Int
    ) -> ExampleExpression {
        guard depth <= Self.mostDepth, costs.canBuild(element) else { return ExampleExpression("[]") }
        return .list(of: value(of: element, for: field, of: owner, depth: depth + 1))
    }

    private func boxed(_ name: QualifiedName, preferring preferred: String?, depth: Int) -> ExampleExpression {
        guard let type = context.schema.type(named: name),
            let constructor = choice(of: type, preferring: preferred, depth: depth)
        else { return ExampleExpression("nil") }
        return value(of: constructor, in: type, depth: depth + 1)
    }

    private func bare(_ name: QualifiedName, depth: Int) -> ExampleExpression {
        guard let constructor = context.schema.constructor(named: name) else { return ExampleExpression("nil") }
        return call(context.mapping.path(ofConstructor: name), constructor, depth: depth + 1)
    }

    /// The one that people send, if that is known, or else the simplest: near the surface one that says something,
    /// further down one that the server takes, and far below the one that ends soonest.
    private func choice(of type: TypeDefinition, preferring preferred: String?, depth: Int) -> Combinator? {
        if depth > Self.mostDepth { return type.constructors[context.graph.shallowestConstructor[type.name] ?? 0] }
        if let name = preferred ?? ExampleOverrides.constructors[type.name.description],
            let constructor = type.constructors.first(where: { $0.name.description == name })
        {
            return constructor
        }
        let telling = type.constructors.filter { depth < 2 ? !$0.name.saysNothing : !$0.name.isEmptyInput }
        return simplest(of: telling) ?? simplest(of: type.constructors)
    }

    private func simplest(of constructors: [Combinator]) -> Combinator? {
        constructors.enumerated().min { left, right in
            (costs[left.element.name], left.offset) < (costs[right.element.name], right.offset)
        }?.element
    }

    /// A request to put into a wrapper: one without required fields.
    private var query: ExampleExpression {
        let usual = QualifiedName("help.getConfig")
        let simple = context.schema.functions.filter { function in
            function.typeParameters.isEmpty
                && !function.fields.contains { if case .value(_, when: nil) = $0.content { true } else { false } }
        }
        guard let function = simple.first(where: { $0.name == usual }) ?? simple.first else {
            return ExampleExpression("request")
        }
        return ExampleExpression(head: context.names.typePath(function.name), arguments: [])
    }
}

extension QualifiedName {
    /// `inputMediaEmpty`: what most methods refuse.
    fileprivate var isEmptyInput: Bool { name.hasPrefix("input") && name.hasSuffix("Empty") }

    /// `inputPeerEmpty`: a placeholder that no example needs.
    fileprivate var saysNothing: Bool {
        ["Empty", "NotModified", "Unknown", "Forbidden", "Deleted", "Default", "Unsupported"].contains(
            where: name.hasSuffix
        )
    }
}
