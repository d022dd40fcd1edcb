import TLSchema

/// The root enum with its namespaces, the protocols its types conform to, and the registry of constructors.
struct RootTranslator {
    let context: TranslationContext

    private var root: String { context.names.root }
    private var access: String { context.access }

    func translate() -> [Declaration] {
        [.type(rootEnum()), runtimeLock(), protocolDefaults("Object"), functionDefaults(), registry()]
    }

    private func rootEnum() -> TypeDeclaration {
        var members: [Declaration] = []
        if let layer = context.schema.layer {
            members.append(
                property(
                    "layer",
                    "Swift.Int32",
                    "\(layer)",
                    doc: "The layer of the schema, which a client announces with `invokeWithLayer`."
                )
            )
        }
        members.append(marker("Object", conformance: "TLCodable", doc: "A type of this schema."))
        members.append(marker("Function", conformance: "TLFunction", doc: "A function of this schema."))
        for namespace in namespaces() {
            members.append(
                .type(
                    TypeDeclaration(
                        doc: DocComment("Types and functions of the namespace `\(namespace)`."),
                        access: access,
                        kind: .enumeration,
                        name: context.names.namespace(namespace)
                    )
                )
            )
        }
        return TypeDeclaration(
            doc: DocComment(
                "Everything generated from the schema\(context.schema.layer.map { ", layer \($0)" } ?? "")."
            ),
            access: access,
            kind: .enumeration,
            name: root,
            members: members
        )
    }

    private func namespaces() -> [String] {
        let names = context.schema.types.map(\.name) + context.schema.functions.map(\.name)
        return Set(names.compactMap(\.namespace)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private func marker(_ name: String, conformance: String, doc: String) -> Declaration {
        .type(
            TypeDeclaration(
                doc: DocComment(doc),
                access: access,
                kind: .protocol,
                name: name,
                conformances: [conformance, "Swift.TextOutputStreamable"]
            )
        )
    }

    /// Compiles only with the runtime this code was written for.
    private func runtimeLock() -> Declaration {
        .alias(access: "private", name: "RequiredRuntime", target: "TLGeneratedCodeVersion1")
    }

    /// Printing, which needs the field table of this very schema.
    private func protocolDefaults(_ name: String, _ more: [Declaration] = []) -> Declaration {
        .type(
            TypeDeclaration(
                access: "",
                kind: .extension,
                name: "\(root).\(name)",
                members: [
                    .function(
                        FunctionDeclaration(
                            doc: DocComment("Prints as readable TL."),
                            modifiers: access,
                            head: "func write",
                            parameters: [
                                .init(label: "to", name: "target", type: "inout some Swift.TextOutputStream")
                            ],
                            body: [.line("target.write(\(root).fieldTable.text(of: self))")]
                        )
                    )
                ] + more
            )
        )
    }

    private func functionDefaults() -> Declaration {
        protocolDefaults(
            "Function",
            [
                property(
                    "usableBy",
                    "TLAvailability",
                    ".both",
                    doc: "Both, unless the method table says otherwise."
                ),
                property(
                    "knownErrors",
                    "[RPCError.Type]",
                    "[]",
                    doc: "None, unless the method table says otherwise."
                ),
            ]
        )
    }

    /// `static func type(ofConstructor:)`: one switch over all numbers.
    private func registry() -> Declaration {
        var branches = context.schema.types.map { type in
            let numbers = type.constructors.map { literal($0.number) }.joined(separator: ", ")
            return Statement.Branch(
                label: "case \(numbers)",
                body: [.line("return \(context.names.typePath(type.name)).self")]
            )
        }
        branches.append(.init(label: "default", body: [.line("return nil")]))
        return .type(
            TypeDeclaration(
                access: "",
                kind: .extension,
                name: root,
                members: [
                    .function(
                        FunctionDeclaration(
                            doc: DocComment(
                                "The type that the constructor with this number builds; `nil` for other numbers."
                            ),
                            modifiers: "\(access) static",
                            head: "func type",
                            parameters: [.init(label: "ofConstructor", name: "number", type: "Swift.UInt32")],
                            result: "(any \(root).Object.Type)?",
                            body: [.choice("number", branches)]
                        )
                    ),
                    .function(
                        FunctionDeclaration(
                            doc: DocComment([
                                "Reads a value of any type by its number.",
                                "- Throws: `TLDecodingError`, also when no type of the schema has the number.",
                            ]),
                            modifiers: "\(access) static",
                            head: "func object",
                            parameters: [.init(label: "decoding", name: "bytes", type: "[Swift.UInt8]")],
                            result: "any \(root).Object",
                            throwing: "throws(TLDecodingError)",
                            body: [
                                .line("let number = try TLConstructorID.first(in: bytes)"),
                                .line("guard let type = \(root).type(ofConstructor: number) else {"),
                                .line(
                                    "    throw .unknownConstructor(id: number, expected: \"\(root).Object\", offset: 0)"
                                ),
                                .line("}"),
                                .line("return try type.init(decoding: bytes)"),
                            ]
                        )
                    ),
                ]
            )
        )
    }

    private func property(_ name: String, _ type: String, _ value: String, doc: String) -> Declaration {
        .property(
            PropertyDeclaration(
                doc: DocComment(doc),
                modifiers: "\(access) static",
                name: name,
                type: type,
                content: .computed([.line(value)])
            )
        )
    }
}
