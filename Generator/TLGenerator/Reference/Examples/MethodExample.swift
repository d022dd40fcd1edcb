import TLSchema

/// A call of a method, with the errors one is most likely to meet.
struct MethodExample {
    let reference: Reference

    func example(of function: Combinator) -> Example {
        let path = reference.names.typePath(function.name)
        let request = reference.examples.call(path, function)
        let start = "let request = "
        var code = start + request.text(column: start.utf8.count) + "\n"
        code += "do {\n    let response = try await client(request)\n    print(response)\n}"
        let errors = typicalErrors(of: function)
        for error in errors { code += clause(for: error) }
        if errors.count < 2, let flood = reference.context.floodWait, !errors.contains(where: { $0.name == flood.name })
        {
            code += clause(for: flood)
        }
        if errors.isEmpty { code += " catch let error as RPCError {\n    print(error)\n}" }
        return Example(parameters: [("client", "ExampleClient")], code: code)
    }

    /// At most two: one that says how long to wait or where to go, one that is about this very method.
    private func typicalErrors(of function: Combinator) -> [ErrorDefinition] {
        guard let catalog = reference.context.documentation.errors,
            let facts = reference.context.documentation.methods?[function.name]
        else { return [] }
        let known = facts.errors.filter { !reference.generalErrors.contains($0) }.compactMap { catalog[$0] }
        let words = Set(function.fields.flatMap { $0.name.uppercased().split(separator: "_") })
        func rank(_ error: ErrorDefinition) -> (Int, Int, String) {
            let shared = error.name.split(separator: "_").count(where: words.contains)
            let uses = reference.usage.raising[error.name]?.count ?? 0
            return (-shared, -uses, error.name)
        }
        let numbered = known.filter { !$0.parameters.isEmpty }.min { rank($0) < rank($1) }
        let others = known.filter { $0.parameters.isEmpty }.sorted { rank($0) < rank($1) }
        var result = Array(others.prefix(numbered == nil ? 2 : 1))
        if let numbered { result.insert(numbered, at: 0) }
        // Two names may share a class, which is caught once.
        var classes: Set<String> = []
        return result.filter { classes.insert(reference.context.errorClasses[$0.name] ?? "").inserted }
    }

    /// ` catch let error as RPCError.FloodWait { ... }`
    func clause(for error: ErrorDefinition) -> String {
        let name = "RPCError.\(reference.context.errorClasses[error.name] ?? "")"
        return " catch let error as \(name) {\n    \(reference.context.reaction(to: error))\n}"
    }
}

extension TranslationContext {
    /// The error that any method can end with.
    var floodWait: ErrorDefinition? { documentation.errors?["FLOOD_WAIT_%d"] }

    /// What a program does first about an error, in a line.
    func reaction(to error: ErrorDefinition) -> String {
        guard let parameter = error.parameters.first else { return "print(error)" }
        switch parameter.unit {
        case .seconds, .minutes: return "try await Task.sleep(for: error.duration)"
        default: return "print(error.\(names.escaped(parameter.name)))"
        }
    }
}
