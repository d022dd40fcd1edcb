extension LayerDiff {
    /// For a terminal: a line that sums up, then the changes by what they mean, the worst first.
    public var text: String {
        var text = "\(title): \(summary)\n"
        for section in sections {
            text += "\n\(section.title)\n"
            for change in section.changes {
                text += "  \(change.kind.rawValue) \(change.subject.rawValue) \(change.name)\(change.numberText)\n"
                for detail in change.details { text += "    \(detail.text)\n" }
            }
        }
        guard !friendly.isEmpty else { return text }
        text += "\nFriendly methods touched\n"
        for impact in friendly {
            text += "  \(impact.friendly): \(impact.functions.map(\.description).joined(separator: ", "))\n"
        }
        return text
    }

    /// For a CHANGELOG: a heading of the third level, and lists below headings of the fourth.
    public var markdown: String {
        var text = "### \(title)\n\n\(summary).\n"
        for section in sections {
            text += "\n#### \(section.title)\n\n"
            for change in section.changes {
                let verb = change.kind.rawValue.prefix(1).uppercased() + change.kind.rawValue.dropFirst()
                let details = change.details.map { Self.code($0.text) }.joined(separator: "; ")
                text +=
                    "- \(verb) \(change.subject.rawValue) `\(change.name)`\(details.isEmpty ? "" : ": \(details)")\n"
            }
        }
        guard !friendly.isEmpty else { return text }
        text += "\n#### Friendly methods touched\n\n"
        for impact in friendly {
            text += "- `\(impact.friendly)`: \(impact.functions.map { "`\($0)`" }.joined(separator: ", "))\n"
        }
        return text
    }

    /// For programs: an object with `from`, `to` (layers or null), `changes` and `friendly`, one change a line.
    public var json: String {
        let changes = changes.map { change in
            let details = change.details.map { detail in
                "{\"effect\": \"\(detail.effect.rawValue)\", \"text\": \(jsonString(detail.text))}"
            }
            var members = [
                "\"subject\": \"\(change.subject.rawValue)\"", "\"name\": \(jsonString(change.name.description))",
                "\"kind\": \"\(change.kind.rawValue)\"", "\"effect\": \"\(change.effect.rawValue)\"",
            ]
            if let number = change.oldNumber { members.append("\"old_number\": \"\(hexNumber(number))\"") }
            if let number = change.newNumber { members.append("\"new_number\": \"\(hexNumber(number))\"") }
            members.append("\"details\": [\(details.joined(separator: ", "))]")
            return "{\(members.joined(separator: ", "))}"
        }
        let friendly = friendly.map { impact in
            let functions = impact.functions.map { jsonString($0.description) }.joined(separator: ", ")
            return "{\"method\": \(jsonString(impact.friendly)), \"functions\": [\(functions)]}"
        }
        return """
            {
              "from": \(oldLayer.map(String.init) ?? "null"),
              "to": \(newLayer.map(String.init) ?? "null"),
              "changes": \(Self.jsonArray(changes)),
              "friendly": \(Self.jsonArray(friendly))
            }

            """
    }

    private var title: String {
        guard let newLayer else { return "Schemas without a layer" }
        return oldLayer.map { "Layer \(newLayer), from \($0)" } ?? "Layer \(newLayer)"
    }

    private var summary: String {
        guard !changes.isEmpty else { return "nothing differs" }
        let counts = SchemaChange.Kind.allCases.compactMap { kind -> String? in
            let count = changes.count { $0.kind == kind }
            return count == 0 ? nil : "\(count) \(kind.rawValue)"
        }
        let breaking = changes.count { $0.effect == .source }
        return counts.joined(separator: ", ") + "; "
            + (breaking == 0 ? "nothing breaks source" : "\(breaking) of these break source")
    }

    private var sections: [(title: String, changes: [SchemaChange])] {
        let all: [(title: String, changes: [SchemaChange])] = [
            ("Breaks source", changes(with: .source)),
            ("Changes behavior", changes(with: .behaviour)),
            ("Adds only", changes(with: .none)),
        ]
        return all.filter { !$0.changes.isEmpty }
    }

    /// Names in quotes become names in backticks.
    private static func code(_ text: String) -> String {
        String(text.map { $0 == "'" ? "`" : $0 })
    }

    private static func jsonArray(_ elements: [String]) -> String {
        elements.isEmpty ? "[]" : "[\n    " + elements.joined(separator: ",\n    ") + "\n  ]"
    }
}

extension SchemaChange {
    /// ` #0000000a -> #0000000b` where the number changed.
    fileprivate var numberText: String {
        guard let oldNumber, let newNumber, oldNumber != newNumber else { return "" }
        return " #\(hexNumber(oldNumber)) -> #\(hexNumber(newNumber))"
    }
}
