import TLSchema

/// What changed from layer to layer.
struct LayerPages {
    let reference: Reference

    private struct Step {
        let from: Int
        let to: Int
        let entries: [ChangeTable.Entry]
    }

    /// One page a step, several where a step is long, and the list of all steps.
    func all() -> [DocumentedPage] {
        let steps = steps
        return [index(steps)] + steps.flatMap(pages)
    }

    private var steps: [Step] {
        var steps: [Step] = []
        var rest = reference.changes?.entries[...] ?? []
        while let first = rest.first {
            let own = rest.prefix { $0.from == first.from && $0.to == first.to }
            rest = rest.dropFirst(own.count)
            steps.append(Step(from: first.from, to: first.to, entries: Array(own)))
        }
        return steps
    }

    private func index(_ steps: [Step]) -> DocumentedPage {
        var page = Page(
            address: .index(of: .layer),
            part: .layers,
            title: "Changes",
            kind: "layer by layer",
            summary: [
                .text(
                    "The schema grows in numbered layers. These pages compare some, each with the one before it."
                )
            ]
        )
        if steps.isEmpty {
            page.blocks = [.paragraph([.text("No layer to compare with is known.")])]
            return DocumentedPage(page: page)
        }
        let rows = steps.reversed().map { step -> [[Inline]] in
            func count(_ kind: SchemaChange.Kind) -> [Inline] { [.text("\(step.entries.count { $0.kind == kind })")] }
            return [
                [.link("Layer \(step.to)", address(step, page: 1)), .text(" from \(step.from)")],
                count(.added), count(.removed), count(.changed), count(.renumbered),
                [.text("\(step.entries.count { $0.effect == .source })")],
            ]
        }
        page.blocks = [.table(["Step", "Added", "Removed", "Changed", "Renumbered", "Breaks source"], rows)]
        return DocumentedPage(page: page)
    }

    private func address(_ step: Step, page: Int) -> PageAddress {
        let name = "\(step.from)-to-\(step.to)"
        return PageAddress(
            folder: PageAddress.Kind.layer.rawValue,
            file: page == 1 ? "\(name).html" : "\(name)-page-\(page).html"
        )
    }

    // MARK: - One step

    private static let sections: [(effect: SchemaChange.Effect, title: String, words: String)] = [
        (.source, "Breaks source", "Code that uses one of these has to be changed."),
        (
            .behaviour, "Changes behavior",
            "The same code compiles and may meet or send something else. A switch over a type with a new constructor "
                + "needs one more case, unless it has a default."
        ),
        (.none, "Adds only", "Code that does not know of these is not concerned."),
    ]

    private func pages(_ step: Step) -> [DocumentedPage] {
        let ordered = Self.sections.flatMap { section in step.entries.filter { $0.effect == section.effect } }
        let parts = Paging.split(ordered) { 130 + 2 * "\($0.name)".utf8.count + $0.details.utf8.count * 5 / 4 }
        return parts.enumerated().map { index, entries in
            var page = Page(
                address: address(step, page: index + 1),
                part: .layers,
                title: "Layer \(step.to)",
                kind: parts.count == 1
                    ? "from layer \(step.from)" : "from layer \(step.from), page \(index + 1) of \(parts.count)",
                trail: [("Changes", .index(of: .layer))],
                summary: [.text(summary(of: step))]
            )
            for section in Self.sections {
                let own = entries.filter { $0.effect == section.effect }
                guard !own.isEmpty else { continue }
                page.blocks += [.heading(section.title), .paragraph([.text(section.words)]), .list(own.map(line))]
            }
            if parts.count > 1 {
                let links = parts.indices.map { Inline.link("page \($0 + 1)", address(step, page: $0 + 1)) }
                page.blocks.append(.paragraph([.text("This step is on ")] + .enumeration(links) + [.text(".")]))
            }
            return DocumentedPage(page: page)
        }
    }

    private func summary(of step: Step) -> String {
        let counts = SchemaChange.Kind.allCases.compactMap { kind -> String? in
            let count = step.entries.count { $0.kind == kind }
            return count == 0 ? nil : "\(count) \(kind.rawValue)"
        }
        return counts.joined(separator: ", ") + "."
    }

    private func line(_ entry: ChangeTable.Entry) -> [Inline] {
        let kind: PageAddress.Kind =
            switch entry.subject {
            case .type: .type
            case .constructor: .constructor
            case .function: .method
            }
        let noun = entry.subject == .function ? "method" : entry.subject.rawValue
        let name = entry.name.description
        var line: [Inline] = [
            .mark(entry.kind.rawValue), .text(" \(noun) "), .codeLink(name, reference.addresses[kind, name]),
        ]
        guard !entry.details.isEmpty else { return line }
        line.append(.text(": "))
        // The table has names in single quotes.
        for (index, piece) in entry.details.split(separator: "'", omittingEmptySubsequences: false).enumerated()
        where !piece.isEmpty {
            line.append(index.isMultiple(of: 2) ? .text(String(piece)) : .code(String(piece)))
        }
        return line
    }
}
