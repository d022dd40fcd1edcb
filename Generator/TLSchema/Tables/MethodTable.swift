/// What is known about each method, from `methods.csv`.
public struct MethodTable: Sendable, Hashable {
    private static let columns = ["method", "usable_by", "errors", "friendly", "summary"]

    /// In the order of the file.
    public let methods: [MethodFacts]

    private let index: [QualifiedName: Int]

    /// Creates a table. Of several rows for one method the first is found by name.
    public init(_ methods: [MethodFacts]) {
        self.methods = methods
        index = Dictionary(methods.enumerated().map { ($1.method, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The facts of a method.
    public subscript(method: QualifiedName) -> MethodFacts? {
        index[method].map { methods[$0] }
    }

    /// Reads the table: RFC 4180 with the header `method,usable_by,errors,friendly,summary`, lists separated by spaces.
    ///
    /// Every mistake of the file is reported at its line and column: bad quoting, rows of the wrong length, names that
    /// are none, methods that occur twice, errors listed twice.
    public static func read(_ source: SchemaSource) -> Checked<MethodTable> {
        var findings = Findings()
        var methods: [MethodFacts] = []
        var places: [QualifiedName: SourceLocation] = [:]
        for row in CSVReader.rows(of: source, columns: columns, findings: &findings) {
            guard let facts = MethodFacts(row, findings: &findings) else { continue }
            if let first = places[facts.method] {
                findings.error(
                    "the method '\(facts.method)' has a second row, expected one",
                    at: facts.location,
                    notes: [.note("the first one is here", at: first)]
                )
            } else {
                places[facts.method] = facts.location
                methods.append(facts)
            }
        }
        return Checked(MethodTable(methods), diagnostics: findings.finish(order: [source.path]))
    }

    /// The text of the file that reads as this table.
    public var fileText: String {
        var lines = [Self.columns.joined(separator: ",")]
        for facts in methods {
            let fields = [
                facts.method.description, facts.usableBy.rawValue, facts.errors.joined(separator: " "),
                facts.friendly.map(\.tableText).joined(separator: " "), facts.summary ?? "",
            ]
            lines.append(fields.map(csvField).joined(separator: ","))
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension MethodFacts {
    /// From a row of five fields.
    fileprivate init?(_ row: [CSVField], findings: inout Findings) {
        guard let method = qualifiedName(row[0].text) else {
            findings.error("\(quoted(row[0].text)) is not the name of a method", at: row[0].location)
            return nil
        }
        guard let usableBy = Availability(rawValue: row[1].text) else {
            findings.error(
                "\(quoted(row[1].text)) in 'usable_by' is unknown, expected 'user', 'bot' or 'both'",
                at: row[1].location
            )
            return nil
        }
        let errors = Self.list(row[2], findings: &findings)
        let friendly = Self.list(row[3], findings: &findings).compactMap { text -> FriendlyMethod? in
            if let method = FriendlyMethod(tableText: text) { return method }
            findings.error(
                "\(quoted(text)) in 'friendly' is not a Swift name, expected 'name' or 'Type.name', "
                    + "or '~' and one of these for what is planned",
                at: row[3].location
            )
            return nil
        }
        self.init(
            method: method,
            usableBy: usableBy,
            errors: errors,
            friendly: friendly,
            summary: row[4].text.isEmpty ? nil : row[4].text,
            location: row[0].location,
            errorsLocation: row[2].location
        )
    }

    /// The words of a field, which must differ.
    private static func list(_ field: CSVField, findings: inout Findings) -> [String] {
        let words = field.text.utf8.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }
        guard Set(words).count == words.count else {
            var seen: Set<String> = []
            for word in words where !seen.insert(word).inserted {
                findings.error("\(quoted(word)) is listed twice", at: field.location)
            }
            return words
        }
        return words
    }
}
