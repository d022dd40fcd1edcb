import TLSchema

/// Methods of the client, and the methods of the API that each calls.
struct FriendlyPage {
    let reference: Reference

    func make() -> DocumentedPage {
        let existing = reference.usage.friendly(isPlanned: false)
        let planned = reference.usage.friendly(isPlanned: true)
        var page = Page(
            address: .friendly,
            part: .methods,
            title: "Methods of the client",
            kind: "index",
            trail: [("Methods", .index(of: .method))],
            summary: [
                .text(
                    "Most programs need few methods of the API by their names: the client calls them, repeats them and "
                ),
                .text("puts their answers together. It has \(existing.count.of("method")) for this"),
                .text(
                    planned.isEmpty
                        ? "." : planned.count == 1 ? ", and 1 is planned." : ", and \(planned.count) are planned."
                ),
            ]
        )
        page.blocks = [.terms(existing.map { term($0.method, "Calls ", $0.calls) })]
        if !planned.isEmpty {
            page.blocks += [
                .heading("Planned"),
                .paragraph([
                    .text("These do not exist yet, and may get other names. Until then, call the methods directly.")
                ]),
                .terms(planned.map { term($0.method, "Will call ", $0.calls) }),
            ]
        }
        return DocumentedPage(page: page)
    }

    private func term(_ method: FriendlyMethod, _ verb: String, _ calls: [QualifiedName]) -> Block.Term {
        Block.Term(
            id: method.name,
            head: [.code(method.path)],
            words: [.text(verb)] + .enumeration(calls.map { reference.link(.method, $0) }) + [.text(".")]
        )
    }
}
