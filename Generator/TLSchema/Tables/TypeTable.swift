/// Sentences about types, constructors and fields, from `types.csv`.
///
/// A row without a field is about the type or the constructor itself; the case of the first letter tells the two apart,
/// as it does in TL. A row with a field is about that field of a constructor or of a method. Methods themselves are in
/// `methods.csv`.
public struct TypeTable: Sendable, Hashable {
    /// What a sentence is about.
    public struct Subject: Sendable, Hashable, CustomStringConvertible {
        /// A type, a constructor or a method, as the schema spells it.
        public let name: QualifiedName
        /// One of its fields, or `nil` for the thing itself.
        public let field: String?

        /// Names a subject.
        public init(_ name: QualifiedName, field: String? = nil) {
            self.name = name
            self.field = field
        }

        /// `inputPeerUser`, `inputPeerUser.access_hash`.
        public var description: String { field.map { "\(name).\($0)" } ?? "\(name)" }
    }

    /// One row of the table.
    public struct Entry: Sendable, Hashable {
        /// What it is about.
        public let subject: Subject
        /// One sentence.
        public let summary: String
        /// Where the row stands.
        public let location: SourceLocation

        /// Creates a row.
        public init(subject: Subject, summary: String, location: SourceLocation) {
            self.subject = subject
            self.summary = summary
            self.location = location
        }
    }

    private static let columns = ["name", "field", "summary"]

    /// In the order of the file.
    public let entries: [Entry]

    private let index: [Subject: Int]

    /// Creates a table. Of several rows for one subject the first is found.
    public init(_ entries: [Entry]) {
        self.entries = entries
        index = Dictionary(entries.enumerated().map { ($1.subject, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The sentence about a type or a constructor.
    public subscript(name: QualifiedName) -> String? { self[Subject(name)] }

    /// The sentence about a field of a constructor or method.
    public subscript(field: String, of name: QualifiedName) -> String? { self[Subject(name, field: field)] }

    private subscript(subject: Subject) -> String? { index[subject].map { entries[$0].summary } }

    /// Reads the table: RFC 4180 with the header `name,field,summary`.
    ///
    /// Every mistake of the file is reported at its line and column: bad quoting, rows of the wrong length, names that
    /// are none, sentences that are missing, subjects that occur twice.
    public static func read(_ source: SchemaSource) -> Checked<TypeTable> {
        var findings = Findings()
        var entries: [Entry] = []
        var places: [Subject: SourceLocation] = [:]
        for row in CSVReader.rows(of: source, columns: columns, findings: &findings) {
            guard let entry = Entry(row, findings: &findings) else { continue }
            if let first = places[entry.subject] {
                findings.error(
                    "'\(entry.subject)' has a second row, expected one",
                    at: entry.location,
                    notes: [.note("the first one is here", at: first)]
                )
            } else {
                places[entry.subject] = entry.location
                entries.append(entry)
            }
        }
        return Checked(TypeTable(entries), diagnostics: findings.finish(order: [source.path]))
    }

    /// The text of the file that reads as this table.
    public var fileText: String {
        var lines = [Self.columns.joined(separator: ",")]
        for entry in entries {
            let fields = [entry.subject.name.description, entry.subject.field ?? "", entry.summary]
            lines.append(fields.map(csvField).joined(separator: ","))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The table for a new schema: rows about what it lacks go, the rest stays. It has no rows without a sentence, so
    /// nothing is added; `tlgen check` tells what is missing.
    public func updated(for schema: Schema) -> TypeTable {
        let subjects = Subject.all(of: schema)
        return TypeTable(entries.filter { subjects.contains($0.subject) })
    }
}

extension TypeTable.Entry {
    fileprivate init?(_ row: [CSVField], findings: inout Findings) {
        guard let name = qualifiedName(row[0].text) else {
            findings.error(
                "\(quoted(row[0].text)) is not the name of a type, a constructor or a method",
                at: row[0].location
            )
            return nil
        }
        guard row[1].text.isEmpty || isIdentifier(row[1].text) else {
            findings.error("\(quoted(row[1].text)) is not the name of a field", at: row[1].location)
            return nil
        }
        guard !row[2].text.isEmpty else {
            findings.error("this row has no sentence, expected one or no row at all", at: row[2].location)
            return nil
        }
        self.init(
            subject: TypeTable.Subject(name, field: row[1].text.isEmpty ? nil : row[1].text),
            summary: row[2].text,
            location: row[0].location
        )
    }
}

extension TypeTable.Subject {
    /// All that a row may be about: types, constructors, their fields, and the fields of methods; no flags words.
    static func all(of schema: Schema) -> Set<TypeTable.Subject> {
        var subjects: Set<TypeTable.Subject> = []
        for type in schema.types { subjects.insert(TypeTable.Subject(type.name)) }
        for constructor in schema.constructors { subjects.insert(TypeTable.Subject(constructor.name)) }
        for combinator in schema.constructors + schema.functions {
            for field in combinator.fields {
                if case .flags = field.content { continue }
                subjects.insert(TypeTable.Subject(combinator.name, field: field.name))
            }
        }
        return subjects
    }
}
