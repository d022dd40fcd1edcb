import TLSchema

/// Errors with something in common: their code, or what the number in their name means.
struct FamilyPage {
    let reference: Reference

    private var definitions: [ErrorDefinition] { reference.context.documentation.errors?.definitions ?? [] }

    /// All pages: one a code that has a class, one a kind of number, and the list of both.
    func all() -> [DocumentedPage] {
        let codes = ErrorFamily.all.map { family in (family, errors(of: family)) }.filter {
            !$0.1.isEmpty || $0.0.code != nil
        }
        let units = ErrorUnit.allCases.map { unit in (unit, errors(with: unit)) }.filter { !$0.1.isEmpty }
        return [index(codes, units)] + codes.map { page(of: $0.0, $0.1) } + units.map { page(of: $0.0, $0.1) }
    }

    private func errors(of family: ErrorFamily) -> [ErrorDefinition] {
        definitions.filter { ErrorTranslator.family(ofCode: $0.codes.first ?? 0) == family.name }
    }

    private func errors(with unit: ErrorUnit) -> [ErrorDefinition] {
        definitions.filter { $0.parameters.contains { $0.unit == unit } }
    }

    private func index(
        _ codes: [(ErrorFamily, [ErrorDefinition])],
        _ units: [(ErrorUnit, [ErrorDefinition])]
    ) -> DocumentedPage {
        let families = codes.map { family, errors in
            Block.Term(
                head: [
                    .codeLink(family.className, reference.addresses.family(family.name)), .text(" "),
                    .mark(family.codeText), .text(" "), .mark(count(errors)),
                ],
                words: [.text(family.words)]
            )
        }
        let numbers = units.map { unit, errors in
            Block.Term(
                head: [.link(unit.title, reference.addresses.unit(unit)), .text(" "), .mark(count(errors))],
                words: [.text(ErrorTranslator.meaning(of: unit))]
            )
        }
        var page = Page(
            address: .index(of: .family),
            part: .errors,
            title: "Families of errors",
            kind: "index",
            trail: [("Errors", .index(of: .error))],
            summary: [
                .text("Every error belongs to the family of its usual code, and some carry a number in their name.")
            ]
        )
        page.blocks = [.heading("By code"), .terms(families)]
        if !numbers.isEmpty { page.blocks += [.heading("By number in the name"), .terms(numbers)] }
        return DocumentedPage(page: page)
    }

    private func page(of family: ErrorFamily, _ errors: [ErrorDefinition]) -> DocumentedPage {
        let example = Example(
            parameters: [("client", "ExampleClient"), ("request", "some TLFunction")],
            code: "do {\n    _ = try await client(request)\n} catch let error as \(family.className) {\n"
                + "    print(error.name, error)\n}"
        )
        var page = Page(
            address: reference.addresses.family(family.name),
            part: .errors,
            title: family.className,
            kind: "family of errors",
            trail: [("Errors", .index(of: .error)), ("Families", .index(of: .family))],
            facts: [.mark(family.codeText), .mark(count(errors))],
            summary: [.text(family.words)]
        )
        page.blocks = [.heading("Catching all of them"), .code(example.code, .swift), .heading("Errors")]
        page.blocks.append(
            errors.isEmpty
                ? .paragraph([.text("No name is known. The family catches what comes with this code.")]) : list(errors)
        )
        return DocumentedPage(page: page, examples: [example])
    }

    private func page(of unit: ErrorUnit, _ errors: [ErrorDefinition]) -> DocumentedPage {
        var page = Page(
            address: reference.addresses.unit(unit),
            part: .errors,
            title: unit.title,
            kind: "family of errors",
            trail: [("Errors", .index(of: .error)), ("Families", .index(of: .family))],
            facts: [.mark("unit \(unit.rawValue)"), .mark(count(errors))],
            summary: [.text("The number in the name tells: \(ErrorTranslator.meaning(of: unit).lowercasedFirst)")]
        )
        page.blocks = [.heading("Errors"), .terms(errors.map { reference.term(error: $0.name) })]
        return DocumentedPage(page: page)
    }

    /// With sentences where the page stays small.
    private func list(_ errors: [ErrorDefinition]) -> Block {
        guard errors.count <= Self.mostTerms else { return .names(errors.map { reference.link(error: $0.name) }) }
        return .terms(errors.map { reference.term(error: $0.name) })
    }

    private static let mostTerms = 100

    private func count(_ errors: [ErrorDefinition]) -> String {
        errors.count == 1 ? "1 error" : "\(errors.count) errors"
    }
}

extension ErrorUnit {
    /// For the page of all errors with such a number.
    fileprivate var title: String {
        switch self {
        case .seconds: "Seconds to wait"
        case .minutes: "Minutes to wait"
        case .dc: "Data centers"
        case .part: "Parts of files"
        case .length: "Lengths"
        case .count: "Counts"
        case .date: "Points in time"
        case .stars: "Telegram Stars"
        case .id: "Identifiers"
        case .index: "Positions in a list"
        }
    }
}

extension String {
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
