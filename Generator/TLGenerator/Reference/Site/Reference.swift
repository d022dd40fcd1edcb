import TLSchema

/// Everything that pages are made from.
struct Reference {
    let context: TranslationContext
    let addresses: SiteMap
    let usage: Usage
    let examples: ExampleValues
    let changes: ChangeTable?
    let prose: Prose
    let related: RelatedMethods
    /// For the class of an error, the names in the table that share it.
    let errorNames: [String: [String]]
    /// Errors that more than half of the methods are known for: they say more about the account than about the method.
    let generalErrors: Set<String>

    init(context: TranslationContext, changes: ChangeTable?) {
        self.context = context
        self.changes = changes
        usage = Usage(schema: context.schema, methods: context.documentation.methods)
        addresses = SiteMap(
            schema: context.schema,
            errors: context.documentation.errors,
            namespaces: usage.namespaces
        )
        examples = ExampleValues(context: context)
        prose = Prose(context: context, addresses: addresses)
        related = RelatedMethods(context.schema.functions)
        let errors = context.documentation.errors?.definitions ?? []
        errorNames = Dictionary(grouping: errors.map(\.name)) { context.errorClasses[$0] ?? "" }
        let many = context.schema.functions.count / 2
        generalErrors = Set(usage.raising.filter { $0.value.count > many && many > 1 }.keys)
    }

    var schema: Schema { context.schema }
    var names: SwiftNames { context.names }

    /// A name that leads to its page.
    func link(_ kind: PageAddress.Kind, _ name: QualifiedName) -> Inline {
        .codeLink(name.description, addresses.address(kind, name.description))
    }

    /// An error that leads to its page.
    func link(error name: String) -> Inline { .codeLink(name, addresses[.error, name]) }

    /// A namespace that leads to its page.
    func namespaceStep(_ namespace: String?) -> (title: String, address: PageAddress) {
        (namespace ?? "root namespace", addresses.address(.namespace, namespace ?? ""))
    }

    /// Since when there is something of this name.
    func since(_ name: QualifiedName) -> Inline? {
        switch context.documentation.history?[name] {
        case .exactly(let layer): .mark("since layer \(layer)")
        case .orEarlier(let layer): .mark("in layer \(layer) or before")
        case nil: nil
        }
    }

    // MARK: - Types

    /// A type as one reads it in Swift, `[TL.Message]`: without the name of the standard library.
    func swiftType(_ type: TypeReference) -> String {
        switch type {
        case .int: "Int32"
        case .long: "Int64"
        case .double: "Double"
        case .string: "String"
        case .bytes: "[UInt8]"
        case .bool: "Bool"
        case .vector(let element, _): "[\(swiftType(element))]"
        case .int128, .int256, .boxed, .bare, .generic: context.mapping.swiftType(type)
        }
    }

    /// The answer of a function, as one reads it in Swift.
    func responseType(_ type: TypeReference) -> String {
        switch type {
        case .bytes: "TLBytes"
        case .vector(let element, _): "[\(responseType(element))]"
        case .generic: "Query.Response"
        default: swiftType(type)
        }
    }

    /// Where a type is described, if this site does it.
    func address(of type: TypeReference) -> PageAddress? {
        switch type {
        case .bare(let name): addresses[.constructor, name.description]
        case .vector(let element, _): address(of: element)
        case .boxed(let name): addresses[.type, name.description] ?? BuiltInPage.address(of: name.description)
        default: nil
        }
    }

    /// The fields of a constructor or method with what there is to say about each.
    func fields(of combinator: Combinator) -> [Block.Term] {
        FieldTranslator(combinator, in: context).visible.map { field in
            var head: [Inline] = [.code(field.name)]
            if field.name != field.field.name { head += [.text(" "), .mark(field.field.name)] }
            head.append(.text(" "))
            if let type = field.field.type {
                head.append(.codeLink(swiftType(type) + (field.isOptional ? "?" : ""), address(of: type)))
            } else {
                head.append(.code("Bool"))
            }
            if field.isOptional { head += [.text(" "), .mark("optional")] }
            if field.isPresence { head += [.text(" "), .mark("false unless set")] }
            return Block.Term(head: head, words: words(about: field, of: combinator))
        }
    }

    private func words(about field: FieldTranslator.Visible, of combinator: Combinator) -> [Inline] {
        var words = prose(context.summary(ofField: field.field, of: combinator))
        guard let bit = field.field.flagBit else { return words }
        let partners = combinator.fields.filter { $0.flagBit == bit && $0.name != field.field.name }
        guard !partners.isEmpty else { return words }
        if !words.isEmpty { words.append(.text(" ")) }
        let names = partners.map { Inline.code(self.names.fieldName($0.name, of: combinator.name)) }
        return words + [.text("Set together with ")] + .enumeration(names) + [.text(", or not at all.")]
    }
}
