import TLSchema

/// The list of all things of one kind, on as many pages as it takes.
struct IndexPages {
    let reference: Reference

    /// A part of an index: a namespace, or a letter.
    private struct Section {
        var title: String
        var names: [Name]
    }

    /// A name as the index shows it, and the whole of it.
    private struct Name {
        var text: String
        var whole: String
    }

    func all() -> [DocumentedPage] {
        let schema = reference.schema
        // What the schema declares of the language itself counts, as it does everywhere.
        let builtIn = schema.builtInConstructors
        let builtInTypes = Set(builtIn.map { TLText.type($0.result, isResult: true) }).map { QualifiedName($0) }
        return index(
            of: .method,
            part: .methods,
            title: "Methods",
            words: "What a client can ask of the server, by namespace.",
            sections: byNamespace(schema.functions.map(\.name)),
            note: [
                .text("Each "), .link("namespace", .index(of: .namespace)),
                .text(" has a page that says of its methods what they do."),
            ]
        )
            + [namespaces()]
            + index(
                of: .constructor,
                part: .constructors,
                title: "Constructors",
                words: "What values are made with: names without a namespace by letter, then the namespaces.",
                sections: byLetter((schema.constructors + builtIn).map(\.name))
            )
            + index(
                of: .type,
                part: .types,
                title: "Types",
                words: "What fields and answers hold: names without a namespace by letter, then the namespaces.",
                sections: byLetter(schema.types.map(\.name) + builtInTypes),
                note: [.link("Numbers, strings and lists", .builtIn), .text(" are part of the language.")]
            )
            + index(
                of: .error,
                part: .errors,
                title: "Errors",
                words: "What the server answers when it does not do what it was asked.",
                sections: letters(
                    (reference.context.documentation.errors?.definitions ?? []).map {
                        Name(text: $0.name, whole: $0.name)
                    }
                ),
                note: [
                    .text("Every error belongs to a "), .link("family", .index(of: .family)),
                    .text(", and many are known to belong to certain methods, whose pages list them."),
                ]
            )
    }

    /// All namespaces with what is in each.
    private func namespaces() -> DocumentedPage {
        let schema = reference.schema
        func counts(_ names: [QualifiedName]) -> [String?: Int] {
            Dictionary(grouping: names, by: \.namespace).mapValues(\.count)
        }
        let methods = counts(schema.functions.map(\.name))
        let types = counts(schema.types.map(\.name))
        let constructors = counts(schema.constructors.map(\.name))
        var page = Page(
            address: .index(of: .namespace),
            part: .methods,
            title: "Namespaces",
            kind: "index",
            trail: [("Methods", .index(of: .method))],
            facts: [.mark("\(reference.usage.namespaces.count) in all")],
            summary: [.text("Methods, types and constructors about one matter share the first part of their names.")]
        )
        let rows = reference.usage.namespaces.map { namespace -> [[Inline]] in
            let step = reference.namespaceStep(namespace)
            let numbers = [methods, types, constructors].map { [Inline.text("\($0[namespace] ?? 0)")] }
            return [[.link(step.title, step.address)]] + numbers
        }
        page.blocks = [.table(["Namespace", "Methods", "Types", "Constructors"], rows)]
        return DocumentedPage(page: page)
    }

    // MARK: - Sections

    private func byNamespace(_ names: [QualifiedName]) -> [Section] {
        reference.usage.namespaces.compactMap { namespace in
            let own = names.filter { $0.namespace == namespace }.sorted()
            guard !own.isEmpty else { return nil }
            return Section(title: namespace ?? "root", names: own.map { Name(text: $0.name, whole: $0.description) })
        }
    }

    private func byLetter(_ names: [QualifiedName]) -> [Section] {
        letters(names.filter { $0.namespace == nil }.map { Name(text: $0.name, whole: $0.name) })
            + byNamespace(names.filter { $0.namespace != nil })
    }

    private func letters(_ names: [Name]) -> [Section] {
        let groups = Dictionary(grouping: names) { $0.text.prefix(1).uppercased() }
        return groups.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { letter, names in
            Section(
                title: letter,
                names: names.sorted { ($0.text.lowercased(), $0.text) < ($1.text.lowercased(), $1.text) }
            )
        }
    }

    // MARK: - Pages

    private func index(
        of kind: PageAddress.Kind,
        part: Page.Part,
        title: String,
        words: String,
        sections: [Section],
        note: [Inline] = []
    ) -> [DocumentedPage] {
        // A name stands twice in a link, with some markup.
        let pages = Paging.split(sections) { section in
            section.names.reduce(100) { $0 + $1.text.utf8.count + $1.whole.utf8.count + 30 }
        }
        var jumps: [Inline] = []
        for (index, page) in pages.enumerated() {
            for section in page {
                jumps.append(.link(section.title, PageAddress.index(of: kind, page: index + 1).at(anchor(section))))
            }
        }
        let count = sections.reduce(0) { $0 + $1.names.count }
        return pages.enumerated().map { index, sections in
            var page = Page(
                address: .index(of: kind, page: index + 1),
                part: part,
                title: title,
                kind: pages.count > 1 ? "page \(index + 1) of \(pages.count)" : "index",
                facts: [.mark("\(count) in all")],
                summary: [.text(words)]
            )
            if !note.isEmpty { page.blocks.append(.paragraph(note)) }
            page.blocks.append(.jumps(jumps))
            for section in sections {
                page.blocks.append(.subheading(section.title, id: anchor(section)))
                page.blocks.append(
                    .names(section.names.map { .link($0.text, address(of: $0.whole, kind)) })
                )
            }
            return DocumentedPage(page: page)
        }
    }

    private func address(of name: String, _ kind: PageAddress.Kind) -> PageAddress {
        reference.addresses[kind, name] ?? BuiltInPage.address(of: name) ?? .index(of: kind)
    }

    private func anchor(_ section: Section) -> String { "in-\(section.title)" }
}
