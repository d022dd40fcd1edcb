import TLSchema

/// The protocol of what brings users and chats along, and who conforms to it.
struct PeerCarrierTranslator {
    let context: TranslationContext

    private var root: String { context.names.root }

    /// Nothing when the schema has no users and chats.
    func translate() -> [Declaration] {
        guard let carriers = context.peerCarriers else { return [] }
        return [declaration(), defaults()] + carriers.types.map { conformance(of: $0, carriers) }
    }

    private func declaration() -> Declaration {
        let members = PeerCarriers.Kind.allCases.map { kind in
            Declaration.property(
                PropertyDeclaration(
                    doc: DocComment(documentation(of: kind)),
                    modifiers: "",
                    name: kind.property,
                    type: "[\(path(kind))]",
                    content: .required
                )
            )
        }
        return context.scopeExtension(
            nil,
            [
                .type(
                    TypeDeclaration(
                        doc: DocComment([
                            "What brings along the users and chats that it mentions.",
                            "They may be incomplete, which their `min` says.",
                        ]),
                        access: context.access,
                        kind: .protocol,
                        name: PeerCarriers.protocolName,
                        conformances: ["Swift.Sendable"],
                        members: members
                    )
                )
            ]
        )
    }

    private func defaults() -> Declaration {
        .type(
            TypeDeclaration(
                access: "",
                kind: .extension,
                name: "\(root).\(PeerCarriers.protocolName)",
                members: PeerCarriers.Kind.allCases.map { kind in
                    property(kind, doc: "None, unless the type has some.", body: [.line("[]")])
                }
            )
        )
    }

    private func conformance(of type: TypeDefinition, _ carriers: PeerCarriers) -> Declaration {
        .type(
            TypeDeclaration(
                access: "",
                kind: .extension,
                name: context.names.typePath(type.name),
                conformances: ["\(root).\(PeerCarriers.protocolName)"],
                members: PeerCarriers.Kind.allCases.compactMap { kind in
                    body(kind, of: type, carriers).map { property(kind, doc: documentation(of: kind), body: $0) }
                }
            )
        )
    }

    /// `nil` when no constructor has anything of the kind, for which the default will do.
    private func body(_ kind: PeerCarriers.Kind, of type: TypeDefinition, _ carriers: PeerCarriers) -> [Statement]? {
        func sum(_ constructor: Combinator, subject: String) -> String? {
            let terms = carriers.expressions(kind, of: constructor, subject: subject, names: context.names)
            if terms.count < 2 { return terms.first }
            return terms.map { $0.contains("??") ? "(\($0))" : $0 }.joined(separator: " + ")
        }
        if type.constructors.count == 1 {
            return sum(type.constructors[0], subject: "self").map { [.line($0)] }
        }
        var branches = type.constructors.compactMap { constructor in
            sum(constructor, subject: "payload").map { value in
                let caseName = context.names.caseName(constructor.name)
                return Statement.Branch(label: "case .\(caseName)(let payload)", body: [.line(value)])
            }
        }
        if branches.isEmpty { return nil }
        if branches.count < type.constructors.count { branches.append(.init(label: "default", body: [.line("[]")])) }
        return [.choice("self", branches)]
    }

    private func property(_ kind: PeerCarriers.Kind, doc: String, body: [Statement]) -> Declaration {
        .property(
            PropertyDeclaration(
                doc: DocComment(doc),
                modifiers: context.access,
                name: kind.property,
                type: "[\(path(kind))]",
                content: .computed(body)
            )
        )
    }

    private func documentation(of kind: PeerCarriers.Kind) -> String {
        kind == .users ? "Users that came along." : "Groups and channels that came along."
    }

    private func path(_ kind: PeerCarriers.Kind) -> String { context.mapping.path(ofType: kind.type) }
}
