/// What changed between neighbouring layers, from `changes.csv`: the differences alone, without the old schemas.
public struct ChangeTable: Sendable, Hashable {
    /// One name that differs between two layers.
    public struct Entry: Sendable, Hashable {
        /// The layer before.
        public let from: Int
        /// The layer that brought the change.
        public let to: Int
        /// What the name belongs to.
        public let subject: SchemaChange.Subject
        /// The name, as the schema spells it.
        public let name: QualifiedName
        /// What happened to it.
        public let kind: SchemaChange.Kind
        /// What it means to Swift code.
        public let effect: SchemaChange.Effect
        /// What differs, names in single quotes; may be empty.
        public let details: String

        /// Creates a row.
        public init(
            from: Int,
            to: Int,
            subject: SchemaChange.Subject,
            name: QualifiedName,
            kind: SchemaChange.Kind,
            effect: SchemaChange.Effect,
            details: String
        ) {
            self.from = from
            self.to = to
            self.subject = subject
            self.name = name
            self.kind = kind
            self.effect = effect
            self.details = details
        }
    }

    private static let columns = ["from", "to", "subject", "name", "change", "effect", "details"]

    /// In the order of the file: the oldest step first.
    public let entries: [Entry]

    /// Creates a table.
    public init(_ entries: [Entry]) { self.entries = entries }

    /// Reads the table: RFC 4180 with the header `from,to,subject,name,change,effect,details`.
    ///
    /// Every mistake of the file is reported at its line and column: layers that are no numbers or run backwards, words
    /// that are not among the expected ones, names that are none.
    public static func read(_ source: SchemaSource) -> Checked<ChangeTable> {
        var findings = Findings()
        var entries: [Entry] = []
        for row in CSVReader.rows(of: source, columns: columns, findings: &findings) {
            if let entry = Entry(row, findings: &findings) { entries.append(entry) }
        }
        return Checked(ChangeTable(entries), diagnostics: findings.finish(order: [source.path]))
    }

    /// The table with the rows of one more step, which replace rows of the same step. A difference between schemas that
    /// do not tell their layers, or of one layer to itself, adds nothing.
    public func adding(_ diff: LayerDiff) -> ChangeTable {
        guard let from = diff.oldLayer, let to = diff.newLayer, from < to else { return self }
        let kept = entries.filter { $0.from != from || $0.to != to }
        let added = diff.changes.map { Entry($0, from: from, to: to) }
        // Sorting is stable, and rows of one step stay in the order of the difference.
        return ChangeTable((kept + added).sorted { ($0.to, $0.from) < ($1.to, $1.from) })
    }

    /// The text of the file that reads as this table.
    public var fileText: String {
        var text = Self.columns.joined(separator: ",") + "\n"
        for entry in entries {
            text += "\(entry.from),\(entry.to),\(entry.subject.rawValue),\(entry.name),\(entry.kind.rawValue),"
            text += "\(entry.effect.rawValue),\(csvField(entry.details))\n"
        }
        return text
    }
}

extension ChangeTable.Entry {
    fileprivate init(_ change: SchemaChange, from: Int, to: Int) {
        // That a new case wants to be handled is said once for all of them, by the effect.
        let details = change.details.map { $0.text.split(separator: ";", maxSplits: 1).first.map(String.init) ?? "" }
        self.init(
            from: from,
            to: to,
            subject: change.subject,
            name: change.name,
            kind: change.kind,
            effect: change.effect,
            details: details.joined(separator: "; ")
        )
    }

    fileprivate init?(_ row: [CSVField], findings: inout Findings) {
        func layer(_ field: CSVField) -> Int? {
            guard let layer = Int(field.text), layer > 0 else {
                findings.error("\(quoted(field.text)) is not a layer, expected a number", at: field.location)
                return nil
            }
            return layer
        }
        func word<Word: RawRepresentable & CaseIterable>(_ field: CSVField, _ type: Word.Type) -> Word?
        where Word.RawValue == String {
            if let word = Word(rawValue: field.text) { return word }
            let known = Word.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
            findings.error("\(quoted(field.text)) is unknown, expected one of \(known)", at: field.location)
            return nil
        }
        guard let from = layer(row[0]), let to = layer(row[1]) else { return nil }
        guard from < to else {
            findings.error("layer \(to) does not come after layer \(from), expected a later one", at: row[1].location)
            return nil
        }
        guard let name = qualifiedName(row[3].text) else {
            findings.error("\(quoted(row[3].text)) is not a name of the schema", at: row[3].location)
            return nil
        }
        guard let subject = word(row[2], SchemaChange.Subject.self), let kind = word(row[4], SchemaChange.Kind.self),
            let effect = word(row[5], SchemaChange.Effect.self)
        else { return nil }
        self.init(
            from: from,
            to: to,
            subject: subject,
            name: name,
            kind: kind,
            effect: effect,
            details: row[6].text
        )
    }
}
