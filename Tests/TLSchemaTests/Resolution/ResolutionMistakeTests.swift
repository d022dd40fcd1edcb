import TLSchema
import Testing

@Suite struct ResolutionMistakeTests {
    static let mistakes: [Mistake] = [
        // Duplicates
        Mistake(
            "a = A;\na b:int = B;",
            "2:1: error: constructor 'a' is declared twice; remove or rename one",
            "1:1: note: 'a' is declared here first"
        ),
        Mistake(
            "a = A; a#2 = A;",
            "1:8: error: constructor 'a' is declared twice; remove or rename one",
            "1:1: note: 'a' is declared here first"
        ),
        Mistake(
            "a = A;\n---functions---\nf = A; f = A;",
            "3:8: error: function 'f' is declared twice; remove or rename one",
            "3:1: note: 'f' is declared here first"
        ),
        Mistake(
            "a b:int c:int b:long = A;",
            "1:15: error: field 'b' is declared twice in 'a'; remove or rename one",
            "1:3: note: 'b' is declared here first"
        ),
        // Unknown names
        Mistake("a b:B = A;", "1:5: error: type 'B' is unknown; expected a type that is the result of a constructor"),
        Mistake(
            "a b:messages.chats = A;\nb = messages.Chats;",
            "1:5: error: constructor 'messages.chats' is unknown; "
                + "expected a built-in type, or a constructor whose value stands without its number"
        ),
        Mistake(
            "a b:messages.CHATS = A;\nb = messages.Chats;",
            "1:5: error: type 'messages.CHATS' is unknown; did you mean 'messages.Chats'?"
        ),
        Mistake(
            "a b:Vector<flags.B> = A;",
            "1:12: error: type 'flags.B' is unknown; expected a type that is the result of a constructor"
        ),
        Mistake(
            "a b:f = A;\n---functions---\nf = B;",
            "1:5: error: constructor 'f' is unknown; it is a function, expected a type or a constructor",
            "3:5: error: type 'B' is unknown; expected a type that is the result of a constructor"
        ),
        Mistake("a b:X = A;", "1:5: error: type 'X' is unknown; expected a type that is the result of a constructor"),
        // Bare types
        Mistake(
            "a b:%C = A; c = C; d = C;",
            "1:5: error: '%C' needs a type with one constructor, but 'C' has 2; "
                + "expected 'C' or the name of a constructor"
        ),
        Mistake(
            "a b:%Bool = A;",
            "1:5: error: '%Bool' needs a type with one constructor, but 'Bool' has 2; expected 'Bool'"
        ),
        Mistake("a b:%int = A;", "1:5: error: '%' does not go with 'int'; expected '%' and the name of a type"),
        Mistake(
            "a b:%vector<int> = A;",
            "1:5: error: '%' does not go with 'vector<int>'; expected '%' and the name of a type"
        ),
        Mistake("a b:%D = A;", "1:6: error: type 'D' is unknown; expected a type that is the result of a constructor"),
        // Built-in names out of place
        Mistake(
            "a b:true = A;",
            "1:5: error: 'true' only stands behind a condition; expected 'flags.N?true' or the type 'Bool'"
        ),
        Mistake("a b:Vector = A;", "1:5: error: 'Vector' needs the type of its elements; expected 'Vector<T>'"),
        Mistake("a b:Int = A;", "1:5: error: 'Int' is the boxed form of 'int' and never sent; expected 'int'"),
        Mistake("a b:True = A;", "1:5: error: 'True' cannot be the type of a value; expected another type"),
        Mistake("a b:Set<int> = A;", "1:5: error: 'Set' takes no type argument; expected 'Vector' or 'vector'"),
        Mistake("a b:Vector<#> = A;", "1:12: error: '#' is the type of a flags word; expected a type of values"),
        Mistake(
            "a b:Vector<true> = A;",
            "1:12: error: 'true' only stands behind a condition; expected 'flags.N?true' or the type 'Bool'"
        ),
        Mistake(
            "a = A;\n---functions---\nf = true;",
            "3:5: error: 'true' only stands behind a condition; expected 'flags.N?true' or the type 'Bool'"
        ),
        Mistake(
            "a = A;\n---functions---\nf = #;",
            "3:5: error: '#' is the type of a flags word; expected a type of values"
        ),
        Mistake(
            "a = A;\n---functions---\nboolTrue = A;",
            "3:1: error: 'boolTrue' is built in; expected another name for the function"
        ),
        Mistake(
            "a = Bool;",
            "1:5: error: type 'Bool' is built in and cannot get the constructor 'a'; expected another type"
        ),
        Mistake(
            "boolTrue = A;",
            "1:1: error: 'boolTrue' is built in and cannot be declared in this way; "
                + "choose another name, or write 'boolTrue#997275b5 = Bool;'"
        ),
        Mistake(
            "boolTrue#1 = Bool;",
            "1:10: error: number of 'boolTrue' is 00000001, but it is built in as 997275b5; "
                + "expected 'boolTrue#997275b5 = Bool;'"
        ),
        Mistake(
            "boolFalse#997275b5 = Bool;",
            "1:11: error: number of 'boolFalse' is 997275b5, but it is built in as bc799737; "
                + "expected 'boolFalse#bc799737 = Bool;'"
        ),
        // Flags words
        Mistake(
            "a b:flags.0?int = A;",
            "1:5: error: flags word 'flags' is not declared in 'a'; expected a field 'flags:#' before it"
        ),
        Mistake(
            "a b:flags.0?true flags:# = A;",
            "1:5: error: flags word 'flags' is used before it is declared; expected 'flags:#' before 'b'",
            "1:18: note: 'flags' is declared here"
        ),
        Mistake(
            "a flags:int b:flags.0?true = A;",
            "1:15: error: field 'flags' is of type 'int' and no flags word; expected 'flags:#'"
        ),
        Mistake(
            "a flags:# more:flags.0?# = A;",
            "1:24: error: flags word 'more' cannot be optional; expected 'more:#'"
        ),
        // Type parameters
        Mistake("a b:!X = A;", "1:5: error: constructor 'a' has the query '!X'; expected it in a function only"),
        Mistake(
            "a {X:Type} = A;",
            "1:4: error: constructor 'a' has the type parameter 'X'; expected none, since only functions wrap others"
        ),
        Mistake(
            "a = A;\n---functions---\nf q:!X = A;",
            "3:5: error: type parameter 'X' is not declared; expected '{X:Type}' behind the name 'f'"
        ),
        Mistake(
            "a = A;\n---functions---\nf {X:Type} = X;",
            "3:4: error: type parameter 'X' is never used; expected a field of type '!X'"
        ),
        Mistake(
            "a = A;\n---functions---\nf {X:Type} {X:Type} q:!X = X;",
            "3:13: error: type parameter 'X' is declared twice in 'f'; expected it once"
        ),
        Mistake(
            "a = A;\n---functions---\nf {X:Type} q:!X x:X = X;",
            "3:19: error: type parameter 'X' cannot be a value; expected '!X'"
        ),
        Mistake(
            "a = A;\n---functions---\nf {X:Type} q:!X = Vector<X>;",
            "3:26: error: type parameter 'X' cannot stand inside of a vector; expected a type"
        ),
        Mistake(
            "a = A;\n---functions---\nf {X:Type} q:!X qs:Vector<!X> = X;",
            "3:27: error: '!X' can only be the whole type of a field that is not optional; expected another type"
        ),
        Mistake(
            "a = A;\n---functions---\nf {X:Type} flags:# p:!X q:flags.0?!X = X;",
            "3:35: error: '!X' can only be the whole type of a field that is not optional; expected another type"
        ),
        // Results
        Mistake(
            "a = Vector<int>;",
            "1:5: error: 'Vector<int>' cannot be the type of constructor 'a'; "
                + "expected a plain type name that starts with an upper-case letter"
        ),
        Mistake(
            "a = lower;",
            "1:5: error: 'lower' cannot be the type of constructor 'a'; "
                + "expected a plain type name that starts with an upper-case letter"
        ),
        Mistake(
            "a = %A;",
            "1:5: error: '%A' cannot be the type of constructor 'a'; "
                + "expected a plain type name that starts with an upper-case letter"
        ),
        Mistake(
            "a = Ns.A;",
            "1:5: error: namespace 'Ns' of type 'Ns.A' is not one; expected a lower-case letter at its start"
        ),
    ]

    @Test(arguments: mistakes)
    func mistakeIsReportedWhereItIs(mistake: Mistake) {
        let checked = load(mistake.text)
        #expect(checked.diagnostics.map(withoutPath) == mistake.findings)
        #expect(checked.value == nil)
    }

    @Test func mistakesOfAllKindsAppearInOneRunInTheOrderOfTheText() {
        let text = """
            a b:Nowhere = A;
            a = A;
            c#1 = C;
            d flags:int e:flags.0?true = D;
            f g:!X = F;
            h = lower;
            """
        let kinds = load(text).diagnostics.filter { $0.severity == .error }.map { $0.location?.line }
        #expect(kinds == [1, 2, 3, 4, 5, 6])
    }

    @Test func everyFieldAfterTheSixtyFourthIsComparedToo() {
        let names = (0..<100).map { "f\($0):int" } + ["f99:int"]
        #expect(findings("a \(names.joined(separator: " ")) = A;").count == 2)
    }

    @Test func filesMustAgreeOnTheLayer() {
        let checked = Schema.load([
            SchemaSource(path: "one.tl", text: "// LAYER 1\na = A;"),
            SchemaSource(path: "two.tl", text: "// LAYER 2\nb = B;"),
        ])
        #expect(
            checked.diagnostics.map(\.description) == [
                "two.tl:1:10: error: layer 2 contradicts layer 1; all files of a schema have the same layer",
                "one.tl:1:10: note: layer 1 is declared here",
            ]
        )
    }

    @Test func findingsFollowTheOrderOfTheFiles() {
        let checked = Schema.load([
            SchemaSource(path: "z.tl", text: "a b:Missing = A;"), SchemaSource(path: "a.tl", text: "a = A;\nc d ="),
        ])
        #expect(
            checked.diagnostics.compactMap(\.location?.description) == ["z.tl:1:5", "a.tl:1:1", "z.tl:1:1", "a.tl:2:5"]
        )
    }
}
