import TLSchema
import Testing

@Suite struct ErrorCatalogTests {
    private func findings(_ text: String) -> [String] {
        lines(ErrorCatalog.read(SchemaSource(path: "e.json", text: text)).diagnostics)
    }

    @Test func definitionsAreReadAndSorted() throws {
        let text = """
            {
              "TOO_LONG": {"codes": [400, -503], "description": "Send less."},
              "FLOOD_WAIT_%d": {"codes": [420], "parameters": [{"name": "seconds", "unit": "seconds"}]}
            }
            """
        let catalog = try #require(ErrorCatalog.read(SchemaSource(path: "e.json", text: text)).value)
        #expect(catalog.definitions.map(\.name) == ["FLOOD_WAIT_%d", "TOO_LONG"])
        let long = try #require(catalog["TOO_LONG"])
        #expect(long.codes == [400, -503])
        #expect(long.description == "Send less.")
        #expect(long.location == SourceLocation(path: "e.json", line: 2, column: 3))
        let flood = try #require(catalog["FLOOD_WAIT_%d"])
        #expect(flood.parameters == [.init(name: "seconds", unit: .seconds)])
        #expect(flood.description == nil)
        #expect(catalog["OTHER"] == nil)
    }

    @Test(arguments: [
        ("[]", "1:1: error: the error table is an array, expected an object"),
        ("{\"A\": 1}", "1:7: error: the error 'A' is a number, expected an object"),
        ("{\"A\": {}}", "1:2: error: the error 'A' has no 'codes', expected at least one"),
        ("{\"A\": {\"codes\": []}}", "1:17: error: 'codes' of the error 'A' is empty"),
        ("{\"A\": {\"codes\": 400}}", "1:17: error: 'codes' of the error 'A' is a number, expected an array"),
        ("{\"A\": {\"codes\": [\"x\"]}}", "1:18: error: a code of the error 'A' is a string, expected a whole number"),
        (
            "{\"A\": {\"codes\": [400, 600]}}",
            "1:23: error: the code 600 of the error 'A' is out of range, expected 100 to 599, or the same negative"
        ),
        (
            "{\"A\": {\"codes\": [-9223372036854775808]}}",
            "1:18: error: the code -9223372036854775808 of the error 'A' is out of range, "
                + "expected 100 to 599, or the same negative"
        ),
        ("{\"A\": {\"codes\": [400, 400]}}", "1:23: error: the code 400 of the error 'A' is given twice"),
        (
            "{\"A\": {\"codes\": [400], \"text\": \"\"}}",
            "1:24: error: the key 'text' of the error 'A' is unknown, expected 'codes', 'parameters' or 'description'"
        ),
        (
            "{\"A\": {\"codes\": [400], \"description\": null}}",
            "1:39: error: the description of the error 'A' is null, expected a string"
        ),
        (
            "{\"A_%d\": {\"codes\": [400]}}",
            "1:2: error: the error 'A_%d' has 1 '%d', but 0 parameters, expected one for each"
        ),
        (
            "{\"A\": {\"codes\": [400], \"parameters\": [{\"name\": \"x\", \"unit\": \"id\"}]}}",
            "1:2: error: the error 'A' has 0 '%d', but 1 parameters, expected one for each"
        ),
        (
            "{\"A_%d\": {\"codes\": [400], \"parameters\": [{\"name\": \"x\", \"unit\": \"miles\"}]}}",
            "1:64: error: the unit 'miles' is unknown, expected one of "
                + "seconds, minutes, dc, part, length, count, date, stars, id, index"
        ),
        (
            "{\"A_%d\": {\"codes\": [400], \"parameters\": [{\"name\": \"new_dc\", \"unit\": \"dc\"}]}}",
            "1:51: error: the parameter 'new_dc' of the error 'A_%d' cannot be a property, "
                + "expected a name in lower camel case"
        ),
        (
            "{\"A_%d\": {\"codes\": [400], \"parameters\": [{\"name\": \"x\"}]}}",
            "1:42: error: a parameter of the error 'A_%d' lacks its 'name' or its 'unit'"
        ),
        (
            "{\"A_%d\": {\"codes\": [400], \"parameters\": [{\"name\": \"x\", \"unit\": \"id\", \"size\": 1}]}}",
            "1:70: error: the key 'size' of a parameter is unknown, expected 'name' or 'unit'"
        ),
        (
            "{\"A-B\": {\"codes\": [400]}}",
            "1:2: error: 'A-B' is not a name of an error, expected letters, digits, '_' and '%d' only"
        ),
        (
            "{\"A_%s\": {\"codes\": [400]}}",
            "1:2: error: 'A_%s' is not a name of an error, expected letters, digits, '_' and '%d' only"
        ),
    ])
    func mistakeIsReportedAtItsPlace(text: String, finding: String) {
        #expect(findings(text) == ["e.json:\(finding)"])
    }

    @Test func parametersOfOneErrorNeedDifferentNames() {
        let parameter = "{\"name\": \"x\", \"unit\": \"id\"}"
        let text = "{\"A_%d_%d\": {\"codes\": [400], \"parameters\": [\(parameter), \(parameter)]}}"
        #expect(findings(text) == ["e.json:1:74: error: the error 'A_%d_%d' has two parameters called 'x'"])
    }

    @Test func allMistakesOfAFileAreReportedInOneRun() {
        let text = "{\"A\": {\"codes\": [1]},\n\"B\": {},\n\"A\": {\"codes\": [400]}}"
        let found = ErrorCatalog.read(SchemaSource(path: "e.json", text: text))
        #expect(found.value == nil)
        #expect(found.diagnostics.compactMap { $0.location?.line } == [1, 2, 3, 1])
    }

    @Test func numberedErrorsOfTheRepositoryHaveTheNamesThatUsersRead() throws {
        let catalog = try #require(ErrorCatalog.read(try SchemaFiles.repository("errors.json")).value)
        #expect(catalog.definitions.count == 825)
        let expected = [
            "EMAIL_UNCONFIRMED_%d": "codeLength", "FILE_MIGRATE_%d": "newDC", "FILE_PART_%d_MISSING": "which",
            "FLOOD_TEST_PHONE_WAIT_%d": "seconds", "FLOOD_WAIT_%d": "seconds", "INTERDC_%d_CALL_ERROR": "dc",
            "INTERDC_%d_CALL_RICH_ERROR": "dc", "NETWORK_MIGRATE_%d": "newDC", "PHONE_MIGRATE_%d": "newDC",
            "SLOWMODE_WAIT_%d": "seconds", "TAKEOUT_INIT_DELAY_%d": "seconds", "USER_MIGRATE_%d": "newDC",
            "FLOOD_PREMIUM_WAIT_%d": "seconds", "STATS_MIGRATE_%d": "dc",
            "PREVIOUS_CHAT_IMPORT_ACTIVE_WAIT_%dMIN": "minutes",
        ]
        for (name, parameter) in expected {
            #expect(catalog[name]?.parameters.map(\.name) == [parameter], "\(name)")
        }
    }

    @Test func fileOfTheRepositoryIsInItsCanonicalForm() throws {
        let source = try SchemaFiles.repository("errors.json")
        let catalog = try #require(ErrorCatalog.read(source).value)
        #expect(catalog.fileText == String(decoding: source.bytes, as: UTF8.self))
    }

    @Test func emptyCatalogueIsAnEmptyObject() {
        #expect(ErrorCatalog([]).fileText == "{}\n")
    }
}
