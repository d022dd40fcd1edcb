extension Resolver {
    /// The fields that could be resolved; each of the others has been reported.
    mutating func fields(of declaration: DeclarationSyntax) -> [Field] {
        var fields: [Field] = []
        fields.reserveCapacity(declaration.fields.count)
        // Declarations are short, and nearly all names differ in their first bytes: searching an array wins over
        // hashing until there are more fields than any real declaration has.
        var seen: [String: Int] = [:]
        let isLong = declaration.fields.count > 64
        for (index, field) in declaration.fields.enumerated() where !findings.isFull {
            let earlier =
                isLong
                ? seen.updateValue(index, forKey: field.name)
                : declaration.fields[..<index].firstIndex { $0.name == field.name }
            if let earlier {
                findings.error(
                    "field '\(field.name)' is declared twice in '\(declaration.name)'; remove or rename one",
                    at: field.location,
                    notes: [
                        .note("'\(field.name)' is declared here first", at: declaration.fields[earlier].location)
                    ]
                )
            }
            if let condition = field.condition { checkFlagsWord(condition, of: index, in: declaration) }
            if let content = content(of: field, in: declaration) {
                fields.append(Field(name: field.name, content: content, location: field.location))
            }
        }
        return fields
    }

    private mutating func content(of field: FieldSyntax, in declaration: DeclarationSyntax) -> Field.Content? {
        let bit = field.condition?.bit
        if let bit, field.isPresence { return .presence(bit) }
        if field.type.form == .flagsWord {
            if bit == nil { return .flags }
            findings.error(
                "flags word '\(field.name)' cannot be optional; expected '\(field.name):#'",
                at: field.type.location
            )
            return nil
        }
        let place: Place = bit == nil ? .requiredField : .optionalField
        return reference(field.type, in: declaration, place: place).map { .value($0, when: bit) }
    }

    /// A condition needs a word that has been read by then.
    private mutating func checkFlagsWord(
        _ condition: FieldSyntax.Condition,
        of index: Int,
        in declaration: DeclarationSyntax
    ) {
        let word = condition.bit.word
        let fields = declaration.fields
        // The word is nearly always among the first fields, so this is no search through all of them.
        guard let position = fields.firstIndex(where: { $0.name == word }) else {
            findings.error(
                "flags word '\(word)' is not declared in '\(declaration.name)'; expected a field '\(word):#' before it",
                at: condition.location
            )
            return
        }
        if fields[position].type.form != .flagsWord {
            findings.error(
                "field '\(word)' is of type '\(fields[position].type)' and no flags word; expected '\(word):#'",
                at: condition.location
            )
        } else if position >= index {
            findings.error(
                "flags word '\(word)' is used before it is declared; "
                    + "expected '\(word):#' before '\(fields[index].name)'",
                at: condition.location,
                notes: [.note("'\(word)' is declared here", at: fields[position].location)]
            )
        }
    }

    /// Only functions have type parameters, and each of theirs is the type of a query.
    mutating func checkTypeParameters(of declaration: DeclarationSyntax) {
        for (index, parameter) in declaration.typeParameters.enumerated() where !findings.isFull {
            if declaration.kind == .constructor {
                findings.error(
                    "constructor '\(declaration.name)' has the type parameter '\(parameter.name)'; "
                        + "expected none, since only functions wrap others",
                    at: parameter.location
                )
            } else if declaration.typeParameters[..<index].contains(where: { $0.name == parameter.name }) {
                findings.error(
                    "type parameter '\(parameter.name)' is declared twice in '\(declaration.name)'; expected it once",
                    at: parameter.location
                )
            } else if !declaration.fields.contains(where: { $0.type.form == .query(parameter.name) }) {
                findings.error(
                    "type parameter '\(parameter.name)' is never used; expected a field of type '!\(parameter.name)'",
                    at: parameter.location
                )
            }
        }
    }
}
