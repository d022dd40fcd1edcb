import TLSchema

/// A namespace: its methods with their summaries, its types and constructors by name.
struct NamespacePage {
    let reference: Reference

    /// The root namespace has more of these than one page may hold; the indexes list them.
    private static let mostNames = 150

    func make(_ namespace: String?) -> DocumentedPage {
        let schema = reference.schema
        let methods = schema.functions.map(\.name).filter { $0.namespace == namespace }
        let types = schema.types.map(\.name).filter { $0.namespace == namespace }
        let constructors = schema.constructors.map(\.name).filter { $0.namespace == namespace }
        var page = Page(
            address: reference.addresses.address(.namespace, namespace ?? ""),
            part: .methods,
            title: namespace ?? "Root namespace",
            kind: "namespace",
            trail: [("Methods", .index(of: .method)), ("Namespaces", .index(of: .namespace))],
            facts: [.code(reference.names.scope(namespace))],
            summary: [
                .text(
                    "\(methods.count.of("method")), \(types.count.of("type")) and "
                        + "\(constructors.count.of("constructor"))."
                )
            ]
        )
        if !methods.isEmpty { page.blocks += [.heading("Methods"), .terms(methods.map(reference.term(method:)))] }
        page.blocks += names("Types", .type, types)
        page.blocks += names("Constructors", .constructor, constructors)
        return DocumentedPage(page: page)
    }

    private func names(_ title: String, _ kind: PageAddress.Kind, _ names: [QualifiedName]) -> [Block] {
        guard !names.isEmpty else { return [] }
        guard names.count <= Self.mostNames else {
            return [
                .heading(title),
                .paragraph([.link("The index of \(title.lowercased())", .index(of: kind)), .text(" has them.")]),
            ]
        }
        return [
            .heading(title),
            .names(names.map { .link($0.name, reference.addresses.address(kind, $0.description)) }),
        ]
    }
}

extension Int {
    /// `1 method`, `2 methods`.
    func of(_ noun: String) -> String { self == 1 ? "1 \(noun)" : "\(self) \(noun)s" }
}
