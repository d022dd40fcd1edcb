/// What the language itself provides: scalars, vectors, `Bool`, and the lines with which schemas declare them.
///
/// Published schema files carry these declarations. They are accepted in their usual spelling, and never generated.
enum BuiltIn {
    /// An accepted declaration of a built-in type.
    struct Form {
        let name: String
        /// What may stand before `=`, the usual spelling first.
        let bodies: [String]
        let resultName: String
        var argument: String?
    }

    private static let forms: [Form] = [
        Form(name: "int", bodies: ["?", ""], resultName: "Int"),
        Form(name: "long", bodies: ["?", ""], resultName: "Long"),
        Form(name: "double", bodies: ["?", ""], resultName: "Double"),
        Form(name: "string", bodies: ["?", ""], resultName: "String"),
        Form(name: "bytes", bodies: ["", "?", "string"], resultName: "Bytes"),
        Form(name: "int128", bodies: ["4*[ int ]", "?", ""], resultName: "Int128"),
        Form(name: "int256", bodies: ["8*[ int ]", "?", ""], resultName: "Int256"),
        Form(name: "vector", bodies: ["{t:Type} # [ t ]"], resultName: "Vector", argument: "t"),
    ]

    private static let formsByName = Dictionary(uniqueKeysWithValues: forms.map { ($0.name, $0) })

    /// Whether declarations of this name have a form that no ordinary line has.
    static func hasSpecialForm(_ name: QualifiedName) -> Bool {
        name.namespace == nil && formsByName[name.name] != nil
    }

    /// The declaration of `name` whose tokens behind the name and number are `written`, if that is one of its forms.
    static func form(of name: QualifiedName, writtenAs written: String) -> (body: String, form: Form)? {
        guard let form = formsByName[name.name] else { return nil }
        let body = form.bodies.first { body in
            body.filter { $0 != " " } + "=" + form.resultName + (form.argument ?? "") == written
        }
        return body.map { ($0, form) }
    }

    /// The line that the message about a wrong one suggests.
    static func usualLine(of name: QualifiedName) -> String {
        guard let form = formsByName[name.name] else { return "" }
        let words = [form.name, form.bodies.first ?? "", "=", form.resultName, form.argument ?? ""]
        return words.filter { !$0.isEmpty }.joined(separator: " ") + ";"
    }

    // MARK: - Ordinary lines

    /// Constructors of built-in types that are declared like any other: the type, and the number that never changes.
    static let constructors: [String: (type: String, number: UInt32)] = [
        "boolFalse": ("Bool", 0xBC79_9737),
        "boolTrue": ("Bool", 0x9972_75B5),
        "true": ("True", 0x3FED_D339),
        "null": ("Null", 0x5673_0BCC),
    ]

    /// What schemas cannot declare constructors of: what values of these types look like is known.
    static let typeNames: Set<String> = Set(forms.map(\.resultName) + ["Bool", "True", "Null", "Type"])

    /// Names of constructors that have a meaning already.
    static func isReserved(_ name: QualifiedName) -> Bool {
        name.namespace == nil && (formsByName[name.name] != nil || constructors[name.name] != nil)
    }

    /// The scalar of that name.
    static func scalar(_ name: String) -> TypeReference? {
        switch name {
        case "int": .int
        case "long": .long
        case "string": .string
        case "bytes": .bytes
        case "double": .double
        case "int128": .int128
        case "int256": .int256
        case "Bool": .bool
        default: nil
        }
    }
}

extension BuiltIn.Form {
    /// The result as syntax.
    func result(at location: SourceLocation) -> TypeSyntax {
        let name = QualifiedName(namespace: nil, name: resultName)
        guard let argument else { return TypeSyntax(.name(name), location: location) }
        let element = TypeSyntax(.name(QualifiedName(namespace: nil, name: argument)), location: location)
        return TypeSyntax(.applied(name, argument: element), location: location)
    }
}
