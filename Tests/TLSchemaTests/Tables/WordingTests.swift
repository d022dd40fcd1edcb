import Testing

@testable import TLSchema

@Suite struct WordingTests {
    private static let location = SourceLocation(path: "e", line: 1, column: 1)
    private static let wording = Wording(
        schema: Schema.load([
            SchemaSource(path: "s.tl", text: "user id:int = User;\n---functions---\nusers.get = User;\n// LAYER 5\n")
        ]).value ?? Schema(layer: nil, types: [], functions: []),
        errors: ErrorCatalog([
            ErrorDefinition(name: "FLOOD_WAIT_%d", codes: [420], description: nil, location: location)
        ])
    )

    @Test(arguments: [
        "Sends a message.", "Call `users.get` first, or wait as `FLOOD_WAIT_%d` says.",
        "Uses `some.thing.else` or `a b`.",
        "Takes the `access_hash`, `_` and `TRUE`.",
    ])
    func goodSentencePasses(text: String) {
        #expect(Self.wording.problem(of: text) == nil)
    }

    @Test(arguments: [
        ("Sends a message", "does not end with a full stop"),
        ("Sends  a message.", "has two spaces in a row, or one at an end"),
        (" Sends a message.", "has two spaces in a row, or one at an end"),
        ("Sends messages.", "has 2 words, expected 3 to 40"),
        (String(repeating: "word ", count: 40) + "end.", "has 41 words, expected 3 to 40"),
        ("Sends a \u{201C}message\u{201D}.", "has characters beyond ASCII"),
        ("This method is used to send.", "starts with 'this method is', which says nothing"),
        ("Represents a message somewhere.", "starts with 'represents', which says nothing"),
        ("Call `users.drop` first.", "names 'users.drop', which neither the schema nor the error table has"),
        ("Raises `PEER_GONE` at times.", "names 'PEER_GONE', which neither the schema nor the error table has"),
    ])
    func badSentenceIsToldWhy(text: String, problem: String) {
        #expect(Self.wording.problem(of: text) == problem)
    }
}
