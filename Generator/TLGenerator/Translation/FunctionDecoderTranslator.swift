import TLSchema

/// Decoding of functions, which only servers need: extensions of the function types, and a registry by number.
struct FunctionDecoderTranslator {
    let context: TranslationContext

    /// `extension TL.messages.SendMessage { init(from:) }`, or a static function for wrappers, whose inner function can
    /// be any.
    func translate(_ function: Combinator) -> Declaration {
        let path = context.names.typePath(function.name)
        if !function.typeParameters.isEmpty {
            return .type(
                TypeDeclaration(access: "", kind: .extension, name: context.names.root, members: [wrapper(function)])
            )
        }
        let fields = FieldTranslator(function, in: context)
        let body: [Statement] =
            [.line("reader.expect(\(literal(function.number)), of: \"\(function.name)\")")]
            + reading(function)
            + [.line("self.init(\(arguments(fields)))")]
        return .type(
            TypeDeclaration(
                access: "",
                kind: .extension,
                name: path,
                members: [
                    .function(
                        FunctionDeclaration(
                            modifiers: context.access,
                            head: "init",
                            parameters: [.init(label: "from", name: "reader", type: "inout TLReader")],
                            body: body
                        )
                    )
                ]
            )
        )
    }

    /// The registry: any function by the number that comes next.
    ///
    /// Wrappers come back to it for what they wrap. They are looked up apart from all others, because without
    /// optimisation a function takes stack for all its branches at once, which must not multiply with the nesting.
    func registry() -> Declaration {
        let unknown: [Statement] = [
            .line("_ = reader.word()"), .line("reader.failUnknownConstructor(expected: \"function\")"),
            .line("return nil"),
        ]
        let wrappers = context.schema.functions.filter { !$0.typeParameters.isEmpty }
        let others = context.schema.functions.filter { $0.typeParameters.isEmpty }
        let doc = DocComment("Reads the function whose number comes next; `nil` after a problem.")
        var members: [Declaration] = []
        if wrappers.isEmpty || others.isEmpty {
            members.append(lookup(wrappers + others, otherwise: unknown, name: "function", doc: doc))
        } else {
            let name = "functionThatWrapsNothing"
            members.append(
                lookup(wrappers, otherwise: [.line("return \(name)(from: &reader)")], name: "function", doc: doc)
            )
            members.append(lookup(others, otherwise: unknown, name: name, doc: nil))
        }
        return .type(TypeDeclaration(access: "", kind: .extension, name: context.names.root, members: members))
    }

    /// A function that reads one of some functions by the number that comes next; without `doc` it is private.
    private func lookup(
        _ functions: [Combinator],
        otherwise: [Statement],
        name: String,
        doc: DocComment?
    ) -> Declaration {
        let branches = functions.map { function -> Statement.Branch in
            let read =
                function.typeParameters.isEmpty
                ? "\(context.names.typePath(function.name))(from: &reader)"
                : "\(context.names.wrapperDecoderName(function.name))(from: &reader)"
            return .init(label: "case \(literal(function.number))", body: [.line("return \(read)")])
        }
        return .function(
            FunctionDeclaration(
                doc: doc ?? DocComment(),
                modifiers: doc == nil ? "private static" : "\(context.access) static",
                head: "func \(name)",
                parameters: [.init(label: "from", name: "reader", type: "inout TLReader")],
                result: "(any \(context.names.root).Function)?",
                body: [.choice("reader.nextWord()", branches + [.init(label: "default", body: otherwise)])]
            )
        )
    }

    // MARK: - Wrappers

    private func wrapper(_ function: Combinator) -> Declaration {
        let root = context.names.root
        let fields = FieldTranslator(function, in: context)
        let path = context.names.typePath(function.name)
        let generic = fields.visible.first { if case .generic = $0.field.type { true } else { false } }
        let query = context.names.localName(generic?.name ?? "query")
        let body: [Statement] =
            [
                .line("reader.descend()"),
                .line("reader.expect(\(literal(function.number)), of: \"\(function.name)\")"),
            ] + reading(function) + [
                .line("reader.ascend()"),
                .line("guard let \(query) else { return nil }"),
                .line(
                    "func wrap(_ \(query): some \(root).Function) -> any \(root).Function { \(path)(\(arguments(fields))) }"
                ),
                .line("return wrap(\(query))"),
            ]
        return .function(
            FunctionDeclaration(
                modifiers: "static",
                head: "func \(context.names.wrapperDecoderName(function.name))",
                parameters: [.init(label: "from", name: "reader", type: "inout TLReader")],
                result: "(any \(root).Function)?",
                body: body
            )
        )
    }

    // MARK: - Fields

    private func reading(_ function: Combinator) -> [Statement] {
        let fields = FieldTranslator(function, in: context)
        return function.fields.map { field in
            let name = context.names.localName(context.names.fieldName(field.name, of: function.name))
            if case .flags = field.content, !fields.visible.contains(where: { $0.field.flagBit?.word == field.name }) {
                return .line("_ = reader.word()")
            }
            if case .generic = field.type { return .line("let \(name) = function(from: &reader)") }
            return .line("let \(name) = \(fields.reading(field))")
        }
    }

    private func arguments(_ fields: FieldTranslator) -> String {
        fields.visible
            .map { "\(context.names.label($0.name)): \(context.names.localName($0.name))" }
            .joined(separator: ", ")
    }
}
