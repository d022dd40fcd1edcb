import TLSchema
import Testing

@Suite struct SchemaSyntaxTests {
    private func parse(_ text: String) throws -> SchemaSyntax {
        let (syntax, diagnostics) = SchemaSyntax.parse(SchemaSource(path: "s.tl", text: text))
        try #require(diagnostics.isEmpty, "\(diagnostics)")
        return syntax
    }

    /// Spellings, and the usual one that each is printed in.
    static let spellings: [(written: String, usual: String)] = [
        ("a=A;", "a = A;"),
        ("a#1 = A;", "a#00000001 = A;"),
        ("a#ABCDEF12 = ns.A;", "a#abcdef12 = ns.A;"),
        ("ns.a#0 b:ns.B = A;", "ns.a#00000000 b:ns.B = A;"),
        ("a // b\n  b:int /* c\n d */ c:string\n\t= A ;", "a b:int c:string = A;"),
        ("a flags:# b:flags.0?int c:more.31?true = A;", "a flags:# b:flags.0?int c:more.31?true = A;"),
        ("a b:Vector<int> c:vector<%C> d:%Vector<long> = A;", "a b:Vector<int> c:vector<%C> d:%Vector<long> = A;"),
        ("a b:(Vector int) c:(vector %ns.C) = A;", "a b:Vector<int> c:vector<%ns.C> = A;"),
        ("a b:(%Vector (vector c)) c:%(Vector int) d:(int) = A;", "a b:%Vector<vector<c>> c:%Vector<int> d:int = A;"),
        ("a {X:Type} {y:Type} b:!X = y;", "a {X:Type} {y:Type} b:!X = y;"),
        ("a _:int _B9:int = A;", "a _:int _B9:int = A;"),
        ("int ? = Int;", "int ? = Int;"),
        ("bytes = Bytes;", "bytes = Bytes;"),
        ("int256 8*[ int ] = Int256;", "int256 8*[ int ] = Int256;"),
        ("int128 4 * [int] = Int128;", "int128 4*[ int ] = Int128;"),
        ("vector#1cb5c415{t:Type}#[t]=Vector t;", "vector#1cb5c415 {t:Type} # [ t ] = Vector<t>;"),
    ]

    @Test(arguments: spellings)
    func declarationIsReadFromEverySpelling(written: String, usual: String) throws {
        #expect(try parse(written).declarations.map(\.description) == [usual])
    }

    @Test func sectionsSayWhatADeclarationIs() throws {
        let text = "a = A;\n---functions---\nb = A; c = A;\n---types---\nd = A;\n--- functions ---\ne = A;"
        let kinds = try parse(text).declarations.map { "\($0.name) \($0.kind)" }
        #expect(kinds == ["a constructor", "b function", "c function", "d constructor", "e function"])
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func placesAreRightForEveryLineEnd(lineEnd: String) throws {
        let text = ["// \u{E9}", "a#12 x:flags.0?int", "  y:ns.T = ns.A; b = A;"].joined(separator: lineEnd)
        let declarations = try parse(text).declarations
        let first = try #require(declarations.first)
        #expect(first.location.description == "s.tl:2:1")
        #expect(first.numberLocation?.description == "s.tl:2:3")
        #expect(first.fields.map(\.location.description) == ["s.tl:2:6", "s.tl:3:3"])
        #expect(first.fields.first?.condition?.location.description == "s.tl:2:8")
        #expect(first.fields.map(\.type.location.description) == ["s.tl:2:16", "s.tl:3:5"])
        #expect(first.result.location.description == "s.tl:3:12")
        #expect(declarations.last?.location.description == "s.tl:3:18")
    }

    @Test func byteOrderMarkTakesNoColumn() throws {
        #expect(try parse("\u{FEFF}a = A;").declarations.first?.location.column == 1)
    }

    @Test func commentsForProgramsAreRead() throws {
        let text = """
            //LAYER 228
            // LAYERED is no directive, and 中文 is fine
            // Their number is not the CRC32 of the line: a, b.c (historical, with a comma), d.
            a = A;
            """
        let syntax = try parse(text)
        #expect(syntax.layer?.number == 228)
        #expect(syntax.layer?.location.description == "s.tl:1:9")
        #expect(syntax.knownNumbers.map(\.name.description) == ["a", "b.c", "d"])
        #expect(syntax.knownNumbers.map(\.reason) == [nil, "historical, with a comma", nil])
        #expect(syntax.knownNumbers.map(\.location.column) == [47, 50, 82])
    }

    @Test func syntaxOfTheDeclarationsBesideAMistakeIsThere() {
        let (syntax, diagnostics) = SchemaSyntax.parse(SchemaSource(path: "s.tl", text: "a = A;\nb c = B;\nd = D;"))
        #expect(syntax.declarations.map(\.name.name) == ["a", "d"])
        #expect(diagnostics.count == 1)
    }
}
