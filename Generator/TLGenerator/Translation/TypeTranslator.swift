import TLSchema

/// A TL type to Swift: a final class when it has one constructor, an enum of payload classes when it has several.
struct TypeTranslator {
    let context: TranslationContext

    func translate(_ type: TypeDefinition) -> Declaration {
        if type.constructors.count == 1 { return collapsed(type, type.constructors[0]) }
        return enumeration(type)
    }

    // MARK: - One constructor

    private func collapsed(_ type: TypeDefinition, _ constructor: Combinator) -> Declaration {
        let fields = FieldTranslator(constructor, in: context)
        let isBare = context.bareConstructors.contains(constructor.name)
        let expectation = Statement.line("reader.expect(\(literal(constructor.number)), of: \"\(type.name)\")")
        var members = fields.properties(keyword: "let") + [fields.initializer()]
        members.append(
            decoder(levelled(type, [expectation] + fields.decodingStatements()), access: context.access)
        )
        if isBare {
            members.append(
                decoder(levelled(type, fields.decodingStatements()), access: context.access, label: "bare")
            )
            members.append(bareEncoder(fields))
        }
        members.append(encoder(fields.encodingStatements(number: constructor.number), access: context.access))
        return .type(
            TypeDeclaration(
                doc: context.documentation(ofConstructor: constructor, ofType: type),
                access: context.access,
                kind: .finalClass,
                name: context.names.typeName(type.name),
                conformances: ["\(context.names.root).Object"],
                members: members
            )
        )
    }

    // MARK: - Several constructors

    private func enumeration(_ type: TypeDefinition) -> Declaration {
        var members: [Declaration] = type.constructors.map { constructor in
            .enumCase(
                EnumCase(
                    doc: constructor.hasVisibleFields
                        ? DocComment() : context.documentation(ofConstructor: constructor),
                    name: context.names.caseName(constructor.name),
                    payload: constructor.hasVisibleFields ? payloadName(constructor) : nil
                )
            )
        }
        members += type.constructors.filter(\.hasVisibleFields).flatMap { payload($0, of: type) }
        members += sharedFields(of: type)
        members.append(decoder(levelled(type, [decodingChoice(type)]), access: context.access))
        members.append(encoder([encodingChoice(type)], access: context.access))
        return .type(
            TypeDeclaration(
                doc: context.documentation(ofType: type),
                access: context.access,
                kind: .enumeration,
                name: context.names.typeName(type.name),
                conformances: ["\(context.names.root).Object"],
                members: members
            )
        )
    }

    private func payloadName(_ constructor: Combinator) -> String { context.names.typeName(constructor.name) }

    /// The class with the fields, and the labelled shorthand for the case.
    private func payload(_ constructor: Combinator, of type: TypeDefinition) -> [Declaration] {
        let fields = FieldTranslator(constructor, in: context)
        let isBare = context.bareConstructors.contains(constructor.name)
        let caseName = context.names.caseName(constructor.name)
        // The enum counts levels where it reads the number; a field that holds the class without its number passes that
        // by.
        let decoding = isBare ? levelled(type, fields.decodingStatements()) : fields.decodingStatements()
        // Without the number, which the enum has read; with the number when writing, which saves a step.
        var members =
            fields.properties(keyword: "let") + [
                fields.initializer(),
                decoder(decoding, access: isBare ? context.access : ""),
                encoder(fields.encodingStatements(number: constructor.number), access: ""),
            ]
        if isBare { members.append(bareEncoder(fields)) }
        return [
            .type(
                TypeDeclaration(
                    doc: context.documentation(ofConstructor: constructor),
                    access: context.access,
                    kind: .finalClass,
                    name: payloadName(constructor),
                    conformances: ["Swift.Sendable"],
                    members: members
                )
            ),
            .function(
                FunctionDeclaration(
                    doc: DocComment("Short for `.\(context.names.unescaped(caseName))(.init(...))`."),
                    modifiers: "\(context.access) static",
                    head: "func \(caseName)",
                    parameters: fields.parameters,
                    result: "Self",
                    body: [.line(".\(caseName)(\(payloadName(constructor))(\(fields.forwardedArguments)))")]
                )
            ),
        ]
    }

    private func decodingChoice(_ type: TypeDefinition) -> Statement {
        var branches = type.constructors.map { constructor in
            Statement.Branch(label: "case \(literal(constructor.number))", body: assignment(of: constructor))
        }
        // After a problem a value is still needed; the shallowest constructor ends soonest.
        let fallback = type.constructors[context.graph.shallowestConstructor[type.name] ?? 0]
        branches.append(
            Statement.Branch(
                label: "default",
                body: [.line("reader.failUnknownConstructor(expected: \"\(type.name)\")")] + assignment(of: fallback)
            )
        )
        return .choice("reader.word()", branches)
    }

    private func assignment(of constructor: Combinator) -> [Statement] {
        let caseName = context.names.caseName(constructor.name)
        if constructor.hasVisibleFields {
            return [.line("self = .\(caseName)(\(payloadName(constructor))(from: &reader))")]
        }
        let words = constructor.fields.map { _ in Statement.line("_ = reader.word()") }
        return words + [.line("self = .\(caseName)")]
    }

    private func encodingChoice(_ type: TypeDefinition) -> Statement {
        let branches = type.constructors.map { constructor -> Statement.Branch in
            let caseName = context.names.caseName(constructor.name)
            if constructor.hasVisibleFields {
                return Statement.Branch(
                    label: "case .\(caseName)(let payload)",
                    body: [.line("payload.encode(into: &writer)")]
                )
            }
            let number = Statement.line("writer.word(\(literal(constructor.number)))")
            return Statement.Branch(
                label: "case .\(caseName)",
                body: [number] + constructor.fields.map { _ in .line("writer.word(0)") }
            )
        }
        return .choice("self", branches)
    }

    // MARK: - Shared fields

    /// Accessors for fields that every constructor has with the same type; optional if it is optional anywhere.
    private func sharedFields(of type: TypeDefinition) -> [Declaration] {
        let all = type.constructors.map { FieldTranslator($0, in: context).visible }
        guard let first = all.first else { return [] }
        return first.compactMap { entry in
            let same = all.compactMap { fields in fields.first { $0.name == entry.name && $0.type == entry.type } }
            guard same.count == all.count else { return nil }
            let isOptional = same.contains(where: \.isOptional)
            let branches = type.constructors.map { constructor in
                Statement.Branch(
                    label: "case .\(context.names.caseName(constructor.name))(let payload)",
                    body: [.line("payload.\(entry.name)")]
                )
            }
            return .property(
                PropertyDeclaration(
                    doc: DocComment("The `\(entry.field.name)` that all constructors have."),
                    modifiers: context.access,
                    name: context.names.escaped(entry.name),
                    type: isOptional ? entry.type + "?" : entry.type,
                    content: .computed([.choice("self", branches)])
                )
            )
        }
    }

    // MARK: - Codec

    /// Counts a level around the reading of types that can contain themselves.
    private func levelled(_ type: TypeDefinition, _ body: [Statement]) -> [Statement] {
        guard context.graph.recursiveTypes.contains(type.name) else { return body }
        return [.line("reader.descend()")] + body + [.line("reader.ascend()")]
    }

    private func decoder(_ body: [Statement], access: String, label: String = "from") -> Declaration {
        .function(
            FunctionDeclaration(
                modifiers: access,
                head: "init",
                parameters: [.init(label: label, name: "reader", type: "inout TLReader")],
                body: body
            )
        )
    }

    private func encoder(_ body: [Statement], access: String, name: String = "encode") -> Declaration {
        .function(
            FunctionDeclaration(
                modifiers: access,
                head: "func \(name)",
                parameters: [.init(label: "into", name: "writer", type: "inout TLWriter")],
                body: body
            )
        )
    }

    /// Writes the fields without the number, for constructors that some field holds bare.
    private func bareEncoder(_ fields: FieldTranslator) -> Declaration {
        encoder(fields.encodingStatements(number: nil), access: context.access, name: "encodeBare")
    }
}

/// `0x1cb5c415`
func literal(_ number: UInt32) -> String { "0x\(hexNumber(number))" }

extension Combinator {
    /// Whether there is anything but flags words.
    var hasVisibleFields: Bool {
        fields.contains { if case .flags = $0.content { false } else { true } }
    }
}
