import TLSchema

/// The list of all things of one kind, on as many pages as it takes.
struct IndexPages {
    let reference: Reference

    /// A part of an index: a namespace, or a letter.
    private struct Section {
        var title: String
        var names: [(text: String, name: String)]
    }

    func all() -> [DocumentedPage] {
        let schema = reference.schema
        return index(
            of: .method,
            part: .methods,
            title: "Methods",
            words: "What a client can ask of the server, by namespace.",
            sections: byNamespace(schema.functions.map(\.name))
        )
            + index(
                of: .constructor,
                part: .constructors,
                title: "Constructors",
                words: "What values are made with: names without a namespace by letter, then the namespaces.",
                sections: byLetter(schema.constructors.map(\.name))
            )
            + index(
                of: .type,
                part: .types,
                title: "Types",
                words: "What fields and answers hold: names without a namespace by letter, then the namespaces.",
                sections: byLetter(schema.types.map(\.name)),
                note: [.link("Numbers, strings and lists", .builtIn), .text(" are part of the language.")]
            )
            + index(
                of: .error,
                part: .errors,
                title: "Errors",
                words: "What the server answers when it does not do what it was asked.",
                sections: letters((reference.context.documentation.errors?.definitions ?? []).map { ($0.name, $0.name) }),
                note: [
                    .text("Every error belongs to a "), .link("family", .index(of: .family)),
                    .text(", and many are known to belong to certain methods, whose pages list them."),
                ]
            )
    }

    // MARK: - Sections

    private func byNamespace(_ names: [QualifiedName]) -> [Section] {
        reference.usage.namespaces.compactMap { namespace in
            let own = names.filter { $0.namespace == namespace }.sorted()
            guard !own.isEmpty else { return nil }
            return Section(title: namespace ?? "root", names: own.map { ($0.name, $0.description) })
        }
    }

    private func byLetter(_ names: [QualifiedName]) -> [Section] {
        letters(names.filter { $0.namespace == nil }.map { ($0.name, $0.name) })
            + byNamespace(names.filter { $0.namespace != nil })
    }

    private func letters(_ names: [(text: String, name: String)]) -> [Section] {
        let groups = Dictionary(grouping: names) { $0.text.prefix(1).uppercased() }
        return groups.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { letter, names in
            Section(title: letter, names: names.sorted { $0.text.lowercased() < $1.text.lowercased() })
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
            section.names.reduce(100) { $0 + $1.text.utf8.count + $1.name.utf8.count + 30 }
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
            page.blocks.append(.names(jumps))
            for section in sections {
                page.blocks.append(.subheading(section.title, id: anchor(section)))
                page.blocks.append(
                    .names(section.names.map { .link($0.text, reference.addresses.address(kind, $0.name)) })
                )
            }
            return DocumentedPage(page: page)
        }
    }

    private func anchor(_ section: Section) -> String { "in-\(section.title)" }
}
