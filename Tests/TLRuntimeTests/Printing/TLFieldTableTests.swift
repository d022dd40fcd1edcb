import TLRuntime
import Testing

@Suite("TLFieldTable")
struct TLFieldTableTests {
    @Test(
        arguments: [(0xa001, "tree"), (0xa002, "leaf"), (0xc001, "test.ping"), (0xc003, "invokeWithLayer")]
            as [(UInt32, String)]
    )
    func numbersHaveNames(_ number: UInt32, _ name: String) {
        #expect(testTable.name(of: number) == name)
    }

    @Test func unknownNumbersHaveNoName() {
        #expect(testTable.name(of: 0) == nil)
        #expect(TLFieldTable("").name(of: 0) == nil)
    }

    @Test func linesThatAreNoEntryAreSkipped() {
        let table = TLFieldTable("\n\nzzzzzzzz word a:i\n00000001\n00000002 \n00000003 x\n")
        #expect(table.name(of: 1) == nil)
        #expect(table.name(of: 2) == nil)
        #expect(table.name(of: 3) == "x")
    }

    @Test func lastLineNeedsNoLineBreak() {
        #expect(TLFieldTable("00000001 a\n00000002 b").name(of: 2) == "b")
    }
}
