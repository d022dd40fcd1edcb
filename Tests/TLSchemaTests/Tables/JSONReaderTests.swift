import Testing

@testable import TLSchema

/// A mistake in JSON, and where it must be found.
struct BadJSON: Sendable, CustomTestStringConvertible {
    let text: String
    let finding: String

    init(_ text: String, _ finding: String) {
        self.text = text
        self.finding = finding
    }

    var testDescription: String { text }

    static let all = [
        BadJSON("", "1:1: error: found the end of the file, expected a value"),
        BadJSON("{", "1:2: error: found the end of the file, expected a key in double quotes"),
        BadJSON("{\"a\" 1}", "1:6: error: found '1', expected ':' behind the key 'a'"),
        BadJSON("{\"a\": 1,}", "1:9: error: found '}', expected a key in double quotes"),
        BadJSON("{\"a\": 1\n \"b\": 2}", "2:2: error: found '\"', expected ',' or '}'"),
        BadJSON("[1 2]", "1:4: error: found '2', expected ',' or ']'"),
        BadJSON("[1,]", "1:4: error: found ']', expected a value"),
        BadJSON("[1]\n[2]", "2:1: error: found '[', expected the end of the file"),
        BadJSON("[tru]", "1:2: error: expected 'true'"),
        BadJSON("nul", "1:1: error: expected 'null'"),
        BadJSON("'a'", "1:1: error: found ''', expected a value"),
        BadJSON("\u{1}", "1:1: error: found 0x01, expected a value"),
        BadJSON("[\"a]", "1:2: error: this string has no end, expected '\"'"),
        BadJSON(
            "\"a\nb\"",
            "1:3: error: a string contains the control character 0x0a, expected it as an escape"
        ),
        BadJSON(
            "\"\\x\"",
            "1:2: error: this escape is unknown, expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u"
        ),
        BadJSON("\"\\u12g4\"", "1:2: error: '\\u' is not followed by the four hex digits of a character"),
        BadJSON("\"\\ud800x\"", "1:2: error: '\\u' is not followed by the four hex digits of a character"),
        BadJSON("\"\\udc00\"", "1:2: error: '\\u' is not followed by the four hex digits of a character"),
        BadJSON("[01]", "1:2: error: '01' is not a number of JSON"),
        BadJSON("[-]", "1:2: error: '-' is not a number of JSON"),
        BadJSON("[1.]", "1:2: error: '1.' is not a number of JSON"),
        BadJSON("[1e]", "1:2: error: '1e' is not a number of JSON"),
        BadJSON(String(repeating: "[", count: 40), "1:33: error: nesting is deeper than 32 levels"),
    ]
}

@Suite struct JSONReaderTests {
    @Test(arguments: BadJSON.all) func mistakeIsReportedAtItsPlace(bad: BadJSON) {
        var findings = Findings()
        let value = JSONReader.read(SchemaSource(path: "x", text: bad.text), findings: &findings)
        #expect(value == nil)
        #expect(lines(findings.finish(order: ["x"])) == ["x:\(bad.finding)"])
    }

    @Test func invalidUTF8InAStringIsReported() {
        var findings = Findings()
        let source = SchemaSource(path: "x", bytes: [0x5B, 0x22, 0xC3, 0x28, 0x22, 0x5D])
        #expect(JSONReader.read(source, findings: &findings) == nil)
        #expect(lines(findings.finish(order: ["x"])) == ["x:1:2: error: this string is not valid UTF-8"])
    }

    @Test(arguments: [
        ("\"\"", ""), ("\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "a\"\\/\u{8}\u{C}\n\r\t"), ("\"\\u00e9\\u20AC\"", "é€"),
        ("\"\\ud83d\\ude00\"", "😀"), ("\"ж😀\"", "ж😀"), (" \r\n\t\"x\" ", "x"), ("\u{FEFF}\"x\"", "x"),
    ])
    func stringsAreUnescaped(json: String, text: String) {
        var findings = Findings()
        let value = JSONReader.read(SchemaSource(path: "x", text: json), findings: &findings)
        #expect(value?.text(of: "it", findings: &findings) == text)
        #expect(!findings.hasErrors)
    }

    @Test func repeatedKeyNamesBothPlaces() {
        var findings = Findings()
        let source = SchemaSource(path: "x", text: "{\"a\": 1,\n \"b\": 2,\n  \"a\": 3}")
        let value = JSONReader.read(source, findings: &findings)
        let members = value?.members(of: "it", findings: &findings)
        #expect(members?.map(\.key) == ["a", "b"])
        #expect(
            lines(findings.finish(order: ["x"])) == [
                "x:3:3: error: 'a' stands here a second time in the same object, expected each key once",
                "x:1:2: note: the first one is here",
            ]
        )
    }

    @Test(arguments: [("7", 7), ("-503", -503), ("0", 0)]) func wholeNumbersAreRead(json: String, number: Int) {
        var findings = Findings()
        let value = JSONReader.read(SchemaSource(path: "x", text: json), findings: &findings)
        #expect(value?.integer(of: "it", findings: &findings) == number)
    }

    @Test(arguments: ["1.5", "1e3", "99999999999999999999"]) func otherNumbersAreNoIntegers(json: String) {
        var findings = Findings()
        let value = JSONReader.read(SchemaSource(path: "x", text: json), findings: &findings)
        #expect(value?.integer(of: "it", findings: &findings) == nil)
        #expect(findings.hasErrors)
    }

    @Test func damagedFilesAlwaysEndWithoutACrash() throws {
        let good = Array(try SchemaFiles.repository("errors.json").bytes.prefix(4096))
        for seed in 1...300 {
            var random = SeededRandom(seed: UInt64(seed))
            var bytes = good.prefix(random.below(good.count))
            for _ in 0..<random.below(8) where !bytes.isEmpty {
                bytes[random.below(bytes.count)] = UInt8(truncatingIfNeeded: random.next())
            }
            let source = SchemaSource(path: "x", bytes: Array(bytes))
            #expect(ErrorCatalog.read(source).value == nil, "seed \(seed)")
            _ = MethodTable.read(source)
            _ = NameOverrides.read(source)
        }
    }
}
