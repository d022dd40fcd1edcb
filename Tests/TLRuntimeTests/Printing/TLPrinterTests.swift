import TLRuntime
import Testing

@Suite("Readable values")
struct TLPrinterTests {
    @Test func shortValuesStandOnOneLine() {
        #expect(testTable.text(of: words(0xb001, 1, 0xFFFF_FFFE)) == "point(x: 1, y: -2)")
        #expect(testTable.text(of: words(0xa002)) == "leaf")
        #expect(testTable.text(of: Tree.tree(label: "a", children: [])) == #"tree(label: "a", children: [])"#)
    }

    @Test func everyKindOfFieldIsReadable() {
        let text = testTable.text(of: Sample())
        #expect(
            text == """
                sample(
                  loud: true
                  number: -7
                  size: 1099511627776
                  unit: "km"
                  ratio: 0.25
                  done: true
                  data: 0x0102030405
                  nonce: 0x01000000000000000200000000000000
                  key: 0x0300000000000000040000000000000005000000000000000600000000000000
                  ids: [1, -2]
                  marks: [3]
                  rows: [["a", "b"], []]
                  parts: [0x09, 0x]
                  description: "text"
                )
                """
        )
    }

    @Test func absentFieldsAreLeftOut() {
        let text = testTable.text(of: Sample(loud: false, size: nil, unit: nil))
        #expect(!text.contains("loud") && !text.contains("size") && !text.contains("unit") && !text.contains("flags"))
    }

    @Test(
        arguments: [
            ([0, 0], "options()"),
            ([1, 0], "options(first: true)"),
            ([0, 1], "options(second: true)"),
            ([0, 4, 9], "options(count: 9)"),
            ([0x8000_0000, 0, 0x6101], #"options(title: "a")"#),
            ([0x8000_0001, 5, 0x6101, 9], #"options(first: true, title: "a", second: true, count: 9)"#),
        ] as [([UInt32], String)]
    )
    func eachWordOfFlagsHasItsOwnBits(_ fields: [UInt32], _ text: String) {
        #expect(testTable.text(of: words(0xb003) + fields.flatMap { words($0) }) == text)
    }

    @Test func bareConstructorsPrintLikeOthers() {
        let bytes = words(0xb002, 1, 2, 3, 4, 1, 5, 6)
        #expect(
            testTable.text(of: bytes)
                == "segment(from: point(x: 1, y: 2), to: point(x: 3, y: 4), marks: [point(x: 5, y: 6)])"
        )
    }

    @Test func linesAreBrokenWhereTheyWouldBeTooLong() {
        let inner = Tree.tree(label: String(repeating: "i", count: 60), children: [.leaf])
        let text = testTable.text(of: Tree.tree(label: "outer", children: [inner, .leaf]))
        #expect(
            text == """
                tree(
                  label: "outer"
                  children: [
                    tree(label: "\(String(repeating: "i", count: 60))", children: [leaf])
                    leaf
                  ]
                )
                """
        )
        for width in 60...120 {
            let text = testTable.text(of: Tree.tree(label: String(repeating: "x", count: width), children: []))
            #expect(text.contains("\n") == (text.utf8.count > 100), "width \(width)")
        }
    }

    @Test func fieldNameCountsAsPartOfTheLine() {
        let labels = (45...82).map { String(repeating: "x", count: $0) }
        for label in labels {
            let text = testTable.text(
                of: Tree.tree(label: "", children: [.tree(label: label, children: [.leaf, .leaf])])
            )
            let lines = text.split(separator: "\n").map(\.utf8.count)
            #expect(lines.allSatisfy { $0 <= 100 }, "\(text)")
        }
    }

    @Test func emptyListsStayTogetherAtAnyDepth() {
        let text = testTable.text(
            of: (0..<80).reduce(Tree.tree(label: "", children: [])) { inner, _ in
                .tree(label: "", children: [inner])
            }
        )
        #expect(text.contains("children: []"))
    }

    @Test func emptyListIsNeverSpread() {
        let table = TLFieldTable(
            """
            0000d001 aConstructorWithANameThatIsLongerThanALineOfReadableTextWouldBeIfOneKeptToAHundredColumnsAsThisDoes flags:# a:0?i
            """
        )
        #expect(table.text(of: words(0xd001, 0)).hasSuffix("AsThisDoes()"))
    }

    @Test func textIsQuoted() {
        #expect(
            testTable.text(of: Tree.tree(label: "it's \"a\"\n\\ é\u{7}", children: []))
                == #"tree(label: "it's \"a\"\n\\ é\u{07}", children: [])"#
        )
    }

    @Test func longByteArraysAreCut() {
        let text = testTable.text(of: Sample(data: [UInt8](repeating: 0xAB, count: 33)))
        #expect(text.contains("data: 0x\(String(repeating: "ab", count: 32))... (33 bytes)\n"))
        let whole = testTable.text(of: Sample(data: [UInt8](repeating: 0xAB, count: 32)))
        #expect(whole.contains("data: 0x\(String(repeating: "ab", count: 32))\n"))
    }

    @Test func vectorsOfBoxedValuesNeedNoType() {
        #expect(testTable.text(of: [Tree.leaf, .leaf]) == "[leaf, leaf]")
        #expect(testTable.text(of: [true, false]) == "[true, false]")
    }

    @Test func functionsPrintWithWhatTheyWrap() {
        #expect(
            testTable.text(of: InvokeWithLayer(layer: 200, query: Ping(number: 7)))
                == "invokeWithLayer(layer: 200, query: test.ping(id: 7))"
        )
    }

    @Test func unknownNumberIsNamed() {
        #expect(
            testTable.text(of: words(0xdead_beef))
                == "? // unknown constructor 0xdeadbeef at offset 0, where a value of type 'Object' was expected"
        )
    }

    @Test func unreadValuesAreNotPrintedAsZeros() {
        #expect(
            testTable.text(of: words(0xb001, 1))
                == "point(x: 1, y: ?) // the bytes end too early at offset 8: 4 more needed, 0 left"
        )
        #expect(testTable.text(of: []) == "? // the bytes end too early at offset 0: 4 more needed, 0 left")
    }

    @Test func nothingFollowsTheFirstProblem() {
        #expect(testTable.text(of: words(0xb001)).hasPrefix("point(x: ?) // "))
        #expect(testTable.text(of: words(TLConstructorID.vector, 3, 0xa002, 7, 0xa002)).hasPrefix("[leaf, ?] // "))
    }

    @Test func bareReferenceToNothingIsNamed() {
        #expect(
            testTable.text(of: words(0xb005))
                == "lost(target: ?) // unknown constructor 0x00000000 at offset 4, where a value of type 'nowhere' was expected"
        )
    }

    @Test func bytesAfterTheValueAreMentioned() {
        #expect(
            testTable.text(of: words(0xa002, 1)) == "leaf // the value ends at offset 4, but the bytes go on: 4 left"
        )
    }

    @Test func valueThatCannotBeEncodedSaysWhy() {
        #expect(
            "\(Sample(unit: nil))" == "Sample: the fields size, unit of 'sample' go together: set all of them or none"
        )
    }

    @Test func everyPrefixAndDamagePrintsSomething() throws {
        var generator = SeededGenerator(seed: 1)
        let whole = try Sample().encoded()
        for count in 0..<whole.count {
            #expect(testTable.text(of: Array(whole.prefix(count))).contains(" // "))
        }
        for _ in 0..<2_000 {
            var bytes = whole
            bytes[Int.random(in: 4..<bytes.count, using: &generator)] = .random(in: .min ... .max, using: &generator)
            #expect(testTable.text(of: bytes).hasPrefix("sample("))
        }
    }

    @Test func bareTypesThatContainThemselvesEnd() async {
        let endless = words(0xb004) + [[UInt8]](repeating: words(7, 1), count: 100_000).flatMap { $0 }
        let text = await onSmallStack { testTable.text(of: endless) }
        #expect(text.contains("nested deeper than"))
    }

    @Test func endlessVectorsEnd() async {
        let endless = [[UInt8]](repeating: words(TLConstructorID.vector, 1), count: 100_000).flatMap { $0 }
        let text = await onSmallStack { testTable.text(of: endless) }
        #expect(text.contains("nested deeper than"))
        #expect(text.utf8.count < 100_000)
    }

    @Test func whateverDecodesPrintsInASmallStack() async {
        let text = await onSmallStack { testTable.text(of: Tree.path(levels: TLReader.depthLimit)) }
        #expect(text.contains("leaf") && !text.contains("//"))
    }

    @Test func marginsStayNarrowInDeepValues() {
        let text = testTable.text(of: Tree.path(levels: 100))
        #expect(text.contains("\n" + String(repeating: " ", count: 40) + "tree("))
        #expect(!text.contains(String(repeating: " ", count: 41)))
    }

    @Test func printingPassesOverAFieldCalledDescription() {
        let sample = Sample(description: "not this")
        var printed = ""
        print(sample, terminator: "", to: &printed)
        #expect(printed == testTable.text(of: sample))
        #expect("\(sample)" == printed)
        #expect(String(describing: sample) == printed)
        #expect(String(reflecting: sample) == printed)
        #expect("\([sample])" == "[\(printed)]")
    }
}
