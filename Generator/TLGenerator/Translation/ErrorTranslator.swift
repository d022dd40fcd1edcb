import TLSchema

/// Error definitions to classes nested in `RPCError`, and the catalog that finds the class of a name.
struct ErrorTranslator {
    let context: TranslationContext

    func translate(_ catalog: ErrorCatalog) -> [Declaration] {
        let definitions = catalog.distinctDefinitions
        let classes = definitions.map { Declaration.type(errorClass($0)) }
        let entries = definitions.map { definition in
            "(\"\(definition.name.uppercased().replacingD)\", \(quoted(explanation(definition))), RPCError.\(context.names.errorName(definition.name)).self),"
        }
        return [
            .type(TypeDeclaration(access: "", kind: .extension, name: "RPCError", members: classes)),
            .type(
                TypeDeclaration(
                    access: "",
                    kind: .extension,
                    name: context.names.root,
                    members: [
                        .property(
                            PropertyDeclaration(
                                doc: DocComment("Every error name this schema knows, with its class."),
                                modifiers: "\(context.access) static",
                                name: "errorCatalog",
                                type: "RPCErrorCatalog",
                                content: .constant(
                                    "RPCErrorCatalog([\n" + entries.map { "        \($0)\n" }.joined() + "    ])"
                                )
                            )
                        )
                    ]
                )
            ),
        ]
    }

    /// The description, with the mark for the number where documentation names the property that has it.
    private func explanation(_ definition: ErrorDefinition) -> String {
        let description = context.inSwift(definition.description ?? "")
        return definition.parameters.reduce(description) { text, parameter in
            text.replacing("`\(parameter.name)`", with: "%d")
        }
    }

    private func errorClass(_ definition: ErrorDefinition) -> TypeDeclaration {
        let codes = definition.codes.map(String.init).joined(separator: " or ")
        var members: [Declaration] = []
        for parameter in definition.parameters {
            members.append(
                property(parameter.name, "Swift.Int", "value ?? 0", doc: Self.meaning(of: parameter.unit))
            )
            if let duration = duration(parameter) {
                members.append(property("duration", "Swift.Duration", duration, doc: "The same as a duration."))
            }
        }
        return TypeDeclaration(
            doc: DocComment([
                context.inSwift(definition.description ?? ""), "- Remark: `\(definition.name)`, code \(codes).",
            ]),
            access: context.access,
            kind: .finalClass,
            name: context.names.errorName(definition.name),
            conformances: [Self.family(ofCode: definition.codes.first ?? 0), "@unchecked Swift.Sendable"],
            members: members
        )
    }

    private func property(_ name: String, _ type: String, _ value: String, doc: String) -> Declaration {
        .property(
            PropertyDeclaration(
                doc: DocComment(doc),
                modifiers: context.access,
                name: context.names.escaped(name),
                type: type,
                content: .computed([.line(value)])
            )
        )
    }

    /// The class of a code, as the runtime names them.
    static func family(ofCode code: Int) -> String { families[abs(code)] ?? "RPCError" }

    static let families = [
        303: "InvalidDC", 400: "BadRequest", 401: "Unauthorized", 403: "Forbidden", 404: "NotFound", 406: "AuthKey",
        420: "Flood", 500: "Server", 503: "TimedOut",
    ]

    private func duration(_ parameter: ErrorDefinition.Parameter) -> String? {
        switch parameter.unit {
        case .seconds: ".seconds(\(context.names.escaped(parameter.name)))"
        // The runtime takes no numbers from names that are so long that this could overflow.
        case .minutes: ".seconds(\(context.names.escaped(parameter.name)) * 60)"
        default: nil
        }
    }

    /// What the property of a number tells.
    static func meaning(of unit: ErrorUnit) -> String {
        switch unit {
        case .seconds: "How long, in seconds."
        case .minutes: "How long, in minutes."
        case .dc: "The data center."
        case .part: "The part, counted from 0."
        case .length: "How many characters."
        case .count: "How many."
        case .date: "When, in seconds since 1970 UTC."
        case .stars: "How many Telegram Stars."
        case .id: "What it is about."
        case .index: "Which one, counted from 0."
        }
    }

    /// A string literal: descriptions are data and may hold anything.
    private func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case let control where control.value < 0x20: result += "\\u{\(String(control.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

extension ErrorCatalog {
    /// The definitions that get a class of their own.
    ///
    /// Names are matched without regard to case, so names that differ only in case share the class of the first. A name
    /// that is a known pattern with its number filled in (`FILE_PART_0_MISSING`) shares the class of the pattern:
    /// whoever catches missing parts means the first one too.
    var distinctDefinitions: [ErrorDefinition] {
        let known = Set(definitions.map { $0.name.uppercased() })
        var seen: Set<String> = []
        return definitions.filter { definition in
            let name = definition.name.uppercased()
            return Self.classKey(of: definition, known: known) == name && seen.insert(name).inserted
        }
    }

    /// For each name, the upper-case name of the definition whose class it has.
    var classKeys: [String: String] {
        let known = Set(definitions.map { $0.name.uppercased() })
        return Dictionary(
            definitions.map { ($0.name, Self.classKey(of: $0, known: known)) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    private static func classKey(of definition: ErrorDefinition, known: Set<String>) -> String {
        let name = definition.name.uppercased()
        guard definition.parameters.isEmpty else { return name }
        let words = name.split(separator: "_", omittingEmptySubsequences: false)
        for (index, word) in words.enumerated() where Int(word) != nil {
            var pattern = words
            pattern[index] = "%D"
            let candidate = pattern.joined(separator: "_")
            if known.contains(candidate) { return candidate }
        }
        return name
    }
}

extension String {
    /// Upper-casing spoils the placeholder.
    fileprivate var replacingD: String {
        split(separator: "%D", omittingEmptySubsequences: false).joined(separator: "%d")
    }
}
