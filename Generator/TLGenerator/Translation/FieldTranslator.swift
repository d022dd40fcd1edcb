import TLSchema

/// The fields of one constructor or function: properties, initialiser, and the bodies of both codecs.
struct FieldTranslator {
    /// One visible field: everything but flags words.
    struct Visible {
        let field: Field
        let name: String
        let type: String
        let isOptional: Bool
        let isPresence: Bool

        /// `Swift.String?`
        var declaredType: String { isOptional ? type + "?" : type }
        var defaultValue: String? { isPresence ? "false" : isOptional ? "nil" : nil }
        /// Numbers that the server tells repetitions by: a fresh one for each request, and the same when it is sent
        /// again.
        var isRandomID: Bool { field.name == "random_id" && type == "Swift.Int64" && !isOptional }
        /// An expression that is true when the field is on the wire.
        var isPresent: String { isPresence ? "self.\(name)" : "self.\(name) != nil" }
    }

    let combinator: Combinator
    let visible: [Visible]
    private let context: TranslationContext
    private let groups: [FlagBit: [Visible]]

    init(_ combinator: Combinator, in context: TranslationContext) {
        self.combinator = combinator
        self.context = context
        var visible: [Visible] = []
        var groups: [FlagBit: [Visible]] = [:]
        for field in combinator.fields {
            let entry: Visible
            switch field.content {
            case .flags:
                continue
            case .presence:
                entry = Visible(
                    field: field,
                    name: context.names.fieldName(field.name, of: combinator.name),
                    type: "Swift.Bool",
                    isOptional: false,
                    isPresence: true
                )
            case .value(let type, let bit):
                entry = Visible(
                    field: field,
                    name: context.names.fieldName(field.name, of: combinator.name),
                    type: context.mapping.swiftType(type),
                    isOptional: bit != nil,
                    isPresence: false
                )
            }
            visible.append(entry)
            if let bit = field.flagBit { groups[bit, default: []].append(entry) }
        }
        self.visible = visible
        self.groups = groups
    }

    // MARK: - Declarations

    func properties(keyword: String) -> [Declaration] {
        visible.map { entry in
            .property(
                PropertyDeclaration(
                    doc: documentation(of: entry),
                    modifiers: context.access,
                    name: context.names.escaped(entry.name),
                    type: entry.declaredType,
                    content: .stored(keyword: keyword)
                )
            )
        }
    }

    var parameters: [FunctionDeclaration.Parameter] {
        visible.map {
            FunctionDeclaration.Parameter(
                label: context.names.label($0.name),
                type: $0.declaredType,
                defaultValue: $0.defaultValue
            )
        }
    }

    /// - Parameter isRequest: whether a `random_id` may be left out, for a fresh one.
    func initializer(isRequest: Bool = false) -> Declaration {
        var parameters = parameters
        if isRequest {
            for index in visible.indices where visible[index].isRandomID {
                parameters[index].defaultValue = "Swift.Int64.random(in: .min ... .max)"
            }
        }
        return .function(
            FunctionDeclaration(
                modifiers: context.access,
                head: "init",
                parameters: parameters,
                body: visible.map { .line("self.\($0.name) = \(context.names.escaped($0.name))") }
            )
        )
    }

    /// `userID: userID, accessHash: accessHash`
    var forwardedArguments: String {
        visible.map { "\(context.names.label($0.name)): \(context.names.escaped($0.name))" }.joined(separator: ", ")
    }

    private func documentation(of entry: Visible) -> DocComment {
        let summary = context.summary(ofField: entry.field, of: combinator).map(context.inSwift)
        guard let bit = entry.field.flagBit, let group = groups[bit], group.count > 1 else {
            return DocComment([summary].compactMap { $0 })
        }
        let others = group.filter { $0.name != entry.name }.map { "`\($0.name)`" }.joined(separator: ", ")
        return DocComment([summary, "Set together with \(others), or not at all."].compactMap { $0 })
    }

    // MARK: - Codec

    /// Reads all fields into properties.
    func decodingStatements() -> [Statement] {
        combinator.fields.map { field in
            let name = context.names.fieldName(field.name, of: combinator.name)
            if case .flags = field.content {
                return usesWord(field)
                    ? .line("let \(flagWord(field.name)) = reader.word()") : .line("_ = reader.word()")
            }
            return .line("self.\(name) = \(reading(field))")
        }
    }

    /// An expression for one visible field.
    func reading(_ field: Field) -> String {
        switch field.content {
        case .flags: "reader.word()"
        case .presence(let bit): test(bit)
        case .value(let type, when: nil): context.mapping.read(type)
        case .value(let type, when: let bit?): "\(test(bit)) ? \(context.mapping.read(type)) : nil"
        }
    }

    /// Writes the number, unless it is `nil`, and all fields; `writer` is in scope.
    ///
    /// Room is made once for each run of fields of fixed size, the optional ones among them included, so that a run is
    /// a row of plain stores.
    func encodingStatements(number: UInt32?) -> [Statement] {
        var runs = EncodingRuns()
        if let number { runs.append(size: 4, .line("writer.putWord(\(literal(number)))")) }
        for field in combinator.fields {
            switch field.content {
            case .flags:
                let (preparation, write) = flagsStatements(field)
                runs.append(size: 4, write, preparation: preparation)
            case .presence:
                continue
            case .value(let type, let bit):
                let property = "self.\(context.names.fieldName(field.name, of: combinator.name))"
                let value = bit == nil ? property : "value"
                let size = type.fixedSize
                let write = Statement.line(
                    size == nil ? context.mapping.write(type, value) : context.mapping.put(type, value)
                )
                if bit == nil {
                    runs.append(size: size, write)
                } else {
                    runs.append(size: size, .conditional("let value = \(property)", [write]))
                }
            }
        }
        return completenessChecks() + runs.statements
    }

    /// The statements that compute a flags word, and the one that writes it.
    private func flagsStatements(_ word: Field) -> (preparation: [Statement], write: Statement) {
        let name = flagWord(word.name)
        let bits = groups.keys.filter { $0.word == word.name }.sorted { $0.bit < $1.bit }
        if bits.isEmpty { return ([], .line("writer.putWord(0)")) }
        var preparation: [Statement] = [.line("var \(name): Swift.UInt32 = 0")]
        for bit in bits {
            guard let first = groups[bit]?.first else { continue }
            preparation.append(.conditional(first.isPresent, [.line("\(name) |= \(mask(bit))")]))
        }
        return (preparation, .line("writer.putWord(\(name))"))
    }

    private func completenessChecks() -> [Statement] {
        let shared = groups.filter { $0.value.count > 1 }.sorted {
            ($0.key.word, $0.key.bit) < ($1.key.word, $1.key.bit)
        }
        return shared.map { _, group in
            let condition = zip(group, group.dropFirst())
                .map { "(\($0.isPresent)) != (\($1.isPresent))" }.joined(separator: " || ")
            let list = group.map(\.name).joined(separator: ", ")
            return .conditional(
                condition,
                [.line("writer.failIncompleteGroup(\"\(list)\", of: \"\(combinator.name)\")")]
            )
        }
    }

    private func usesWord(_ field: Field) -> Bool { groups.keys.contains { $0.word == field.name } }
    private func flagWord(_ name: String) -> String {
        context.names.localName(context.names.fieldName(name, of: combinator.name))
    }
    private func mask(_ bit: FlagBit) -> String { "0x\(String(UInt32(1) << UInt32(bit.bit), radix: 16))" }
    private func test(_ bit: FlagBit) -> String { "\(flagWord(bit.word)) & \(mask(bit)) != 0" }
}
