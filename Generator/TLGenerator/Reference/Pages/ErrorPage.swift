import TLSchema

/// An error: what it means, what it carries, who raises it, how to catch it.
struct ErrorPage {
    let reference: Reference

    func make(_ error: ErrorDefinition) -> DocumentedPage {
        let family = ErrorTranslator.family(ofCode: error.codes.first ?? 0)
        let type = reference.context.errorClasses[error.name] ?? ""
        let example = example(of: error)
        var page = Page(
            address: reference.addresses.address(.error, error.name),
            part: .errors,
            title: error.name,
            kind: "error",
            trail: [("Errors", .index(of: .error)), (familyTitle(family), reference.addresses.family(family))],
            facts: [.mark("code \(error.codeText)"), .code("RPCError.\(type)")],
            summary: reference.prose(error.description)
        )
        if !error.parameters.isEmpty {
            page.blocks += [.heading("Attributes"), .terms(attributes(of: error))]
            page.blocks += [.heading("On the wire"), .code(error.sample, .wire), .paragraph(wireWords(error))]
        }
        page.blocks += [
            .heading("Catching it"), .code(example.code, .swift), .paragraph(familyWords(error, family, type)),
        ]
        page.blocks += methods(error)
        return DocumentedPage(page: page, examples: [example])
    }

    private func familyTitle(_ family: String) -> String { family == "RPCError" ? "other codes" : "RPCError.\(family)" }

    private func attributes(of error: ErrorDefinition) -> [Block.Term] {
        error.parameters.flatMap { parameter -> [Block.Term] in
            var terms = [
                Block.Term(
                    head: [.code(parameter.name), .text(" "), .code("Int")],
                    words: [
                        .text(ErrorTranslator.meaning(of: parameter.unit) + " "),
                        .link("Errors of this kind", reference.addresses.unit(parameter.unit)), .text("."),
                    ]
                )
            ]
            if [.seconds, .minutes].contains(parameter.unit) {
                terms.append(
                    Block.Term(
                        head: [.code("duration"), .text(" "), .code("Duration")],
                        words: [.text("The same, ready for "), .code("Task.sleep(for:)"), .text(".")]
                    )
                )
            }
            return terms
        }
    }

    private func wireWords(_ error: ErrorDefinition) -> [Inline] {
        let name = error.parameters.first?.name ?? "value"
        return [
            .text("The server sends a number in place of "), .code("%d"), .text(": then "), .code("\(name)"),
            .text(" is \(error.sampleNumber(0)), and "), .code("error.name"), .text(" is the whole name as it came."),
        ]
    }

    private func familyWords(_ error: ErrorDefinition, _ family: String, _ type: String) -> [Inline] {
        var words: [Inline] = [.code("RPCError.\(type)"), .text(" belongs to ")]
        words.append(
            .codeLink(family == "RPCError" ? family : "RPCError.\(family)", reference.addresses.family(family))
        )
        words.append(.text(", which catches it, too."))
        let sharing = (reference.errorNames[type] ?? []).filter { $0 != error.name }
        guard !sharing.isEmpty else { return words }
        return words + [.text(" It shares its class with ")]
            + .enumeration(sharing.map(reference.link(error:))) + [.text(".")]
    }

    private func example(of error: ErrorDefinition) -> Example {
        let clause = MethodExample(reference: reference).clause(for: error)
        return Example(
            parameters: [("client", "ExampleClient"), ("request", "some TLFunction")],
            code: "do {\n    _ = try await client(request)\n}" + clause
        )
    }

    private func methods(_ error: ErrorDefinition) -> [Block] {
        let methods = reference.usage.raising[error.name] ?? []
        let heading = Block.heading("Methods that raise it")
        let all = reference.schema.functions.count
        if methods.isEmpty {
            let words =
                error.name == reference.context.floodWait?.name
                ? "Any method." : "None in particular is known: it can come at any time, or is rare."
            return [heading, .paragraph([.text(words)])]
        }
        guard reference.generalErrors.contains(error.name) else {
            return [heading, .names(methods.map { reference.link(.method, $0) })]
        }
        let known = Set(methods)
        let others = reference.schema.functions.map(\.name).filter { !known.contains($0) }
        return [
            heading,
            .paragraph([.text("Known from \(methods.count) of \(all) methods; nothing is known about these:")]),
            .names(others.map { reference.link(.method, $0) }),
        ]
    }
}

extension ErrorDefinition {
    /// A name as the server would send it.
    var sample: String {
        let pieces = name.split(separator: "%d", omittingEmptySubsequences: false)
        var text = ""
        for (index, piece) in pieces.enumerated() {
            if index > 0 { text += sampleNumber(index - 1) }
            text += piece
        }
        return text
    }

    /// What stands in ``sample`` in place of a `%d`.
    func sampleNumber(_ index: Int) -> String {
        index < parameters.count ? parameters[index].unit.sampleNumber : ErrorUnit.id.sampleNumber
    }
}

extension ErrorUnit {
    /// A number that may well come: there are five data centers, and a date is a date.
    fileprivate var sampleNumber: String {
        switch self {
        case .seconds, .id: "42"
        case .minutes, .length: "5"
        case .dc: "4"
        case .part, .index: "3"
        case .count: "10"
        case .date: "1800000000"
        case .stars: "100"
        }
    }
}
