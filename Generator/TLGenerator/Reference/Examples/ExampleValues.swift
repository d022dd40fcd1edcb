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

    /// A call that builds a constructor or method: its required fields, in order.
    func call(_ path: String, _ combinator: Combinator, depth: Int = 0) -> ExampleExpression {
        let arguments = FieldTranslator(combinator, in: context).visible.compactMap {
            field -> ExampleExpression.Argument? in
            guard case .value(let type, when: nil) = field.field.content else { return nil }
            return .init(
                label: label(field.name),
                value: value(of: type, for: field.field.name, depth: depth)
            )
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

    private func value(of type: TypeReference, for field: String, depth: Int) -> ExampleExpression {
        switch type {
        case .int: ExampleExpression(ExampleScalars.int(field))
        case .long: ExampleExpression(ExampleScalars.long(field))
        case .double: ExampleExpression(ExampleScalars.double(field))
        case .string: ExampleExpression(ExampleScalars.string(field))
        case .bytes: ExampleExpression("[1, 2, 3]")
        case .bool: ExampleExpression("true")
        case .int128: ExampleExpression("TLInt128(low: 1, high: 2)")
        case .int256: ExampleExpression("TLInt256(low: .init(low: 1, high: 2), high: .init(low: 3, high: 4))")
        case .boxed(let name): boxed(name, depth: depth)
        case .bare(let name): bare(name, depth: depth)
        case .vector(let element, _): list(of: element, for: field, depth: depth)
        case .generic: query
        }
    }

    /// One element shows what goes in, unless it would hold a list of its own kind without end.
    private func list(of element: TypeReference, for field: String, depth: Int) -> ExampleExpression {
        guard depth <= Self.mostDepth, costs.canBuild(element) else { return ExampleExpression("[]") }
        return .list(of: value(of: element, for: field, depth: depth + 1))
    }

    private func boxed(_ name: QualifiedName, depth: Int) -> ExampleExpression {
        guard let type = context.schema.type(named: name), let constructor = choice(of: type, depth: depth) else {
            return ExampleExpression("nil")
        }
        return value(of: constructor, in: type, depth: depth + 1)
    }

    private func bare(_ name: QualifiedName, depth: Int) -> ExampleExpression {
        guard let constructor = context.schema.constructor(named: name) else { return ExampleExpression("nil") }
        return call(context.mapping.path(ofConstructor: name), constructor, depth: depth + 1)
    }

    /// The simplest constructor; near the surface one that says something, and far below the one that ends soonest.
    private func choice(of type: TypeDefinition, depth: Int) -> Combinator? {
        if depth > Self.mostDepth { return type.constructors[context.graph.shallowestConstructor[type.name] ?? 0] }
        let telling = type.constructors.filter { !$0.name.saysNothing }
        if depth < 2, let best = simplest(of: telling) { return best }
        return simplest(of: type.constructors)
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
    /// `inputPeerEmpty`: a placeholder that no example needs.
    fileprivate var saysNothing: Bool {
        ["Empty", "NotModified", "Unknown", "Forbidden", "Deleted", "Default", "Unsupported"].contains(
            where: name.hasSuffix
        )
    }
}
