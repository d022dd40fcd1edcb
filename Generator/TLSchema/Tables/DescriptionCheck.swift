/// Holds the sentences of the tables against the rules of their wording, and finds what has none.
struct DescriptionCheck {
    /// One sentence, and what it is about.
    private struct Description {
        let subject: String
        let text: String
        let location: SourceLocation
        /// Whether no other may be the same; what recurs in many places, such as a field, may be told in the same
        /// words.
        let isUnique: Bool
    }

    let schema: Schema
    let errors: ErrorCatalog
    let methods: MethodTable
    let types: TypeTable

    /// Namespaces of the methods that most programs call, of which the fields have to be told, too.
    private static let toldNamespaces: Set<String> = [
        "account", "auth", "bots", "channels", "contacts", "help", "messages", "photos", "updates", "upload", "users",
    ]

    /// What has no sentence: errors, methods, types and constructors, and of the most used methods those fields whose
    /// type tells nothing.
    func missing() -> [Diagnostic] {
        let errors = errors.definitions.filter { $0.description == nil }.map { definition in
            Diagnostic.error(
                "the error '\(definition.name)' has no description, expected one sentence that helps whoever meets it",
                at: definition.location
            )
        }
        let methods = methods.methods.filter { $0.summary == nil }.map { facts in
            Diagnostic.error(
                "the method '\(facts.method)' has no summary, expected one sentence that says what it does",
                at: facts.location
            )
        }
        let constructors = schema.constructors.filter { types[$0.name] == nil }.map { constructor in
            Diagnostic.error(
                "the constructor '\(constructor.name)' has no row in the type table, expected one sentence that says what it is",
                at: constructor.location
            )
        }
        let definitions = schema.types.filter { types[$0.name] == nil }.map { type in
            Diagnostic.error(
                "the type '\(type.name)' has no row in the type table, expected one sentence that says what it is",
                at: type.constructors.first?.location
            )
        }
        return errors + methods + definitions + constructors + missingFields()
    }

    /// Numbers, which count or name something, bytes, and flags, which change what the method does. Other types have
    /// words of their own.
    private func missingFields() -> [Diagnostic] {
        let told = schema.functions.filter { Self.toldNamespaces.contains($0.name.namespace ?? "") }
        return told.flatMap { function in
            function.fields.filter { $0.needsWords && types[$0.name, of: function.name] == nil }.map { field in
                Diagnostic.error(
                    "the field '\(function.name).\(field.name)' has no row in the type table, "
                        + "expected one sentence that says what it counts, names or changes",
                    at: field.location
                )
            }
        }
    }

    /// Sentences that break a rule of ``Wording``, and those that stand twice.
    func badWording() -> [Diagnostic] {
        let wording = Wording(schema: schema, errors: errors)
        var diagnostics: [Diagnostic] = []
        var first: [String: Description] = [:]
        for description in descriptions {
            if let problem = wording.problem(of: description.text) {
                diagnostics.append(
                    .error("the sentence about '\(description.subject)' \(problem)", at: description.location)
                )
            }
            guard description.isUnique else { continue }
            if let other = first[description.text] {
                diagnostics.append(
                    .error(
                        "the sentence about '\(description.subject)' is the same as that about '\(other.subject)', "
                            + "expected one that tells the two apart",
                        at: description.location
                    )
                )
                diagnostics.append(.note("the other one is here", at: other.location))
            } else {
                first[description.text] = description
            }
        }
        return diagnostics
    }

    private var descriptions: [Description] {
        let errors = errors.definitions.compactMap { definition in
            definition.description.map {
                Description(subject: definition.name, text: $0, location: definition.location, isUnique: true)
            }
        }
        let methods = methods.methods.compactMap { facts in
            facts.summary.map {
                Description(subject: "\(facts.method)", text: $0, location: facts.location, isUnique: true)
            }
        }
        let types = types.entries.map { entry in
            Description(
                subject: "\(entry.subject)",
                text: entry.summary,
                location: entry.location,
                isUnique: entry.subject.field == nil
            )
        }
        return errors + methods + types
    }
}

extension Field {
    fileprivate var needsWords: Bool {
        switch content {
        case .flags: false
        case .presence: true
        case .value(let type, _): type.tellsNothing
        }
    }
}

extension TypeReference {
    fileprivate var tellsNothing: Bool {
        switch self {
        case .int, .long, .double, .int128, .int256, .bytes: true
        case .vector(let element, _): element.tellsNothing
        case .string, .bool, .boxed, .bare, .generic: false
        }
    }
}
