import TLSchema

/// Names that are different in the schema and equal in Swift, and names that hide what generated code uses. All are
/// found before anything is written, since a compiler error in generated code points at the wrong place.
struct NameConflicts {
    /// What has which Swift name within one scope; no location for what is generated with every schema.
    private typealias Scope = [String: (what: String, location: SourceLocation?)]

    private let context: TranslationContext
    private var diagnostics: [Diagnostic] = []

    private var names: SwiftNames { context.names }

    private init(_ context: TranslationContext) { self.context = context }

    static func find(in context: TranslationContext) -> [Diagnostic] {
        var conflicts = NameConflicts(context)
        conflicts.checkRoot()
        conflicts.checkScopes()
        conflicts.checkTypes()
        conflicts.checkFields()
        conflicts.checkErrors()
        return conflicts.diagnostics
    }

    /// The root stands in the module itself, where it could hide what comes from other modules.
    private mutating func checkRoot() {
        let isTaken =
            ReservedWords.usedByGeneratedCode.contains(names.root)
            || ReservedWords.usedInsideOfRoot.contains(names.root)
            || names.escaped(names.root) != names.root
        guard isTaken else { return }
        diagnostics.append(
            .error(
                "'\(names.root)' cannot be the root, because the word is taken; expected another one, such as 'TL'",
                at: nil
            )
        )
    }

    /// Types, functions and namespaces that share a scope.
    private mutating func checkScopes() {
        let schema = context.schema
        var seen: Scope = [:]
        for reserved in ["Object", "Function"] {
            seen["\(names.root).\(reserved)"] = (
                "the protocol '\(reserved)' that is generated with every schema", nil
            )
        }
        if context.peerCarriers != nil {
            let reserved = PeerCarriers.protocolName
            seen["\(names.root).\(reserved)"] = (
                "the protocol '\(reserved)' that is generated with users and chats", nil
            )
        }
        let declared =
            schema.types.map { (name: $0.name, location: $0.constructors[0].location) }
            + schema.functions.map { (name: $0.name, location: $0.location) }
        var namespaces: Set<String> = []
        for (name, location) in declared {
            guard let namespace = name.namespace, namespaces.insert(namespace).inserted else { continue }
            note(&seen, names.scope(namespace), "the namespace '\(namespace)'", location)
        }
        for type in schema.types {
            let location = type.constructors[0].location
            checkHiding(names.typeName(type.name), "the type '\(type.name)'", location)
            note(&seen, names.typePath(type.name), "the type '\(type.name)'", location)
        }
        for function in schema.functions {
            checkHiding(names.typeName(function.name), "the function '\(function.name)'", function.location)
            note(&seen, names.typePath(function.name), "the function '\(function.name)'", function.location)
            if !function.typeParameters.isEmpty {
                // Servers read wrappers through functions of the root.
                let decoder = "\(names.root).\(names.wrapperDecoderName(function.name))"
                note(&seen, decoder, "what reads the wrapper '\(function.name)'", function.location)
            }
        }
    }

    /// Cases and payload classes inside one enum.
    private mutating func checkTypes() {
        for type in context.schema.types where type.constructors.count > 1 {
            var seen: Scope = [:]
            for constructor in type.constructors {
                let what = "the constructor '\(constructor.name)'"
                let typeName = names.typeName(constructor.name)
                let caseName = names.caseName(constructor.name)
                checkHiding(typeName, what, constructor.location)
                // One message is enough where both clash.
                let isKnown = seen[typeName] != nil
                note(&seen, typeName, what, constructor.location)
                if !isKnown && caseName != typeName { note(&seen, caseName, what, constructor.location) }
            }
        }
    }

    /// Fields of one constructor or function.
    private mutating func checkFields() {
        for combinator in context.schema.constructors + context.schema.functions {
            var seen: Scope = [:]
            if combinator.kind == .constructor, let type = combinator.result.typeName,
                context.peerCarriers?.contains(type) ?? false
            {
                for kind in PeerCarriers.Kind.allCases {
                    seen[kind.property] = ("what gives the \(kind) that come along", nil)
                }
            }
            for field in combinator.fields {
                let name = names.fieldName(field.name, of: combinator.name)
                note(&seen, name, "the field '\(field.name)'", field.location)
            }
        }
    }

    /// Error classes, among themselves and with what the base class has already.
    private mutating func checkErrors() {
        guard let catalog = context.documentation.errors else { return }
        var seen: Scope = [:]
        for family in ErrorTranslator.families.values.sorted() { seen[family] = ("the family '\(family)'", nil) }
        for definition in catalog.distinctDefinitions {
            let name = names.errorName(definition.name)
            checkHiding(name, "the error '\(definition.name)'", definition.location)
            note(&seen, name, "the error '\(definition.name)'", definition.location)
            checkParameters(of: definition)
        }
    }

    /// Parameters become properties of a class that has some already.
    private mutating func checkParameters(of definition: ErrorDefinition) {
        for parameter in definition.parameters {
            let hasDuration = parameter.unit == .seconds || parameter.unit == .minutes
            let isTaken =
                ReservedWords.errorMembers.contains(parameter.name)
                || ReservedWords.replacements[parameter.name] != nil
                || hasDuration && parameter.name == "duration"
            guard isTaken else { continue }
            diagnostics.append(
                .error(
                    "the parameter '\(parameter.name)' of the error '\(definition.name)' cannot be a property, "
                        + "because the name is taken; expected another name",
                    at: definition.location
                )
            )
        }
    }

    // MARK: - Findings

    private mutating func checkHiding(_ swiftName: String, _ what: String, _ location: SourceLocation) {
        guard swiftName == names.root || ReservedWords.usedByGeneratedCode.contains(swiftName) else { return }
        diagnostics.append(
            .error(
                "\(what) would be called '\(swiftName)' in Swift and hide what generated code means by that; "
                    + "give it another name in names.json",
                at: location
            )
        )
    }

    private mutating func note(_ seen: inout Scope, _ swiftName: String, _ what: String, _ location: SourceLocation) {
        guard let first = seen[swiftName] else {
            seen[swiftName] = (what, location)
            return
        }
        diagnostics.append(
            .error(
                "\(what) and \(first.what) would both be called '\(swiftName)' in Swift; "
                    + "give one of them another name in names.json",
                at: location
            )
        )
        if let place = first.location { diagnostics.append(.note("\(first.what) is here", at: place)) }
    }
}
