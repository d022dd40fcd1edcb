import Testing

@testable import TLSchema

@Suite struct CSVReaderTests {
    private func read(_ text: String) -> (rows: [[String]], findings: [String]) {
        var findings = Findings()
        let source = SchemaSource(path: "x", text: text)
        let rows = CSVReader.rows(of: source, columns: ["a", "b"], findings: &findings)
        return (rows.map { $0.map(\.text) }, lines(findings.finish(order: ["x"])))
    }

    @Test(arguments: [
        ("a,b\n1,2\n", [["1", "2"]]),
        ("a,b\r\n1,2\r\n3,4\r\n", [["1", "2"], ["3", "4"]]),
        ("a,b\n1,2", [["1", "2"]]),
        ("\u{FEFF}a,b\n,\n", [["", ""]]),
        ("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n", [["x,y", "say \"hi\""]]),
        ("a,b\n\"two\nlines\",\"\"\n", [["two\nlines", ""]]),
        ("\"a\",\"b\"\nж,😀\n", [["ж", "😀"]]),
        ("a,b\n", []),
    ])
    func wellFormedFilesAreRead(text: String, rows: [[String]]) {
        let result = read(text)
        #expect(result.rows == rows)
        #expect(result.findings.isEmpty)
    }

    @Test(arguments: [
        ("", "x:1:1: error: the header is '', expected 'a,b'"),
        ("b,a\n", "x:1:1: error: the header is 'b,a', expected 'a,b'"),
        ("a,b\n1\n", "x:2:1: error: this row has 1 field, expected 2: a,b"),
        ("a,b\n1,2,3\n", "x:2:1: error: this row has 3 fields, expected 2: a,b"),
        ("a,b\n\n", "x:2:1: error: this row has 1 field, expected 2: a,b"),
        (
            "a,b\n1,x\"y\n",
            "x:2:4: error: found '\"' within a field that does not start with one, expected the whole field in quotes"
        ),
        (
            "a,b\n\"1\"x,2\n",
            "x:2:4: error: found 'x' behind the end of a field, expected ',' or the end of the line; "
                + "a quote within a field is written twice"
        ),
        ("a,b\n1,\"2\n", "x:2:3: error: this field has no closing quote"),
        ("a,b\n1,2\u{0}\n", "x:2:3: error: this field contains the control character 0x00"),
    ])
    func mistakeIsReportedAtItsPlace(text: String, finding: String) {
        #expect(read(text).findings == [finding])
    }

    @Test func readingGoesOnBehindABadRow() {
        let result = read("a,b\n1\n2,\"x\"y\n3,4\n5\n")
        #expect(result.rows == [["3", "4"]])
        #expect(result.findings.count == 3)
    }

    @Test func invalidUTF8IsReportedAtItsField() {
        var findings = Findings()
        let source = SchemaSource(path: "x", bytes: Array("a,b\n1,".utf8) + [0xFF, 0x0A])
        #expect(CSVReader.rows(of: source, columns: ["a", "b"], findings: &findings).isEmpty)
        #expect(lines(findings.finish(order: ["x"])) == ["x:2:3: error: this field is not valid UTF-8"])
    }

    @Test(arguments: ["plain", "", "a,b", "say \"hi\"", "two\nlines", "carriage\rreturn"])
    func writtenFieldsReadBack(text: String) {
        #expect(read("a,b\n\(csvField(text)),2\n").rows == [[text, "2"]])
    }
}
