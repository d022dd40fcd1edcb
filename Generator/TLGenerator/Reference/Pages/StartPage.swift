import TLSchema

/// The first page: what is here, and how to read it.
struct StartPage {
    let reference: Reference

    func make() -> DocumentedPage {
        let schema = reference.schema
        let layer = schema.layer.map { "layer \($0) of Telegram's API" } ?? "a TL schema"
        let example = example
        var page = Page(
            address: .start,
            part: .start,
            title: "Telegram API for Swift",
            kind: schema.layer.map { "layer \($0)" } ?? "reference",
            summary: [
                .text(
                    "Every method, type and error of \(layer), as the Swift SDK has them: what each is for, "
                ), .text("what goes in, what comes out, and what to do when it fails."),
            ]
        )
        page.blocks = [.table(["", "How many"], counts)]
        page.blocks += howToRead(example)
        page.blocks += [.heading("Namespaces"), .names(namespaces)]
        return DocumentedPage(page: page, examples: [example].compactMap { $0 })
    }

    private var counts: [[[Inline]]] {
        let schema = reference.schema
        let builtIn = schema.builtInConstructors
        let types = schema.types.count + Set(builtIn.map(\.result)).count
        let rows: [(String, PageAddress, Int)] = [
            ("Methods", .index(of: .method), schema.functions.count),
            ("Methods of the client", .friendly, reference.usage.friendly(isPlanned: false).count),
            ("Namespaces", .index(of: .namespace), reference.usage.namespaces.count),
            ("Types", .index(of: .type), types),
            ("Constructors", .index(of: .constructor), schema.constructors.count + builtIn.count),
            ("Errors", .index(of: .error), reference.context.documentation.errors?.definitions.count ?? 0),
            ("Families of errors", .index(of: .family), ErrorTranslator.families.count),
            ("Changes between layers", .index(of: .layer), Set((reference.changes?.entries ?? []).map(\.to)).count),
        ]
        return rows.map { [[.link($0.0, $0.1)], [.text("\($0.2)")]] }
    }

    private var namespaces: [Inline] {
        reference.usage.namespaces.map { namespace in
            let step = reference.namespaceStep(namespace)
            return .link(step.title, step.address)
        }
    }

    private var example: Example? {
        let usual = reference.schema.functions.first { $0.name == QualifiedName("messages.getHistory") }
        return (usual ?? reference.schema.functions.first).map(MethodExample(reference: reference).example)
    }

    private func howToRead(_ example: Example?) -> [Block] {
        let root = reference.names.root
        var blocks: [Block] = [.heading("How to read it")]
        blocks.append(
            .list([
                [
                    .text("A "), .link("method", .index(of: .method)), .text(" is a struct in "), .code(root),
                    .text(", filled in and handed to the client: "), .code("try await client(request)"),
                    .text(" returns its result or throws one of its errors."),
                ],
                [
                    .text("A "), .link("type", .index(of: .type)), .text(" with several "),
                    .link("constructors", .index(of: .constructor)),
                    .text(" is an enum with a case for each; a type with one is a class."),
                ],
                [
                    .text("A field of the schema, "), .mark("user_id"), .text(", is "), .code("userID"),
                    .text(" in Swift. Optional fields may be left out of a call; flags words are never seen."),
                ],
                [
                    .text("An "), .link("error", .index(of: .error)), .text(" is a class: "),
                    .code("RPCError.FloodWait"),
                    .text(" with its "), .code("seconds"), .text(", caught by itself or with its "),
                    .link("family", .index(of: .family)), .text("."),
                ],
            ])
        )
        if let example { blocks.append(.code(example.code, .swift)) }
        blocks += [
            .heading("Finding things"),
            .paragraph([
                .text("Press "), .code("/"), .text(" anywhere and type: a name in any spelling, its capitals ("),
                .code("gfc"), .text("), a number off the wire ("), .code("0x1cb5c415"),
                .text("), an error as it was logged ("), .code("FLOOD_WAIT_42"),
                .text(
                    "), or words of what you want to do. Arrow keys choose, Enter goes there. Search needs JavaScript; "
                ),
                .text("everything else does without."),
            ]),
        ]
        return blocks
    }
}
