/// One field of a CSV file, unquoted, with the place where it starts.
struct CSVField: Sendable {
    let text: String
    let location: SourceLocation
}

/// Reads CSV as RFC 4180 has it, with a first row of column names that must be the expected ones.
///
/// Line ends may be CRLF or LF, the last one may be missing. A row with a mistake is reported and left out, and
/// reading goes on at the next line, so that one run shows all of them.
struct CSVReader {
    private var cursor: ByteCursor
    private var findings: Findings

    /// All rows behind the header, each with as many fields as there are columns.
    static func rows(of source: SchemaSource, columns: [String], findings: inout Findings) -> [[CSVField]] {
        guard source.isAcceptableTable(findings: &findings) else { return [] }
        var reader = CSVReader(cursor: ByteCursor(source), findings: findings)
        let rows = reader.rows(columns: columns)
        findings = reader.findings
        return rows
    }

    private mutating func rows(columns: [String]) -> [[CSVField]] {
        let headerLocation = cursor.location
        let header = row()?.map(\.text)
        guard header == columns else {
            findings.error(
                "the header is \(quoted((header ?? []).joined(separator: ","))), "
                    + "expected '\(columns.joined(separator: ","))'",
                at: headerLocation
            )
            return []
        }
        var rows: [[CSVField]] = []
        while !cursor.isAtEnd && !findings.isFull {
            let start = cursor.location
            guard let row = row() else { continue }
            if row.count == columns.count {
                rows.append(row)
            } else {
                findings.error(
                    "this row has \(row.count) \(row.count == 1 ? "field" : "fields"), expected \(columns.count): "
                        + columns.joined(separator: ","),
                    at: start
                )
            }
        }
        return rows
    }

    /// The fields up to the end of the line; `nil` after a mistake, which is passed and reported.
    private mutating func row() -> [CSVField]? {
        var fields: [CSVField] = []
        while true {
            let isQuoted = cursor.current == UInt8(ascii: "\"")
            guard let field = isQuoted ? quotedField() : plainField() else {
                skipLine()
                return nil
            }
            fields.append(field)
            if cursor.skip(UInt8(ascii: ",")) { continue }
            if cursor.isAtEnd || skipLineEnd() { return fields }
            findings.error(
                "found \(cursor.currentText) behind the end of a field, expected ',' or the end of the line; "
                    + "a quote within a field is written twice",
                at: cursor.location
            )
            skipLine()
            return nil
        }
    }

    private mutating func plainField() -> CSVField? {
        let location = cursor.location
        let start = cursor.offset
        while let byte = cursor.current, byte != UInt8(ascii: ","), byte != 0x0A, byte != 0x0D {
            guard byte != UInt8(ascii: "\"") else {
                findings.error(
                    "found '\"' within a field that does not start with one, expected the whole field in quotes",
                    at: cursor.location
                )
                return nil
            }
            cursor.advance()
        }
        return field(cursor.bytes[start..<cursor.offset], at: location)
    }

    private mutating func quotedField() -> CSVField? {
        let location = cursor.location
        cursor.advance()
        var content: [UInt8] = []
        while let byte = cursor.current {
            cursor.advance()
            if byte == UInt8(ascii: "\""), !cursor.skip(UInt8(ascii: "\"")) { return field(content[...], at: location) }
            content.append(byte)
        }
        findings.error("this field has no closing quote", at: location)
        return nil
    }

    private mutating func field(_ bytes: ArraySlice<UInt8>, at location: SourceLocation) -> CSVField? {
        guard let text = validText(bytes) else {
            findings.error("this field is not valid UTF-8", at: location)
            return nil
        }
        guard let control = bytes.first(where: { ($0 < 0x20 && $0 != 0x0A && $0 != 0x0D) || $0 == 0x7F }) else {
            return CSVField(text: text, location: location)
        }
        findings.error("this field contains the control character \(hexByte(control))", at: location)
        return nil
    }

    private mutating func skipLineEnd() -> Bool {
        if cursor.skip(0x0D), cursor.current != 0x0A { return false }
        return cursor.skip(0x0A)
    }

    private mutating func skipLine() {
        while let byte = cursor.current, byte != 0x0A { cursor.advance() }
        cursor.advance()
    }
}
