/// All errors that the server is known to send, from `errors.json`.
///
/// The file is one object with a member for each error, one a line, sorted by the bytes of the name:
/// `"FLOOD_WAIT_%d": {"codes": [420], "parameters": [{"name": "seconds", "unit": "seconds"}], "description": ""}`.
public struct ErrorCatalog: Sendable, Hashable {
    /// Sorted by the bytes of their names, whatever the order of the file.
    public let definitions: [ErrorDefinition]

    private let index: [String: Int]

    /// Creates a catalogue. Of several definitions with one name the first is found by name.
    public init(_ definitions: [ErrorDefinition]) {
        let sorted = definitions.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        self.definitions = sorted
        index = Dictionary(sorted.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The error of that name, spelled with `%d` as the table has it.
    public subscript(name: String) -> ErrorDefinition? {
        index[name].map { definitions[$0] }
    }

    /// Reads the table. Every mistake of the file is reported, each at its line and column: bad JSON, names or keys
    /// that occur twice, unknown keys, values of the wrong type, codes out of range, parameters that do not match the
    /// `%d` of the name.
    public static func read(_ source: SchemaSource) -> Checked<ErrorCatalog> {
        var findings = Findings()
        var definitions: [ErrorDefinition] = []
        let document = JSONReader.read(source, findings: &findings)
        for member in document?.members(of: "the error table", findings: &findings) ?? [] {
            if let definition = ErrorDefinition(member, findings: &findings) { definitions.append(definition) }
        }
        let diagnostics = findings.finish(order: [source.path])
        return Checked(ErrorCatalog(definitions), diagnostics: diagnostics)
    }

    /// The text of the file that reads as this catalogue.
    public var fileText: String {
        guard !definitions.isEmpty else { return "{}\n" }
        return "{\n" + definitions.map { "  " + $0.fileText }.joined(separator: ",\n") + "\n}\n"
    }
}

extension ErrorDefinition {
    /// Codes are those of the protocol, which a few servers send negative.
    private static let codeRange = 100...599

    fileprivate init?(_ member: JSONMember, findings: inout Findings) {
        let name = member.key
        let subject = "the error \(quoted(name))"
        guard let fields = member.value.members(of: subject, findings: &findings) else { return nil }
        var codes: [Int]?
        var parameters: [Parameter] = []
        var description: String?
        var isSound = Self.isValid(name)
        if !isSound {
            findings.error(
                "\(quoted(name)) is not a name of an error, expected letters, digits, '_' and '%d' only",
                at: member.keyLocation
            )
        }
        for field in fields {
            switch field.key {
            case "codes": codes = Self.codes(field.value, of: subject, findings: &findings)
            case "parameters":
                let known = Self.parameters(field.value, of: subject, findings: &findings)
                isSound = isSound && known != nil
                parameters = known ?? []
            case "description": description = field.value.text(of: "the description of \(subject)", findings: &findings)
            default:
                findings.error(
                    "the key \(quoted(field.key)) of \(subject) is unknown, "
                        + "expected 'codes', 'parameters' or 'description'",
                    at: field.keyLocation
                )
            }
        }
        if !fields.contains(where: { $0.key == "codes" }) {
            findings.error("\(subject) has no 'codes', expected at least one", at: member.keyLocation)
        }
        guard isSound, let codes else { return nil }
        let count = Self.placeholderCount(name)
        if count != parameters.count {
            findings.error(
                "\(subject) has \(count) '%d', but \(parameters.count) parameters, expected one for each",
                at: member.keyLocation
            )
        }
        self.init(
            name: name,
            codes: codes,
            parameters: parameters,
            description: description.flatMap { $0.isEmpty ? nil : $0 },
            location: member.keyLocation
        )
    }

    private static func isValid(_ name: String) -> Bool {
        var rest = Array(name.utf8)[...]
        guard !rest.isEmpty else { return false }
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard rest.popFirst() == UInt8(ascii: "d") else { return false }
            } else if !isWordByte(byte) {
                return false
            }
        }
        return true
    }

    private static func placeholderCount(_ name: String) -> Int {
        name.utf8.count { $0 == UInt8(ascii: "%") }
    }

    private static func codes(_ value: JSONValue, of subject: String, findings: inout Findings) -> [Int]? {
        guard let elements = value.elements(of: "'codes' of \(subject)", findings: &findings) else { return nil }
        if elements.isEmpty { findings.error("'codes' of \(subject) is empty", at: value.location) }
        var codes: [Int] = []
        for element in elements {
            guard let code = element.integer(of: "a code of \(subject)", findings: &findings) else { continue }
            if !codeRange.contains(abs(code == .min ? 0 : code)) {
                findings.error(
                    "the code \(code) of \(subject) is out of range, expected \(codeRange.lowerBound) to "
                        + "\(codeRange.upperBound), or the same negative",
                    at: element.location
                )
            } else if codes.contains(code) {
                findings.error("the code \(code) of \(subject) is given twice", at: element.location)
            } else {
                codes.append(code)
            }
        }
        return codes
    }

    private static func parameters(
        _ value: JSONValue,
        of subject: String,
        findings: inout Findings
    ) -> [Parameter]? {
        guard let elements = value.elements(of: "'parameters' of \(subject)", findings: &findings) else { return nil }
        var parameters: [Parameter] = []
        var names: Set<String> = []
        for element in elements {
            guard let parameter = Parameter(element, of: subject, findings: &findings) else { continue }
            if !names.insert(parameter.name).inserted {
                findings.error(
                    "\(subject) has two parameters called \(quoted(parameter.name))",
                    at: element.location
                )
            }
            parameters.append(parameter)
        }
        return parameters.count == elements.count ? parameters : nil
    }
}

extension ErrorDefinition.Parameter {
    fileprivate init?(_ value: JSONValue, of subject: String, findings: inout Findings) {
        guard let fields = value.members(of: "a parameter of \(subject)", findings: &findings) else { return nil }
        var name: String?
        var unit: ErrorUnit?
        for field in fields {
            switch field.key {
            case "name":
                guard let text = field.value.text(of: "the name of a parameter", findings: &findings) else {
                    return nil
                }
                name = text
                if !isLowerCamelCase(text) {
                    findings.error(
                        "the parameter \(quoted(text)) of \(subject) cannot be a property, "
                            + "expected a name in lower camel case",
                        at: field.value.location
                    )
                }
            case "unit":
                guard let text = field.value.text(of: "the unit of a parameter", findings: &findings) else {
                    return nil
                }
                unit = ErrorUnit(rawValue: text)
                if unit == nil {
                    let units = ErrorUnit.allCases.map(\.rawValue).joined(separator: ", ")
                    findings.error(
                        "the unit \(quoted(text)) is unknown, expected one of \(units)",
                        at: field.value.location
                    )
                    return nil
                }
            default:
                findings.error(
                    "the key \(quoted(field.key)) of a parameter is unknown, expected 'name' or 'unit'",
                    at: field.keyLocation
                )
            }
        }
        guard let name, let unit else {
            findings.error("a parameter of \(subject) lacks its 'name' or its 'unit'", at: value.location)
            return nil
        }
        self.init(name: name, unit: unit)
    }
}

extension ErrorDefinition {
    fileprivate var fileText: String {
        var members = ["\"codes\": [\(codes.map(String.init).joined(separator: ", "))]"]
        if !parameters.isEmpty {
            let objects = parameters.map {
                "{\"name\": \(jsonString($0.name)), \"unit\": \(jsonString($0.unit.rawValue))}"
            }
            members.append("\"parameters\": [\(objects.joined(separator: ", "))]")
        }
        members.append("\"description\": \(jsonString(description ?? ""))")
        return "\(jsonString(name)): {\(members.joined(separator: ", "))}"
    }
}
