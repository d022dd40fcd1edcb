import TLSchema
import Testing

@Suite struct NameOverridesTests {
    private func read(_ text: String) -> Checked<NameOverrides> {
        NameOverrides.read(SchemaSource(path: "n.json", text: text))
    }

    @Test func sectionsAreRead() throws {
        let names = try #require(
            read("{\"numbers\": {\"help.a\": \"old\"}, \"errors\": {\"X\": {\"name\": \"Y\", \"reason\": \"r\"}}}")
                .value
        )
        #expect(names.numbers.map(\.name) == [QualifiedName("help.a")])
        #expect(names.numbers.map(\.reason) == ["old"])
        #expect(names.schemaOptions.knownNumbers == [QualifiedName("help.a")])
        #expect(names.errors.map(\.subject) == ["X"])
        #expect(names.errors.map(\.name) == ["Y"])
        #expect(names.types.isEmpty && names.fields.isEmpty)
    }

    @Test(arguments: [
        (
            "{\"typos\": {}}",
            "1:2: error: the section 'typos' is unknown, expected one of numbers, errors, types, fields"
        ),
        (
            "{\"numbers\": {\"a\": \"\"}}",
            "1:19: error: the reason for 'a' is empty, expected why the rule does not fit"
        ),
        ("{\"numbers\": {\"a\": 1}}", "1:19: error: the reason for 'a' is a number, expected a string"),
        ("{\"types\": []}", "1:11: error: the section 'types' is an array, expected an object"),
        ("{\"types\": {\"a\": {\"name\": \"B\"}}}", "1:12: error: the override of 'a' lacks its 'reason'"),
        ("{\"types\": {\"a\": {\"reason\": \"r\"}}}", "1:12: error: the override of 'a' lacks its 'name'"),
        (
            "{\"fields\": {\"a\": {\"name\": \"b c\", \"reason\": \"r\"}}}",
            "1:27: error: 'b c' is not a Swift name, expected letters and digits"
        ),
        (
            "{\"fields\": {\"a\": {\"name\": \"b\", \"reason\": \"r\", \"why\": \"\"}}}",
            "1:47: error: the key 'why' of the override of 'a' is unknown, expected 'name' or 'reason'"
        ),
    ])
    func mistakeIsReportedAtItsPlace(text: String, finding: String) {
        #expect(lines(read(text).diagnostics) == ["n.json:\(finding)"])
    }

    @Test func numbersOfTheRepositoryAreThoseOfItsSchema() throws {
        let names = try #require(NameOverrides.read(try SchemaFiles.repository("names.json")).value)
        #expect(
            names.schemaOptions.knownNumbers.sorted().map(\.description) == [
                "accessPointRule", "ipPortSecret", "help.configSimple",
            ]
        )
    }
}
