/// All declarations of a schema by name, after the ones that collide with others have been reported and left out.
struct DeclarationTable {
    /// A type and the positions of its constructors in ``constructors``.
    struct TypeEntry {
        let name: QualifiedName
        var constructors: [Int]
    }

    private(set) var types: [TypeEntry] = []
    private(set) var constructors: [DeclarationSyntax] = []
    private(set) var functions: [DeclarationSyntax] = []
    /// Declarations of built-in types, one for each name.
    private(set) var builtIns: [DeclarationSyntax] = []
    private(set) var typeIndex: [QualifiedName: Int] = [:]
    private(set) var constructorIndex: [QualifiedName: Int] = [:]
    private(set) var functionIndex: [QualifiedName: Int] = [:]
    private var builtInIndex: [QualifiedName: Int] = [:]

    /// Sorts the declarations of all files in.
    init(_ files: [SchemaSyntax], findings: inout Findings) {
        for file in files {
            for declaration in file.declarations {
                if findings.isFull { return }
                switch declaration.kind {
                case .function: add(function: declaration, findings: &findings)
                case .constructor: add(constructor: declaration, findings: &findings)
                }
            }
        }
    }

    private mutating func add(function: DeclarationSyntax, findings: inout Findings) {
        if BuiltIn.isReserved(function.name) {
            findings.error(
                "'\(function.name)' is built in; expected another name for the function",
                at: function.location
            )
        } else if let earlier = functionIndex[function.name] {
            findings.duplicate(function, of: functions[earlier])
        } else {
            functionIndex[function.name] = functions.count
            functions.append(function)
        }
    }

    private mutating func add(constructor: DeclarationSyntax, findings: inout Findings) {
        if BuiltIn.isReserved(constructor.name) {
            add(builtIn: constructor, findings: &findings)
            return
        }
        guard let type = typeName(of: constructor, findings: &findings) else { return }
        if let earlier = constructorIndex[constructor.name] {
            findings.duplicate(constructor, of: constructors[earlier])
            return
        }
        let index = constructors.count
        constructorIndex[constructor.name] = index
        constructors.append(constructor)
        if let known = typeIndex[type] {
            types[known].constructors.append(index)
        } else {
            typeIndex[type] = types.count
            types.append(TypeEntry(name: type, constructors: [index]))
        }
    }

    private func typeName(of constructor: DeclarationSyntax, findings: inout Findings) -> QualifiedName? {
        let result = constructor.result
        guard case .name(let type) = result.form, isUppercase(type.name.utf8.first ?? 0) else {
            findings.error(
                "'\(result)' cannot be the type of constructor '\(constructor.name)'; "
                    + "expected a plain type name that starts with an upper-case letter",
                at: result.location
            )
            return nil
        }
        if let namespace = type.namespace, !isLowercase(namespace.utf8.first ?? 0) {
            findings.error(
                "namespace '\(namespace)' of type '\(type)' is not one; expected a lower-case letter at its start",
                at: result.location
            )
            return nil
        }
        if type.namespace == nil, BuiltIn.typeNames.contains(type.name) {
            findings.error(
                "type '\(type)' is built in and cannot get the constructor '\(constructor.name)'; "
                    + "expected another type",
                at: result.location
            )
            return nil
        }
        return type
    }

    /// Takes a declaration that only repeats what is known. Several files may do so.
    private mutating func add(builtIn declaration: DeclarationSyntax, findings: inout Findings) {
        let name = declaration.name
        if declaration.builtInBody == nil, let expected = BuiltIn.constructors[name.name] {
            let usual = "\(name)#\(hexNumber(expected.number)) = \(expected.type);"
            if let number = declaration.number, number != expected.number {
                findings.error(
                    "number of '\(name)' is \(hexNumber(number)), but it is built in as \(hexNumber(expected.number)); "
                        + "expected '\(usual)'",
                    at: declaration.numberLocation
                )
                return
            }
            let type = QualifiedName(namespace: nil, name: expected.type)
            let isUsual =
                declaration.fields.isEmpty && declaration.typeParameters.isEmpty
                && declaration.result.form == .name(type)
            guard isUsual else {
                findings.error(
                    "'\(name)' is built in and cannot be declared in this way; "
                        + "choose another name, or write '\(usual)'",
                    at: declaration.location
                )
                return
            }
        }
        if let earlier = builtInIndex[name] {
            if builtIns[earlier].number == nil, declaration.number != nil { builtIns[earlier] = declaration }
        } else {
            builtInIndex[name] = builtIns.count
            builtIns.append(declaration)
        }
    }
}

extension Findings {
    fileprivate mutating func duplicate(_ declaration: DeclarationSyntax, of earlier: DeclarationSyntax) {
        error(
            "\(declaration.kind.noun) '\(declaration.name)' is declared twice; remove or rename one",
            at: declaration.location,
            notes: [.note("'\(earlier.name)' is declared here first", at: earlier.location)]
        )
    }
}
