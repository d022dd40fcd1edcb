import TLSchema
import Testing

@Suite struct SyntaxMistakeTests {
    static let longName = String(repeating: "n", count: 257)
    static let manyFields = (0...1024).map { "f\($0):int" }.joined(separator: " ")
    static let deepVector = String(repeating: "Vector<", count: 9) + "int" + String(repeating: ">", count: 9)
    static let deepParentheses = String(repeating: "(vector ", count: 9) + "int" + String(repeating: ")", count: 9)

    static let mistakes: [Mistake] = [
        // Names
        Mistake(
            "A = A;",
            "1:1: error: 'A' cannot be the name of a constructor; expected a name that starts with a lower-case letter"
        ),
        Mistake(
            "_a = A;",
            "1:1: error: '_a' cannot be the name of a constructor; expected a name that starts with a lower-case letter"
        ),
        Mistake(
            "---functions---\nNs.a = A;",
            "2:1: error: 'Ns.a' cannot be the name of a function; expected a name that starts with a lower-case letter"
        ),
        Mistake("1a = A;", "1:1: error: '1a' starts with a digit; expected a name"),
        Mistake("a.b.c = A;", "1:1: error: name 'a.b.c' has more than one dot; expected 'name' or 'namespace.name'"),
        Mistake("a. b = A;", "1:4: error: found 'b'; expected a name directly behind 'a.'"),
        Mistake(
            "a b:c.d.E = A;",
            "1:5: error: name 'c.d.E' has more than one dot; expected 'name' or 'namespace.name'"
        ),
        Mistake("a 2b:int = A;", "1:3: error: '2b' starts with a digit; expected a field name"),
        Mistake("\(longName) = A;", "1:1: error: name '\(longName.prefix(64))...' has 257 bytes; expected at most 256"),
        Mistake("\u{E9} = A;", "1:1: error: found '\u{E9}'; expected the name of a declaration"),
        Mistake("; a = A;", "1:1: error: found ';'; expected the name of a declaration"),
        // Numbers
        Mistake(
            "a#123456789 = A;",
            "1:3: error: number '123456789' of 'a' is not one; expected one to eight hex digits"
        ),
        Mistake("a#xyz = A;", "1:3: error: number 'xyz' of 'a' is not one; expected one to eight hex digits"),
        Mistake("a# = A;", "1:3: error: number of 'a' is missing behind '#'; expected one to eight hex digits"),
        Mistake("a #12 = A;", "1:3: error: found '#'; expected a field or '=' and the result type of 'a'"),
        // Fields
        Mistake("a b = A;", "1:5: error: found '='; expected ':' and a type behind the field name 'b'"),
        Mistake("a b: = A;", "1:6: error: found '='; expected a type"),
        Mistake("a b:int? = A;", "1:5: error: condition 'int?' names no bit; expected 'flags.N?'"),
        Mistake("a \(manyFields) = A;", "1:9133: error: declaration has more than 1024 fields; is a ';' missing?"),
        // Flag bits
        Mistake(
            "a flags:# b:flags.32?int = A;",
            "1:19: error: flag bit '32' does not exist; expected a number from 0 to 31"
        ),
        Mistake(
            "a flags:# b:flags.-1?int = A;",
            "1:19: error: flag bit '-1' does not exist; expected a number from 0 to 31"
        ),
        Mistake(
            "a flags:# b:flags.x?int = A;",
            "1:19: error: flag bit 'x' does not exist; expected a number from 0 to 31"
        ),
        Mistake(
            "a flags:# b:flags.99999999999999999999?int = A;",
            "1:19: error: flag bit '99999999999999999999' does not exist; expected a number from 0 to 31"
        ),
        Mistake("a flags:# b:flags.0 = A;", "1:21: error: found '='; expected '?' and a type behind the flag bit '0'"),
        // Types
        Mistake("a b:Vector<int = A;", "1:16: error: found '='; expected '>'"),
        Mistake("a b:(Vector int = A;", "1:17: error: found '='; expected ')'"),
        Mistake("a b:%%B = A;", "1:6: error: found '%'; expected a type"),
        Mistake("a b:[int] = A;", "1:5: error: found '['; expected a type"),
        Mistake("a b:\(deepVector) = A;", "1:61: error: vectors nest more than 8 deep; expected a simpler type"),
        Mistake("a b:\(deepParentheses) = A;", "1:70: error: vectors nest more than 8 deep; expected a simpler type"),
        // Type parameters
        Mistake("a {X:Int} = A;", "1:6: error: found 'Int'; type parameter 'X' can only be of kind 'Type'"),
        Mistake("a {X} = A;", "1:5: error: found '}'; expected ':Type' behind the type parameter 'X'"),
        Mistake("a {X:Type = A;", "1:11: error: found '='; expected '}' behind the type parameter 'X'"),
        Mistake(
            "a {A:Type}{B:Type}{C:Type}{D:Type}{E:Type}{F:Type}{G:Type}{H:Type}{I:Type} = A;",
            "1:67: error: declaration has more than 8 type parameters; is a ';' missing?"
        ),
        // Ends
        Mistake("a b:int = A", "1:12: error: declaration of 'a' does not end; expected ';'"),
        Mistake("a b:int =", "1:10: error: the file ends inside of a declaration; expected a type"),
        Mistake(
            "a b:int\n",
            "1:8: error: the file ends inside of a declaration; expected a field or '=' and the result type of 'a'"
        ),
        Mistake(
            "a b",
            "1:4: error: the file ends inside of a declaration; expected ':' and a type behind the field name 'b'"
        ),
        Mistake("a = A\nb = A;", "1:6: error: declaration of 'a' does not end; expected ';'"),
        Mistake("a c:int\nb = A;", "1:8: error: declaration of 'a' does not end; expected ';'"),
        Mistake("a = A\n---functions---\nb = A;", "1:6: error: declaration of 'a' does not end; expected ';'"),
        Mistake("a = A b;", "1:7: error: found 'b'; expected ';' at the end of 'a'"),
        Mistake("a = A;\n/* b", "2:1: error: comment '/*' is never closed; expected '*/'"),
        // Sections
        Mistake(
            "a = A;\n---methods---",
            "2:1: error: section '---methods---' is unknown; expected '---functions---' or '---types---'"
        ),
        Mistake("a = A;\n---functions--", "2:1: error: found '---'; expected the name of a declaration"),
        // Built-in types
        Mistake(
            "int x:long = Int;",
            "1:1: error: 'int' is built in and cannot be declared in this way; "
                + "choose another name, or write 'int ? = Int;'"
        ),
        Mistake(
            "vector = Vector;",
            "1:1: error: 'vector' is built in and cannot be declared in this way; "
                + "choose another name, or write 'vector {t:Type} # [ t ] = Vector t;'"
        ),
        // Comments for programs
        Mistake("// LAYER x\na = A;", "1:10: error: 'LAYER x' gives no layer; expected a whole number"),
        Mistake(
            "// LAYER 1\na = A;\n// LAYER 2",
            "3:10: error: layer 2 contradicts layer 1; a schema has one layer",
            "1:10: note: layer 1 is declared here"
        ),
        Mistake(
            "// Their number is not the CRC32 of the line: a b.\na = A;",
            "1:47: error: 'a b' in the list of known numbers cannot be read; "
                + "expected a name, or a name and a reason in parentheses"
        ),
        Mistake(
            "// Their number is not the CRC32 of the line:\na = A;",
            "1:46: error: '' in the list of known numbers cannot be read; "
                + "expected a name, or a name and a reason in parentheses"
        ),
    ]

    @Test(arguments: mistakes)
    func mistakeIsReportedWhereItIs(mistake: Mistake) {
        let checked = load(mistake.text)
        #expect(checked.diagnostics.map(withoutPath) == mistake.findings)
        #expect(checked.value == nil)
    }

    @Test func readingGoesOnBehindEachMistake() {
        let text = """
            a#123456789 b:int = A;
            c d = C; e f:flags.99?int flags:# = E;
            g h:int
            i#12xy j:C = I;
            k l:Missing = K
            m n:K = M;
            o p:Nowhere = O;
            """
        #expect(
            findings(text) == [
                "1:3: error: number '123456789' of 'a' is not one; expected one to eight hex digits",
                "2:5: error: found '='; expected ':' and a type behind the field name 'd'",
                "2:14: error: flags word 'flags' is used before it is declared; expected 'flags:#' before 'f'",
                "2:27: note: 'flags' is declared here",
                "2:20: error: flag bit '99' does not exist; expected a number from 0 to 31",
                "3:8: error: declaration of 'g' does not end; expected ';'",
                "4:3: error: number '12xy' of 'i' is not one; expected one to eight hex digits",
                "5:16: error: declaration of 'k' does not end; expected ';'",
                "7:5: error: type 'Nowhere' is unknown; expected a type that is the result of a constructor",
            ]
        )
    }

    @Test func oneRunStopsAfterAHundredFindings() throws {
        let text = (0..<150).map { "a\($0) b:B\($0) = A;" }.joined(separator: "\n")
        let diagnostics = load(text).diagnostics
        #expect(diagnostics.count == 101)
        #expect(diagnostics.prefix(100).allSatisfy { $0.severity == .error })
        #expect(diagnostics.map(\.location?.line) == (1...100).map { $0 } + [nil])
        #expect(diagnostics.last?.description == "note: stopped after 100 findings; correct these and run again")
    }

    @Test func exactlyAHundredFindingsNeedNoClosingNote() {
        let text = (0..<100).map { "a\($0) b:B\($0) = A;" }.joined(separator: "\n")
        #expect(load(text).diagnostics.count == 100)
    }

    @Test func warningsNeverCrowdOutTheOnlyError() {
        let names = (0..<120).map { "x\($0)" }.joined(separator: ", ")
        let text = "// Their number is not the CRC32 of the line: \(names).\na b:A = A;"
        let checked = load(text)
        #expect(checked.value == nil)
    }
}
