package import TLSchema

/// The data tables that documentation comments draw on. All of them may be missing.
package struct Documentation: Sendable {
    package var methods: MethodTable?
    package var errors: ErrorCatalog?
    package var history: LayerHistory?

    package init(methods: MethodTable? = nil, errors: ErrorCatalog? = nil, history: LayerHistory? = nil) {
        self.methods = methods
        self.errors = errors
        self.history = history
    }
}

extension TranslationContext {
    /// The comment on a constructor's class or case: the declaration in TL, and since when there is one of that name.
    func documentation(ofConstructor constructor: Combinator) -> DocComment {
        DocComment(remark(on: constructor))
    }

    /// The comment on a function: what it does, its declaration, who may call it, what it may answer.
    func documentation(ofFunction function: Combinator) -> DocComment {
        var paragraphs: [String] = []
        let facts = documentation.methods?[function.name]
        if let summary = facts?.summary { paragraphs.append(summary) }
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
