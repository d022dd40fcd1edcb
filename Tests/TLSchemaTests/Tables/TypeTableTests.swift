import TLSchema
import Testing

@Suite struct TypeTableTests {
    private func read(_ rows: String) -> Checked<TypeTable> {
        TypeTable.read(SchemaSource(path: "t.csv", text: "name,field,summary\n" + rows))
    }

    @Test func rowsAreFoundByWhatTheyAreAbout() throws {
        let table = try #require(read("Peer,,Somebody.\nn.user,,\"A person, maybe.\"\nn.user,id,A number.\n").value)
        #expect(table[QualifiedName("Peer")] == "Somebody.")
        #expect(table[QualifiedName("n.user")] == "A person, maybe.")
        #expect(table["id", of: QualifiedName("n.user")] == "A number.")
        #expect(table["id", of: QualifiedName("Peer")] == nil)
        #expect(table[QualifiedName("user")] == nil)
    }

    @Test func textReadsAsTheSameTable() throws {
        let text = "name,field,summary\nPeer,,Somebody.\nuser,id,\"One, or \"\"two\"\".\"\n"
        #expect(TypeTable.read(SchemaSource(path: "t.csv", text: text)).value?.fileText == text)
    }

    @Test(arguments: [
        ("1x,,A.\n", "t.csv:2:1: error: '1x' is not the name of a type, a constructor or a method"),
        ("x,a b,A.\n", "t.csv:2:3: error: 'a b' is not the name of a field"),
        ("x,a,\n", "t.csv:2:5: error: this row has no sentence, expected one or no row at all"),
        ("x,A.\n", "t.csv:2:1: error: this row has 2 fields, expected 3: name,field,summary"),
    ])
    func rowThatIsNoneIsReported(row: String, finding: String) {
        #expect(read(row).diagnostics.map(\.description) == [finding])
    }

    @Test func secondRowIsReportedWithTheFirst() {
        #expect(
            read("x,,A.\nx,y,B.\nx,,C.\n").diagnostics.map(\.description) == [
                "t.csv:4:1: error: 'x' has a second row, expected one", "t.csv:2:1: note: the first one is here",
            ]
        )
    }
}
