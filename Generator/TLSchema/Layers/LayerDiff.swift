/// What differs between two schemas, and what that means to Swift code that uses the generated types.
public struct LayerDiff: Sendable {
    /// A method of the friendly client that a difference concerns.
    public struct FriendlyImpact: Sendable, Hashable {
        /// The friendly method's name, `sendMessage`.
        public let friendly: String
        /// The functions it calls that differ, or that take or return a type whose change breaks source.
        public let functions: [QualifiedName]
    }

    /// Layer of the old schema, if it tells.
    public let oldLayer: Int?
    /// Layer of the new schema, if it tells.
    public let newLayer: Int?
    /// Types first, then constructors, then functions, each ordered by name.
    public let changes: [SchemaChange]
    /// Friendly methods that are touched, ordered by name; empty without a method table.
    public let friendly: [FriendlyImpact]

    /// Compares two schemas. Constructors of built-in types are not compared.
    ///
    /// The method table says which friendly methods call which function. The one that goes with the old schema serves
    /// best, since it still has rows for functions that are gone.
    public init(old: Schema, new: Schema, methods: MethodTable? = nil) {
        oldLayer = old.layer
        newLayer = new.layer
        let types = Self.typeChanges(old, new)
        let constructors = Self.combinatorChanges(.constructor, old.constructors, new.constructors) { combinator in
            // A new constructor of a type that was there before is one more case to meet.
            guard case .boxed(let type) = combinator.result, old.type(named: type) != nil else { return .none }
            return .behaviour
        }
        let functions = Self.combinatorChanges(.function, old.functions, new.functions) { _ in .none }
        changes = types + constructors + functions
        friendly = methods.map { Self.impacts(of: types + constructors, functions, old, new, methods: $0) } ?? []
    }

    /// The changes that mean as much, in order.
    public func changes(with effect: SchemaChange.Effect) -> [SchemaChange] {
        changes.filter { $0.effect == effect }
    }

    private static func typeChanges(_ old: Schema, _ new: Schema) -> [SchemaChange] {
        var changes: [SchemaChange] = []
        for type in new.types where old.type(named: type.name) == nil {
            changes.append(SchemaChange(.type, type.name, .added, effect: .none))
        }
        for type in old.types {
            guard let now = new.type(named: type.name)?.constructors.count else {
                changes.append(SchemaChange(.type, type.name, .removed, effect: .source))
                continue
            }
            let before = type.constructors.count
            guard (before == 1) != (now == 1) else { continue }
            let text =
                now == 1
                ? "one constructor is left of \(before): the enum becomes a class"
                : "there are \(now) constructors instead of one: the class becomes an enum"
            changes.append(
                SchemaChange(.type, type.name, .changed, effect: .source, details: [.init(.source, text)])
            )
        }
        return changes.sorted { $0.name < $1.name }
    }

    private static func combinatorChanges(
        _ subject: SchemaChange.Subject,
        _ old: [Combinator],
        _ new: [Combinator],
        effectOfAddition: (Combinator) -> SchemaChange.Effect
    ) -> [SchemaChange] {
        let oldByName = Dictionary(old.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let newNames = Set(new.map(\.name))
        var changes: [SchemaChange] = []
        for combinator in new {
            if let before = oldByName[combinator.name] {
                if let change = CombinatorComparison(old: before, new: combinator).change { changes.append(change) }
            } else {
                let effect = effectOfAddition(combinator)
                changes.append(
                    SchemaChange(
                        subject,
                        combinator.name,
                        .added,
                        effect: effect,
                        details: combinator.kind == .constructor ? [additionDetail(of: combinator, effect)] : [],
                        newNumber: combinator.number
                    )
                )
            }
        }
        for combinator in old where !newNames.contains(combinator.name) {
            changes.append(
                SchemaChange(subject, combinator.name, .removed, effect: .source, oldNumber: combinator.number)
            )
        }
        return changes.sorted { $0.name < $1.name }
    }

    private static func additionDetail(
        of constructor: Combinator,
        _ effect: SchemaChange.Effect
    ) -> SchemaChange.Detail {
        let type = "of type '\(constructor.result.schemaText)'"
        guard effect == .behaviour else { return .init(.none, type) }
        return .init(effect, type + "; a 'switch' without 'default' needs the new case")
    }

    private static func impacts(
        of data: [SchemaChange],
        _ functions: [SchemaChange],
        _ old: Schema,
        _ new: Schema,
        methods: MethodTable
    ) -> [FriendlyImpact] {
        var brokenTypes: Set<QualifiedName> = []
        for change in data where change.effect == .source {
            if change.subject == .type { brokenTypes.insert(change.name) }
            for schema in [old, new] {
                guard case .boxed(let type)? = schema.constructor(named: change.name)?.result else { continue }
                brokenTypes.insert(type)
            }
        }
        var touched = Set(functions.lazy.filter { $0.kind != .added }.map(\.name))
        for function in new.functions where function.mentions(brokenTypes) { touched.insert(function.name) }
        var functionsByFriendly: [String: [QualifiedName]] = [:]
        for facts in methods.methods where touched.contains(facts.method) {
            for friendly in facts.friendly where !friendly.isPlanned {
                functionsByFriendly[friendly.name, default: []].append(facts.method)
            }
        }
        return functionsByFriendly.map { FriendlyImpact(friendly: $0.key, functions: $0.value.sorted()) }
            .sorted { $0.friendly.utf8.lexicographicallyPrecedes($1.friendly.utf8) }
    }
}

extension Combinator {
    fileprivate func mentions(_ types: Set<QualifiedName>) -> Bool {
        result.mentions(types) || fields.contains { $0.type?.mentions(types) ?? false }
    }
}

extension TypeReference {
    fileprivate func mentions(_ types: Set<QualifiedName>) -> Bool {
        switch self {
        case .boxed(let name): types.contains(name)
        case .vector(let element, _): element.mentions(types)
        default: false
        }
    }
}
