import Testing

@testable import TLGenerator

@Suite struct SwiftRendererTests {
    private func type(_ members: [Declaration], doc: DocComment = DocComment()) -> Declaration {
        .type(TypeDeclaration(doc: doc, access: "public", kind: .structure, name: "A", members: members))
    }

    private func stored(_ name: String) -> Declaration {
        .property(
            PropertyDeclaration(modifiers: "", name: name, type: "Int", content: .stored(keyword: "let"))
        )
    }

    private func computed(_ name: String, _ body: [Statement]) -> Declaration {
        .property(PropertyDeclaration(modifiers: "", name: name, type: "Int", content: .computed(body)))
    }

    private func function(_ body: [Statement]) -> Declaration {
        .function(FunctionDeclaration(modifiers: "", head: "func f", parameters: [], body: body))
    }

    // MARK: - Files

    @Test func fileStartsWithItsHeaderAndImports() {
        let file = SwiftFile(
            name: "A.swift",
            header: ["One.", "Two."],
            imports: [.init(access: "public", module: "X"), .init(access: "", module: "Y")],
            declarations: [
                .alias(access: "", name: "A", target: "B"), .alias(access: "private", name: "C", target: "D"),
            ]
        )
        #expect(
            String(decoding: SwiftRenderer.render(file), as: UTF8.self) == """
                // One.
                // Two.

                public import X

                import Y

                typealias A = B

                private typealias C = D

                """
        )
    }

    // MARK: - Members

    @Test func typeWithoutMembersTakesOneLine() {
        #expect(rendered([type([])]) == "public struct A {}\n")
    }

    @Test func blankLinesSeparateMembersOfDifferentKinds() {
        let members = [
            stored("a"), stored("b"), computed("c", [.line("1")]), computed("d", [.line("2")]), function([]),
            function([]),
        ]
        #expect(
            rendered([type(members)]) == """
                public struct A {
                    let a: Int
                    let b: Int

                    var c: Int { 1 }
                    var d: Int { 2 }

                    func f() {}

                    func f() {}
                }

                """
        )
    }

    @Test func casesStayTogether() {
        let members: [Declaration] = [
            .enumCase(EnumCase(doc: DocComment("First."), name: "a")), .enumCase(EnumCase(name: "b", payload: "B")),
            function([]),
        ]
        #expect(
            rendered([type(members)]) == """
                public struct A {
                    /// First.
                    case a
                    case b(B)

                    func f() {}
                }

                """
        )
    }

    @Test func functionShowsAllItsParts() {
        let function = FunctionDeclaration(
            modifiers: "public static",
            head: "func f",
            generics: "<T>",
            parameters: [
                .init(label: "a", name: "b", type: "Int", defaultValue: "1"), .init(label: "c", type: "T"),
            ],
            result: "Int",
            throwing: "throws(E)",
            body: [.line("1")]
        )
        #expect(
            rendered([.function(function)]) == """
                public static func f<T>(a b: Int = 1, c: T) throws(E) -> Int {
                    1
                }

                """
        )
    }

    @Test func statementsNest() {
        let choice = Statement.choice(
            "x",
            [
                .init(
                    label: "case 1",
                    body: [.conditional("a", [.line("b()")]), .conditional("a", [.line("b()"), .line("c()")])]
                ),
                .init(label: "default", body: [.choice("y", [.init(label: "default", body: [.line("d()")])])]),
            ]
        )
        #expect(
            rendered([function([choice])]) == """
                func f() {
                    switch x {
                    case 1:
                        if a { b() }
                        if a {
                            b()
                            c()
                        }
                    default:
                        switch y {
                        default:
                            d()
                        }
                    }
                }

                """
        )
    }

    // MARK: - Comments

    private func comment(_ paragraphs: [String], depth: Int = 0) -> [String] {
        var declaration = Declaration.type(
            TypeDeclaration(doc: DocComment(paragraphs), access: "", kind: .structure, name: "X")
        )
        for _ in 0..<depth { declaration = type([declaration]) }
        return rendered([declaration]).split(separator: "\n").map(String.init).filter { $0.contains("///") }
    }

    @Test(arguments: [0, 1, 2]) func commentsFillTheirLinesUpTo120Columns(depth: Int) {
        let words = (1...60).map { String(repeating: "w", count: $0 % 9 + 1) }
        let lines = comment([words.joined(separator: " ")], depth: depth)
        let margin = String(repeating: " ", count: 4 * depth) + "/// "
        #expect(lines.allSatisfy { $0.hasPrefix(margin) && $0.utf8.count <= 120 })
        #expect(lines.flatMap { $0.dropFirst(margin.count).split(separator: " ").map(String.init) } == words)
        for (line, next) in zip(lines, lines.dropFirst()) {
            let firstOfNext = next.dropFirst(margin.count).prefix { $0 != " " }
            #expect(line.utf8.count + 1 + firstOfNext.utf8.count > 120)
        }
    }

    @Test func lineOfExactly120ColumnsIsNotBroken() {
        #expect(comment([String(repeating: "a", count: 114) + " b"]).count == 1)
        #expect(comment([String(repeating: "a", count: 115) + " b"]).count == 2)
    }

    @Test func wordThatIsTooLongStandsAlone() {
        let word = String(repeating: "a", count: 200)
        #expect(comment(["x \(word) y"]) == ["/// x", "/// \(word)", "/// y"])
    }

    @Test func listItemsAreIndentedAndFollowEachOther() {
        let long = (1...40).map { _ in "word" }.joined(separator: " ")
        let lines = comment(["Text.", "- Remark: \(long)", "- Throws: x", "More."])
        #expect(lines.first == "/// Text.")
        #expect(lines[1] == "///")
        #expect(lines[2].hasPrefix("/// - Remark: word"))
        #expect(lines[3].hasPrefix("///   word"))
        #expect(lines.suffix(3) == ["/// - Throws: x", "///", "/// More."])
    }

    /// Behind the line break a comment would end, and the text would be code.
    @Test(arguments: ["a\nb", "a\r\nb", "a\rb", "a\n\n\tb", " a b "]) func lineBreaksInTextsAreSpaces(text: String) {
        #expect(comment([text]) == ["/// a b"])
    }

    @Test func emptyParagraphsVanish() {
        #expect(comment(["", "a", ""]) == ["/// a"])
        #expect(comment([]).isEmpty)
    }
}
