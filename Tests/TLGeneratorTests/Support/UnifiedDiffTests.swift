import Testing

@Suite struct UnifiedDiffTests {
    @Test func equalTextsHaveNoDifference() {
        #expect(UnifiedDiff.text(from: "a\nb\n", to: "a\nb\n", name: "f").isEmpty)
    }

    @Test func changesCarryThreeLinesOfContext() {
        let old = (1...20).map(String.init).joined(separator: "\n")
        let new = old.replacing("\n5\n", with: "\nfive\n").replacing("\n19\n", with: "\n")
        #expect(
            UnifiedDiff.text(from: old, to: new, name: "f") == """
                --- f (committed)
                +++ f (generated)
                @@ -2,7 +2,7 @@
                 2
                 3
                 4
                -5
                +five
                 6
                 7
                 8
                @@ -16,5 +16,4 @@
                 16
                 17
                 18
                -19
                 20

                """
        )
    }
}
