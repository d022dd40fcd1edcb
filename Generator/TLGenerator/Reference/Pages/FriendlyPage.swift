/// Methods of the client, and the methods of the API that each calls.
struct FriendlyPage {
    let reference: Reference

    func make() -> DocumentedPage {
        let friendly = reference.usage.friendly.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        var page = Page(
            address: .friendly,
            part: .methods,
            title: "Methods of the client",
            kind: "index",
            trail: [("Methods", .index(of: .method))],
            summary: [
                .text("Most programs need few methods of the API by their names: the client has, or will have, "),
                .text("\(friendly.count.of("method"))"),
                .text(" that call them, repeat them and put their answers together."),
            ]
        )
        page.blocks = [
            .terms(
                friendly.map { name, methods in
                    let links = methods.map { reference.link(.method, $0) }
                    return Block.Term(
                        id: name,
                        head: [.code("client.\(name)")],
                        words: [.text("Calls ")] + .enumeration(links) + [.text(".")]
                    )
                }
            )
        ]
        return DocumentedPage(page: page)
    }
}
