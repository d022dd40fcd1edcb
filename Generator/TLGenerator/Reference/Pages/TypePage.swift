import TLSchema

/// A type: what it can be, where it comes from, where it goes.
struct TypePage {
    let reference: Reference

    func make(_ type: TypeDefinition) -> DocumentedPage {
        let isEnum = type.constructors.count > 1
        var page = Page(
            address: reference.addresses.address(.type, type.name.description),
            part: .types,
            title: type.name.description,
            kind: "type",
            trail: [("Types", .index(of: .type)), reference.namespaceStep(type.name.namespace)],
            facts: [.code(reference.names.typePath(type.name)), .mark(isEnum ? "enum" : "final class")],
            summary: reference.prose(reference.context.documentation.types?[type.name])
        )
        page.blocks.append(.heading(isEnum ? "Constructors" : "Constructor"))
        page.blocks.append(.terms(type.constructors.map { reference.term(.constructor, $0.name) }))
        page.blocks += names("Methods that return it", .method, reference.usage.returning[type.name])
        page.blocks += names("Methods that take it", .method, reference.usage.methodsTaking[type.name])
        page.blocks += names("Constructors that hold it", .constructor, reference.usage.constructorsTaking[type.name])
        return DocumentedPage(page: page)
    }

    private func names(_ title: String, _ kind: PageAddress.Kind, _ names: [QualifiedName]?) -> [Block] {
        guard let names else { return [] }
        return [.heading(title), .names(names.map { reference.link(kind, $0) })]
    }
}
