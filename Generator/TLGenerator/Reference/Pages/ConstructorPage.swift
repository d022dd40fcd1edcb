import TLSchema

/// A constructor: its fields, its type, and how one meets it in Swift.
struct ConstructorPage {
    let reference: Reference

    func make(_ constructor: Combinator, of type: TypeDefinition) -> DocumentedPage {
        let example = example(of: constructor, in: type)
        let fields = reference.fields(of: constructor)
        var page = Page(
            address: reference.addresses.address(.constructor, constructor.name.description),
            part: .constructors,
            title: constructor.name.description,
            kind: "constructor",
            trail: [("Types", .index(of: .type)), (type.name.description, typeAddress(type))],
            facts: [reference.since(constructor.name), .mark("#\(constructor.numberText)")].compactMap { $0 },
            summary: reference.prose(reference.context.documentation.types?[constructor.name])
        )
        page.blocks += [.heading("Declaration"), .code(signature(of: constructor, in: type), .swift)]
        page.blocks.append(.code(TLText.declaration(of: constructor), .tl))
        if !fields.isEmpty { page.blocks += [.heading("Fields"), .terms(fields)] }
        page.blocks += [.heading("Type"), .paragraph(typeLine(type))]
        let others = type.constructors.filter { $0.name != constructor.name }
        if !others.isEmpty, others.count <= Self.mostSiblings {
            page.blocks.append(.names(others.map { reference.link(.constructor, $0.name) }))
        }
        page.blocks += [.heading("Example"), .code(example.code, .swift)]
        return DocumentedPage(page: page, examples: [example])
    }

    /// Of types with more constructors the page of the type has the list: a hundred pages with a hundred links help
    /// nobody.
    private static let mostSiblings = 12

    private func typeAddress(_ type: TypeDefinition) -> PageAddress {
        reference.addresses.address(.type, type.name.description)
    }

    private func typeLine(_ type: TypeDefinition) -> [Inline] {
        let path = Inline.codeLink(reference.names.typePath(type.name), typeAddress(type))
        if type.constructors.count == 1 {
            return [path, .text(", a class, since it has no other constructor.")]
        }
        return [path, .text(", an enum of \(type.constructors.count) constructors.")]
    }

    private func signature(of constructor: Combinator, in type: TypeDefinition) -> String {
        let path = reference.names.typePath(type.name)
        let parameters = reference.parameters(of: constructor)
        if type.constructors.count == 1 { return ExampleExpression(head: path, arguments: parameters).text() }
        let head = "\(path).\(reference.names.caseName(constructor.name))"
        guard constructor.hasVisibleFields else { return head }
        return ExampleExpression(head: head, arguments: parameters).text()
    }

    // MARK: - Example

    private func example(of constructor: Combinator, in type: TypeDefinition) -> Example {
        let isEnum = type.constructors.count > 1
        let start = isEnum ? "let value: \(reference.names.typePath(type.name)) = " : "let value = "
        let value = reference.examples.value(of: constructor, in: type).text(column: start.utf8.count)
        let use = use(of: constructor, called: isEnum ? "payload" : "value")
        guard isEnum else { return Example(parameters: [], code: "\(start)\(value)\n\(use)") }
        let name = reference.names.caseName(constructor.name)
        let pattern = constructor.hasVisibleFields ? ".\(name)(let payload)" : ".\(name)"
        return Example(
            parameters: [],
            code: "\(start)\(value)\nswitch value {\ncase \(pattern):\n    \(use)\ndefault:\n    break\n}"
        )
    }

    /// A line that reads a field, one that is always there if possible.
    private func use(of constructor: Combinator, called name: String) -> String {
        let fields = FieldTranslator(constructor, in: reference.context).visible
        guard let field = fields.first(where: { !$0.isOptional && !$0.isPresence }) ?? fields.first else {
            return "print(value)"
        }
        let path = "\(name).\(reference.names.escaped(field.name))"
        return field.isOptional ? "if let field = \(path) { print(field) }" : "print(\(path))"
    }
}
