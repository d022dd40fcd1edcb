import Testing

@Suite struct ChangesTests {
    @Test func everyStepIsInTheTable() async throws {
        let folder = try Scratch([
            "1.tl": "a x:int = A;\n// LAYER 1\n", "2.tl": "a x:int y:int = A;\n// LAYER 2\n",
            "3.tl": "a x:int y:int = A;\nb = A;\n// LAYER 5\n",
        ])
        let outcome = try await Tool.run("changes", "1.tl", "2.tl", "3.tl", "--output", "-", in: folder)
        #expect(
            outcome.output == """
                from,to,subject,name,change,effect,details
                1,2,constructor,a,changed,source,field 'y:int' is new and required
                2,5,type,A,changed,source,there are 2 constructors instead of one: the class becomes an enum
                2,5,constructor,b,added,behaviour,of type 'A'

                """
        )
        #expect(outcome.status == 0)
    }

    @Test func layersHaveToRise() async throws {
        let folder = try Scratch(["1.tl": "a = A;\n// LAYER 1\n", "none.tl": "a = A;\n"])
        for second in ["1.tl", "none.tl"] {
            let outcome = try await Tool.run("changes", "1.tl", second, "--output", "o.csv", in: folder)
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("'\(second)' does not tell a later layer"))
        }
        #expect(try await Tool.run("changes", "1.tl", "--output", "o.csv", in: folder).status == 2)
    }

    @Test func bumpAddsItsStep() async throws {
        let folder = try Market.folder()
        try folder.write(
            "from,to,subject,name,change,effect,details\n6,7,type,Old,added,none,\n",
            to: "Schema/changes.csv"
        )
        for _ in 0..<2 {
            #expect(try await Tool.run("bump", "new.tl", in: folder).status == 0)
            let table = try folder.text("Schema/changes.csv")
            #expect(table.contains("\n6,7,type,Old,added,none,\n"))
            #expect(table.contains("\n7,8,function,market.buy,added,none,\n"))
            #expect(table.split(separator: "\n").count { $0.contains("market.buy") } == 1)
        }
        #expect(try await Tool.run("check", "--allow-undescribed", in: folder).status == 0)
        try folder.write("from,to\n", to: "Schema/changes.csv")
        #expect(
            try await Tool.run("check", "--allow-undescribed", in: folder).errors.contains("Schema/changes.csv:1:1")
        )
    }
}
