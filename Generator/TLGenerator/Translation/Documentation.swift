package import TLSchema

/// The data tables that documentation comments draw on. All of them may be missing.
package struct Documentation: Sendable {
    package var methods: MethodTable?
    package var errors: ErrorCatalog?
    package var types: TypeTable?
    package var history: LayerHistory?

    package init(
        methods: MethodTable? = nil,
        errors: ErrorCatalog? = nil,
        types: TypeTable? = nil,
        history: LayerHistory? = nil
    ) {
        self.methods = methods
        self.errors = errors
        self.types = types
        self.history = history
    }
}

extension TranslationContext {
    /// The comment on a type with several constructors: what it is, its name in TL.
    func documentation(ofType type: TypeDefinition) -> DocComment {
        DocComment([documentation.types?[type.name].map(inSwift), "- Remark: `\(type.name)`"].compactMap { $0 })
    }

    /// The comment on a constructor's class or case: what it is, the declaration in TL, and since when there is one of
    /// that name. The only constructor of a type stands for the type, too.
    func documentation(ofConstructor constructor: Combinator, ofType type: TypeDefinition? = nil) -> DocComment {
        let words = [type.flatMap { documentation.types?[$0.name] }, documentation.types?[constructor.name]]
        return DocComment(words.compactMap { $0.map(inSwift) } + [remark(on: constructor)])
    }

    /// The words about a field of a constructor or function, as the table has them.
    func summary(ofField field: Field, of combinator: Combinator) -> String? {
        documentation.types?[field.name, of: combinator.name]
    }

    /// The comment on a function: what it does, its declaration, who may call it, what it may answer.
    func documentation(ofFunction function: Combinator) -> DocComment {
        var paragraphs: [String] = []
        let facts = documentation.methods?[function.name]
        if let summary = facts?.summary { paragraphs.append(inSwift(summary)) }
        paragraphs.append(remark(on: function))
        if let facts {
            paragraphs.append("- Remark: \(facts.usableBy.sentence)")
            if !facts.errors.isEmpty {
                paragraphs.append("- Throws: " + facts.errors.map { "`\($0)`" }.joined(separator: ", ") + ".")
            }
        }
        return DocComment(paragraphs)
    }

    private func remark(on combinator: Combinator) -> String {
        var text = "- Remark: `\(TLText.declaration(of: combinator))`"
        switch documentation.history?[combinator.name] {
        case .exactly(let layer): text += ", since layer \(layer)."
        case .orEarlier(let layer): text += ", in layer \(layer) or before."
        case nil: text += "."
        }
        return text
    }
}

extension Availability {
    fileprivate var sentence: String {
        switch self {
        case .user: "For users only."
        case .bot: "For bots only."
        case .both: "For users and bots."
        }
    }
}
