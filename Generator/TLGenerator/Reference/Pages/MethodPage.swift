import TLSchema

/// A method: how it is written, what goes in, what comes out, what can go wrong.
struct MethodPage {
    let reference: Reference

    func make(_ function: Combinator) -> DocumentedPage {
        let facts = reference.context.documentation.methods?[function.name]
        let example = MethodExample(reference: reference).example(of: function)
        let fields = reference.fields(of: function)
        var page = Page(
            address: reference.addresses.address(.method, function.name.description),
            part: .methods,
            title: function.name.description,
            kind: "method",
            trail: [("Methods", .index(of: .method)), reference.namespaceStep(function.name.namespace)],
            facts: [facts?.usableBy.mark, reference.since(function.name), .mark("#\(function.numberText)")]
                .compactMap { $0 },
            summary: reference.prose(facts?.summary)
        )
        page.blocks += friendly("The client calls it in ", (facts?.friendly ?? []).filter { !$0.isPlanned })
        page.blocks += friendly("Planned for the client: ", (facts?.friendly ?? []).filter(\.isPlanned))
        page.blocks += [.heading("Declaration"), .code(signature(of: function), .swift)]
        page.blocks.append(.code(TLText.declaration(of: function), .tl))
        if !fields.isEmpty { page.blocks += [.heading("Fields"), .terms(fields)] }
        page.blocks += result(of: function)
        page.blocks += errors(facts)
        page.blocks += [.heading("Example"), .code(example.code, .swift)]
        page.blocks += seeAlso(function)
        return DocumentedPage(page: page, examples: [example])
    }

    private func friendly(_ words: String, _ methods: [FriendlyMethod]) -> [Block] {
        guard !methods.isEmpty else { return [] }
        let links = methods.map { Inline.codeLink($0.path, PageAddress.friendly.at($0.name)) }
        return [.paragraph([.text(words)] + .enumeration(links) + [.text(".")])]
    }

    private func signature(of function: Combinator) -> String {
        let path = reference.names.typePath(function.name) + (function.typeParameters.isEmpty ? "" : "<Query>")
        let call = ExampleExpression(head: path, arguments: reference.parameters(of: function))
        return call.text() + " -> " + reference.responseType(function.result)
    }

    private func result(of function: Combinator) -> [Block] {
        let address = function.result == .bool ? PageAddress.builtIn.at("Bool") : reference.address(of: function.result)
        let type = Inline.codeLink(reference.responseType(function.result), address)
        guard let name = function.result.mentionedType(in: reference.schema),
            let definition = reference.schema.type(named: name)
        else {
            let words = function.typeParameters.isEmpty ? "" : ": whatever the wrapped request answers with"
            return [.heading("Result"), .paragraph([type, .text(words + ".")])]
        }
        var line: [Inline] = [type]
        if let summary = reference.context.documentation.types?[name] {
            line += [.text(": ")] + reference.prose(summary)
        }
        var blocks: [Block] = [.heading("Result"), .paragraph(line)]
        let constructors = definition.constructors
        if constructors.count > 1 {
            blocks.append(.names(constructors.map { reference.link(.constructor, $0.name) }))
        } else if let only = constructors.first {
            blocks.append(
                .paragraph([.text("Its only constructor is "), reference.link(.constructor, only.name), .text(".")])
            )
        }
        return blocks
    }

    private func errors(_ facts: MethodFacts?) -> [Block] {
        let names = facts?.errors ?? []
        var blocks: [Block] = [.heading("Errors")]
        let own = names.filter { !reference.generalErrors.contains($0) }
        let general = names.filter(reference.generalErrors.contains)
        if !own.isEmpty { blocks.append(.terms(own.map(reference.term(error:)))) }
        if !general.isEmpty {
            blocks.append(.paragraph([.text(own.isEmpty ? "Known from most methods:" : "And, as from most methods:")]))
            blocks.append(.terms(general.map(reference.term(error:))))
        }
        var note: [Inline] = names.isEmpty ? [.text("None is known to belong to this method. ")] : []
        note.append(.text("Any method can be answered with "))
        if let flood = reference.context.floodWait {
            note += [reference.link(error: flood.name), .text(" or with ")]
        }
        note += [.link("errors of the server", reference.addresses.family("Server")), .text(".")]
        return blocks + [.paragraph(note)]
    }

    // MARK: - See also

    /// Enough to lead on, few enough to read.
    private static let mostRelated = 8

    private func seeAlso(_ function: Combinator) -> [Block] {
        let neighbors = reference.related.methods(like: function.name, atMost: Self.mostRelated)
        var blocks: [Block] = [.heading("See also")]
        if !neighbors.isEmpty { blocks.append(.names(neighbors.map { reference.link(.method, $0) })) }
        if let type = function.result.mentionedType(in: reference.schema) {
            let others = (reference.usage.returning[type] ?? []).filter { $0 != function.name }
            let new = others.filter { !neighbors.contains($0) }.prefix(Self.mostRelated)
            if !new.isEmpty {
                blocks.append(.paragraph([.text("With the same result, "), reference.link(.type, type), .text(":")]))
                blocks.append(.names(new.map { reference.link(.method, $0) }))
            }
        }
        let step = reference.namespaceStep(function.name.namespace)
        return blocks + [.paragraph([.link("All methods of \(step.title)", step.address), .text(".")])]
    }
}

extension Availability {
    /// For the line of facts.
    var mark: Inline {
        switch self {
        case .user: .mark("for users only")
        case .bot: .mark("for bots only")
        case .both: .mark("for users and bots")
        }
    }
}
