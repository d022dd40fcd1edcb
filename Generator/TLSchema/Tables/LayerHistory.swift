/// The first layer in which a name was seen.
public enum FirstLayer: Sendable, Hashable, CustomStringConvertible {
    /// This layer introduced it.
    case exactly(Int)
    /// It is as old as the oldest layer looked at, or older.
    case orEarlier(Int)

    /// As the table writes it: `176` or `<=98`.
    public var description: String {
        switch self {
        case .exactly(let layer): "\(layer)"
        case .orEarlier(let layer): "<=\(layer)"
        }
    }

    fileprivate init?(_ text: String) {
        let isBound = text.hasPrefix("<=")
        let digits = isBound ? text.dropFirst(2) : text[...]
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let layer = Int(digits), layer > 0 else {
            return nil
        }
        self = isBound ? .orEarlier(layer) : .exactly(layer)
    }
}

/// Since which layer each constructor and function exists, from `history.csv`.
public struct LayerHistory: Sendable, Hashable {
    /// One row of the table.
    public struct Entry: Sendable, Hashable {
        /// A constructor or a function, as the schema spells it.
        public let name: QualifiedName
        /// Since when it exists.
        public let firstLayer: FirstLayer
        /// Where the row stands; `nil` for a row that no file has yet.
        public let location: SourceLocation?

        /// Creates a row.
        public init(name: QualifiedName, firstLayer: FirstLayer, location: SourceLocation?) {
            self.name = name
            self.firstLayer = firstLayer
            self.location = location
        }
    }

    private static let columns = ["name", "first_layer"]

    /// In the order of the file.
    public let entries: [Entry]

    private let index: [QualifiedName: Int]

    /// Creates a history. Of several rows for one name the first is found by name.
    public init(_ entries: [Entry]) {
        self.entries = entries
        index = Dictionary(entries.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Since when a constructor or function exists; `nil` for a name that the table lacks.
    public subscript(name: QualifiedName) -> FirstLayer? {
        index[name].map { entries[$0].firstLayer }
    }

    /// Reads the table: RFC 4180 with the header `name,first_layer`, a layer being `176` or `<=98`.
    public static func read(_ source: SchemaSource) -> Checked<LayerHistory> {
        var findings = Findings()
        var entries: [Entry] = []
        var places: [QualifiedName: SourceLocation] = [:]
        for row in CSVReader.rows(of: source, columns: columns, findings: &findings) {
            guard let name = qualifiedName(row[0].text) else {
                findings.error(
                    "\(quoted(row[0].text)) is not the name of a constructor or function",
                    at: row[0].location
                )
                continue
            }
            guard let layer = FirstLayer(row[1].text) else {
                findings.error(
                    "\(quoted(row[1].text)) is not a layer, expected a number such as '176' or a bound such as '<=98'",
                    at: row[1].location
                )
                continue
            }
            let entry = Entry(name: name, firstLayer: layer, location: row[0].location)
            if let first = places[entry.name] {
                findings.error(
                    "'\(entry.name)' has a second row, expected one",
                    at: row[0].location,
                    notes: [.note("the first one is here", at: first)]
                )
            } else {
                places[entry.name] = row[0].location
                entries.append(entry)
            }
        }
        return Checked(LayerHistory(entries), diagnostics: findings.finish(order: [source.path]))
    }

    /// The history for a new schema: names it lacks go, names it adds get its layer, the rest stays. Sorted by bytes.
    ///
    /// A schema that does not tell its layer adds nothing.
    public func updated(for schema: Schema) -> LayerHistory {
        var names = schema.constructors.map(\.name) + schema.builtInConstructors.map(\.name)
        names += schema.functions.map(\.name)
        let entries = Set(names).compactMap { name -> Entry? in
            guard let known = index[name] else {
                return schema.layer.map { Entry(name: name, firstLayer: .exactly($0), location: nil) }
            }
            return self.entries[known]
        }
        return LayerHistory(
            entries.sorted { $0.name.description.utf8.lexicographicallyPrecedes($1.name.description.utf8) }
        )
    }

    /// The text of the file that reads as this history.
    public var fileText: String {
        var text = Self.columns.joined(separator: ",") + "\n"
        for entry in entries { text += "\(entry.name),\(entry.firstLayer)\n" }
        return text
    }
}
