import TLSchema

/// The schema as the compact text that the runtime prints values with; see `TLFieldTable` for the form.
struct FieldTableTranslator {
    let context: TranslationContext

    func translate() -> Declaration {
        var text = "TLFieldTable(\n    #\"\"\"\n"
        for combinator in context.schema.constructors + context.schema.functions {
            text += "    \(line(combinator))\n"
        }
        text += "    \"\"\"#)"
        return .type(
            TypeDeclaration(
                access: "",
                kind: .extension,
                name: context.names.root,
                members: [
                    .property(
                        PropertyDeclaration(
                            doc: DocComment("Names and fields of the schema, for printing."),
                            modifiers: "\(context.access) static",
                            name: "fieldTable",
                            type: "TLFieldTable",
                            content: .constant(text)
                        )
                    )
                ]
            )
        )
    }

    /// `dde8a54c inputPeerUser user_id:l access_hash:l`
    func line(_ combinator: Combinator) -> String {
        var line = "\(combinator.numberText) \(combinator.name)"
        for field in combinator.fields { line += " \(field.name):\(content(field))" }
        return line
    }

    private func content(_ field: Field) -> String {
        switch field.content {
        case .flags: "#"
        case .presence(let bit): condition(bit) + "t"
        case .value(let type, let bit): (bit.map(condition) ?? "") + code(type)
        }
    }

    private func condition(_ bit: FlagBit) -> String {
        bit.word == "flags" ? "\(bit.bit)?" : "\(bit.word).\(bit.bit)?"
    }

    private func code(_ type: TypeReference) -> String {
        switch type {
        case .int: "i"
        case .long: "l"
        case .double: "d"
        case .string: "s"
        case .bytes: "b"
        case .bool: "B"
        case .int128: "o"
        case .int256: "h"
        case .boxed, .generic: "*"
        case .bare(let name): "%\(name);"
        case .vector(let element, let isBoxed): (isBoxed ? "v" : "w") + code(element)
        }
    }
}
