extension Resolver {
    /// Where a type stands: not every type may stand everywhere.
    enum Place {
        case requiredField, optionalField, element, result
    }

    /// The type after looking up its names; `nil` once a mistake in it has been reported.
    mutating func reference(
        _ type: TypeSyntax,
        in declaration: DeclarationSyntax,
        place: Place
    ) -> TypeReference? {
        switch type.form {
        case .name(let name):
            return named(name, at: type.location, in: declaration, place: place)
        case .bare(let inner):
            return bare(inner, at: type.location, in: declaration)
        case .applied(let name, let argument):
            guard name.namespace == nil, name.name == "Vector" || name.name == "vector" else {
                findings.error(
                    "'\(name)' takes no type argument; expected 'Vector' or 'vector'",
                    at: type.location
                )
                return nil
            }
            return reference(argument, in: declaration, place: .element)
                .map { .vector($0, isBoxed: name.name == "Vector") }
        case .query(let parameter):
            return query(parameter, at: type.location, in: declaration, place: place)
        case .flagsWord:
            findings.error("'#' is the type of a flags word; expected a type of values", at: type.location)
            return nil
        }
    }

    // MARK: - Names

    private mutating func named(
        _ name: QualifiedName,
        at location: SourceLocation,
        in declaration: DeclarationSyntax,
        place: Place
    ) -> TypeReference? {
        if name.namespace == nil {
            if let scalar = BuiltIn.scalar(name.name) { return scalar }
            if declaration.typeParameters.contains(where: { $0.name == name.name }) {
                return parameter(name.name, at: location, place: place)
            }
            if reportMisplacedBuiltIn(name.name, at: location) { return nil }
        }
        if isUppercase(name.name.utf8.first ?? 0) {
            if table.typeIndex[name] != nil { return .boxed(name) }
        } else if table.constructorIndex[name] != nil {
            return .bare(name)
        }
        reportUnknown(name, at: location)
        return nil
    }

    private mutating func parameter(_ name: String, at location: SourceLocation, place: Place) -> TypeReference? {
        switch place {
        case .result: return .generic(name)
        case .element:
            findings.error("type parameter '\(name)' cannot stand inside of a vector; expected a type", at: location)
        case .requiredField, .optionalField:
            findings.error("type parameter '\(name)' cannot be a value; expected '!\(name)'", at: location)
        }
        return nil
    }

    /// Reports names that have a meaning, but not that of a value's type.
    private mutating func reportMisplacedBuiltIn(_ name: String, at location: SourceLocation) -> Bool {
        switch name {
        case "true":
            findings.error(
                "'true' only stands behind a condition; expected 'flags.N?true' or the type 'Bool'",
                at: location
            )
        case "Vector", "vector":
            findings.error("'\(name)' needs the type of its elements; expected '\(name)<T>'", at: location)
        case "boolFalse", "boolTrue", "null", "True", "Null", "Type":
            findings.error("'\(name)' cannot be the type of a value; expected another type", at: location)
        default:
            guard BuiltIn.typeNames.contains(name) else { return false }
            findings.error(
                "'\(name)' is the boxed form of '\(name.lowercased())' and never sent; expected '\(name.lowercased())'",
                at: location
            )
        }
        return true
    }

    private mutating func reportUnknown(_ name: QualifiedName, at location: SourceLocation) {
        if unreadableNames.contains(name) { return }
        let isType = isUppercase(name.name.utf8.first ?? 0)
        let meant = isType ? table.types.lazy.map(\.name).first { differsInCaseOnly($0, name) } : nil
        let expectation =
            if let meant {
                "did you mean '\(meant)'?"
            } else if table.functionIndex[name] != nil {
                "it is a function, expected a type or a constructor"
            } else if isType {
                "expected a type that is the result of a constructor"
            } else {
                "expected a built-in type, or a constructor whose value stands without its number"
            }
        findings.error("\(isType ? "type" : "constructor") '\(name)' is unknown; \(expectation)", at: location)
    }

    // MARK: - Bare types and queries

    private mutating func bare(
        _ inner: TypeSyntax,
        at location: SourceLocation,
        in declaration: DeclarationSyntax
    ) -> TypeReference? {
        switch inner.form {
        case .applied(let name, let argument) where name == QualifiedName(namespace: nil, name: "Vector"):
            return reference(argument, in: declaration, place: .element).map { .vector($0, isBoxed: false) }
        case .name(let name) where name.description == "Bool":
            findings.error("'%Bool' needs a type with one constructor, but 'Bool' has 2; expected 'Bool'", at: location)
        case .name(let name) where isUppercase(name.name.utf8.first ?? 0):
            if name.namespace == nil, reportMisplacedBuiltIn(name.name, at: inner.location) { return nil }
            guard let index = table.typeIndex[name] else {
                reportUnknown(name, at: inner.location)
                return nil
            }
            let constructors = table.types[index].constructors
            if constructors.count == 1, let only = constructors.first { return .bare(table.constructors[only].name) }
            if unreadableNames.contains(name) { return nil }
            findings.error(
                "'%\(name)' needs a type with one constructor, but '\(name)' has \(constructors.count); "
                    + "expected '\(name)' or the name of a constructor",
                at: location
            )
        default:
            findings.error("'%' does not go with '\(inner)'; expected '%' and the name of a type", at: location)
        }
        return nil
    }

    private mutating func query(
        _ parameter: String,
        at location: SourceLocation,
        in declaration: DeclarationSyntax,
        place: Place
    ) -> TypeReference? {
        if declaration.kind == .constructor {
            findings.error(
                "constructor '\(declaration.name)' has the query '!\(parameter)'; expected it in a function only",
                at: location
            )
        } else if place != .requiredField {
            findings.error(
                "'!\(parameter)' can only be the whole type of a field that is not optional; expected another type",
                at: location
            )
        } else if !declaration.typeParameters.contains(where: { $0.name == parameter }) {
            findings.error(
                "type parameter '\(parameter)' is not declared; expected '{\(parameter):Type}' "
                    + "behind the name '\(declaration.name)'",
                at: location
            )
        } else {
            return .generic(parameter)
        }
        return nil
    }
}

/// Whether two names are the same but for the case of letters, without making strings for the comparison.
private func differsInCaseOnly(_ left: QualifiedName, _ right: QualifiedName) -> Bool {
    func isSame(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count && zip(left.utf8, right.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    }
    return isSame(left.name, right.name) && isSame(left.namespace ?? "", right.namespace ?? "")
}
