import TLSchema
import Testing

@Suite struct ChangeTableTests {
    private static let header = "from,to,subject,name,change,effect,details\n"

    private func read(_ rows: String) -> Checked<ChangeTable> {
        ChangeTable.read(SchemaSource(path: "changes.csv", text: Self.header + rows))
    }

    private func schema(_ text: String) throws -> Schema {
        try #require(Schema.load([SchemaSource(path: "s.tl", text: text)]).value)
    }

    @Test func readsWhatItWrites() throws {
        let rows = """
            7,8,type,messages.Box,added,none,
            7,8,function,send,changed,source,"field 'a:int' is gone, and ""b"" is new"

            """
        let table = try #require(read(rows).value)
        #expect(table.entries.count == 2)
        #expect(table.entries[1].details == "field 'a:int' is gone, and \"b\" is new")
        #expect(table.fileText == Self.header + rows)
    }

    @Test(arguments: [
        ("x,8,type,A,added,none,\n", "'x' is not a layer"),
        ("8,8,type,A,added,none,\n", "layer 8 does not come after layer 8"),
        ("7,8,thing,A,added,none,\n", "'thing' is unknown, expected one of 'type', 'constructor', 'function'"),
        ("7,8,type,A,grown,none,\n", "'grown' is unknown"),
        ("7,8,type,A,added,worse,\n", "'worse' is unknown"),
        ("7,8,type,a b,added,none,\n", "'a b' is not a name of the schema"),
    ])
    func mistakesAreReported(row: String, message: String) {
        let findings = read(row).diagnostics.map(\.description)
        #expect(findings.count == 1)
        #expect(findings.first?.contains("changes.csv:2:") == true)
        #expect(findings.first?.contains(message) == true, "\(findings)")
    }

    @Test func aStepIsAddedOnceAndInOrder() throws {
        let old = try schema("a x:int = A;\n// LAYER 7\n")
        let new = try schema("a x:int y:int = A;\nb = A;\n// LAYER 8\n")
        let diff = LayerDiff(old: old, new: new)
        let later = try #require(read("8,9,type,C,added,none,\n").value)
        let table = later.adding(diff)
        #expect(table.entries.map(\.to) == [8, 8, 8, 9])
        #expect(table.adding(diff) == table)
        let changed = try #require(table.entries.first { $0.name.name == "a" })
        #expect(changed.effect == .source)
        #expect(changed.details == "field 'y:int' is new and required")
        // What a new case means is said by its effect.
        #expect(table.entries.first { $0.name.name == "b" }?.details == "of type 'A'")
    }

    @Test func schemasWithoutLayersAddNothing() throws {
        let old = try schema("a x:int = A;\n")
        let new = try schema("a x:int y:int = A;\n// LAYER 8\n")
        #expect(ChangeTable([]).adding(LayerDiff(old: old, new: new)).entries.isEmpty)
        #expect(ChangeTable([]).adding(LayerDiff(old: new, new: new)).entries.isEmpty)
    }
}
