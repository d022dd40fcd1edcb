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

    /// What programs really meet, the most telling first; other errors tell of mistakes in the request.
    private static let commonErrors = [
        "SESSION_PASSWORD_NEEDED", "PHONE_CODE_INVALID", "PHONE_NUMBER_INVALID", "PASSWORD_HASH_INVALID",
        "ACCESS_TOKEN_INVALID", "EMAIL_UNCONFIRMED_%d", "TAKEOUT_INIT_DELAY_%d", "FILE_REFERENCE_EXPIRED",
        "FILE_MIGRATE_%d", "STATS_MIGRATE_%d", "USERNAME_NOT_OCCUPIED", "USERNAME_OCCUPIED", "USERNAME_INVALID",
        "INVITE_HASH_EXPIRED", "INVITE_REQUEST_SENT", "MESSAGE_NOT_MODIFIED", "SLOWMODE_WAIT_%d",
        "CHAT_WRITE_FORBIDDEN",
        "USER_PRIVACY_RESTRICTED", "USER_NOT_PARTICIPANT", "CHAT_ADMIN_REQUIRED", "CHANNEL_PRIVATE",
        "QUERY_ID_INVALID", "MESSAGE_ID_INVALID", "PEER_ID_INVALID", "USER_ID_INVALID",
    ]

    /// At most two: common ones first, then those that say how long to wait, then those that are about the method's
    /// own fields. Errors of a wrapper are mostly those of what it wraps.
    private func typicalErrors(of function: Combinator) -> [ErrorDefinition] {
        guard let catalog = reference.context.documentation.errors, function.typeParameters.isEmpty,
            let facts = reference.context.documentation.methods?[function.name]
        else { return [] }
        let known = facts.errors.filter { !reference.generalErrors.contains($0) }.compactMap { catalog[$0] }
        let words = Set(function.fields.flatMap { $0.name.uppercased().split(separator: "_") })
        func rank(_ error: ErrorDefinition) -> (Int, Int, Int, Int, String) {
            let common = Self.commonErrors.firstIndex(of: error.name) ?? Self.commonErrors.count
            let isWait = [.seconds, .minutes].contains(error.parameters.first?.unit)
            let shared = error.name.split(separator: "_").count(where: words.contains)
            let uses = reference.usage.raising[error.name]?.count ?? 0
            return (common, isWait ? 0 : 1, -shared, -uses, error.name)
        }
        // Two names may share a class, which is caught once.
        var classes: Set<String> = []
        return known.sorted { rank($0) < rank($1) }
            .filter { classes.insert(reference.context.errorClasses[$0.name] ?? "").inserted }
            .prefix(2).map { $0 }
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
