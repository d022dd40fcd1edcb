import TLSchema

/// Entries of lists that several kinds of pages have.
extension Reference {
    /// An error with its code, its class, what its number is called, and the sentence about it.
    func term(error name: String) -> Block.Term {
        guard let definition = context.documentation.errors?[name] else { return Block.Term(head: [.code(name)]) }
        var head = [link(error: name), .text(" "), .mark(definition.codeText)]
        if let type = context.errorClasses[name] { head += [.text(" "), .code("RPCError.\(type)")] }
        for parameter in definition.parameters { head += [.text(" "), .code(".\(parameter.name)")] }
        return Block.Term(head: head, words: prose(definition.description))
    }

    /// A method with its summary.
    func term(method name: QualifiedName) -> Block.Term {
        Block.Term(head: [link(.method, name)], words: prose(context.documentation.methods?[name]?.summary))
    }

    /// A type or a constructor with the sentence about it.
    func term(_ kind: PageAddress.Kind, _ name: QualifiedName) -> Block.Term {
        Block.Term(head: [link(kind, name)], words: prose(context.documentation.types?[name]))
    }

    /// What a declaration in Swift has between its parentheses.
    func parameters(of combinator: Combinator) -> [ExampleExpression.Argument] {
        FieldTranslator(combinator, in: context).visible.map { field in
            var type = field.field.type.map(swiftType) ?? "Bool"
            if field.isOptional { type += "?" }
            if let value = field.defaultValue { type += " = \(value)" }
            return .init(label: names.label(field.name), value: ExampleExpression(type))
        }
    }
}

extension ErrorDefinition {
    /// `400`, or all codes that it comes with: `400 or 403`.
    var codeText: String { codes.map(String.init).joined(separator: " or ") }
}
