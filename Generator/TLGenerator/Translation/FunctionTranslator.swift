import TLSchema

/// A TL function to a struct that can be changed until it is sent.
struct FunctionTranslator {
    let context: TranslationContext

    func translate(_ function: Combinator) -> Declaration {
        let fields = FieldTranslator(function, in: context)
        let root = context.names.root
        let isWrapper = !function.typeParameters.isEmpty
        var members: [Declaration] = [
            .alias(
                access: context.access,
                name: "Response",
                target: context.mapping.responseType(function.result)
            ),
            constant("id", "Swift.UInt32", literal(function.number)),
            constant("name", "Swift.String", "\"\(function.name)\""),
        ]
        if let facts = context.documentation.methods?[function.name] {
            members.append(constant("usableBy", "TLAvailability", ".\(facts.usableBy)"))
            let classes = facts.errors.compactMap { context.errorClasses[$0] }
            if !classes.isEmpty {
                let list = classes.map { "RPCError.\($0).self" }.joined(separator: ", ")
                members.append(constant("knownErrors", "[RPCError.Type]", "[\(list)]"))
            }
        }
        members += fields.properties(keyword: "var")
        members.append(fields.initializer(isRequest: true))
        members.append(
            .function(
                FunctionDeclaration(
                    modifiers: context.access,
                    head: "func encode",
                    parameters: [.init(label: "into", name: "writer", type: "inout TLWriter")],
                    body: fields.encodingStatements(number: function.number)
                )
            )
        )
        return .type(
            TypeDeclaration(
                doc: context.documentation(ofFunction: function),
                access: context.access,
                kind: .structure,
                name: context.names.typeName(function.name),
                generics: isWrapper ? "<Query: TLFunction>" : "",
                conformances: ["\(root).Function"] + (isWrapper ? ["TLWrapperFunction"] : []),
                members: members
            )
        )
    }

    private func constant(_ name: String, _ type: String, _ value: String) -> Declaration {
        .property(
            PropertyDeclaration(
                modifiers: "\(context.access) static",
                name: name,
                type: type,
                content: .computed([.line(value)])
            )
        )
    }
}
