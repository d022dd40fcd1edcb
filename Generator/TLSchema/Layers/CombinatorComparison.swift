/// Compares two combinators of one name, field by field.
///
/// Flags words are not looked at: nobody sees them in Swift, and their bits show in the fields.
struct CombinatorComparison {
    let old: Combinator
    let new: Combinator

    /// The change, or `nil` if the two are the same on the wire and in Swift.
    var change: SchemaChange? {
        let details = signatureDetails + fieldDetails
        let isRenumbered = old.number != new.number
        guard !details.isEmpty || isRenumbered else { return nil }
        return SchemaChange(
            old.kind == .function ? .function : .constructor,
            new.name,
            details.isEmpty ? .renumbered : .changed,
            effect: details.map(\.effect).max() ?? .behaviour,
            details: details,
            oldNumber: old.number,
            newNumber: new.number
        )
    }

    private var signatureDetails: [SchemaChange.Detail] {
        var details: [SchemaChange.Detail] = []
        if old.result != new.result {
            let noun = old.kind == .function ? "result" : "type"
            details.append(
                .init(.source, "\(noun) changed from '\(old.result.schemaText)' to '\(new.result.schemaText)'")
            )
        }
        if old.typeParameters != new.typeParameters {
            details.append(.init(.source, "type parameters changed"))
        }
        return details
    }

    private var fieldDetails: [SchemaChange.Detail] {
        let oldFields = old.visibleFields
        let newFields = new.visibleFields
        let oldByName = Dictionary(oldFields.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let newNames = Set(newFields.map(\.name))
        var details: [SchemaChange.Detail] = []
        for field in oldFields where !newNames.contains(field.name) {
            details.append(.init(.source, "field '\(field.name)' is gone"))
        }
        for field in newFields {
            if let before = oldByName[field.name] {
                details += differences(from: before, to: field)
            } else if field.flagBit != nil {
                details.append(.init(.behaviour, "field '\(field.name):\(field.typeText)' is new and optional"))
            } else {
                details.append(.init(.source, "field '\(field.name):\(field.typeText)' is new and required"))
            }
        }
        let keptBefore = oldFields.map(\.name).filter(newNames.contains)
        let keptNow = newFields.map(\.name).filter { oldByName[$0] != nil }
        if keptBefore != keptNow {
            details.append(.init(.source, "the order of the fields changed to \(keptNow.joined(separator: ", "))"))
        }
        return details
    }

    private func differences(from old: Field, to new: Field) -> [SchemaChange.Detail] {
        var details: [SchemaChange.Detail] = []
        let name = "field '\(new.name)'"
        if old.type != new.type {
            // Whether a vector has its number before it concerns the wire alone.
            let effect: SchemaChange.Effect = old.type?.unnumbered == new.type?.unnumbered ? .behaviour : .source
            details.append(.init(effect, "\(name) changed its type from '\(old.typeText)' to '\(new.typeText)'"))
        }
        switch (old.flagBit, new.flagBit) {
        case (nil, .some):
            // What is passed may still be passed; what is read has become an optional.
            let effect: SchemaChange.Effect = self.new.kind == .function ? .behaviour : .source
            details.append(.init(effect, "\(name) became optional"))
        case (.some, nil):
            details.append(.init(.source, "\(name) became required"))
        case (let before?, let now?) where before != now:
            details.append(
                .init(.behaviour, "\(name) moved from \(before.word).\(before.bit) to \(now.word).\(now.bit)")
            )
        default: break
        }
        return details
    }
}

extension Combinator {
    fileprivate var visibleFields: [Field] {
        fields.filter { $0.content != .flags }
    }
}

extension Field {
    fileprivate var typeText: String {
        switch content {
        case .flags: "#"
        case .presence: "true"
        case .value(let type, _): type.schemaText
        }
    }
}

extension TypeReference {
    /// The type with all vectors bare, which is what Swift makes of it.
    fileprivate var unnumbered: TypeReference {
        guard case .vector(let element, _) = self else { return self }
        return .vector(element.unnumbered, isBoxed: false)
    }
}
