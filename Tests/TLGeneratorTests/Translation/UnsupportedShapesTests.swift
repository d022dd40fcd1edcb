import Testing

@testable import TLGenerator

@Suite struct UnsupportedShapesTests {
    @Test(arguments: [
        (
            "a = A;\nb x:%A = B;",
            "s.tl:2:3: error: the field 'x' holds 'a' without its number, but 'a' has no fields with values; "
                + "expected the boxed type"
        ),
        (
            "a = A; aa x:int = A;\n---functions---\nb\ny:Vector<a> = Bool;",
            "s.tl:4:1: error: the field 'y' holds 'a' without its number, but 'a' has no fields with values; "
                + "expected the boxed type"
        ),
        (
            "a flags:# = A; aa x:int = A;\nb x:vector<vector<a>> = B;",
            "s.tl:2:3: error: the field 'x' holds 'a' without its number, but 'a' has no fields with values; "
                + "expected the boxed type"
        ),
        (
            "---functions---\nf = vector<int>;",
            "s.tl:2:1: error: the answer of 'f' is 'vector<int>', which has no number; "
                + "expected a boxed type or a 'Vector' of them"
        ),
        (
            "a x:int = A;\n---functions---\n f = %A;",
            "s.tl:3:2: error: the answer of 'f' is 'a', which has no number; "
                + "expected a boxed type or a 'Vector' of them"
        ),
        (
            "a x:int = A;\n---functions---\nf = Vector<a>;",
            "s.tl:3:1: error: the answer of 'f' is 'Vector<a>', which has no number; "
                + "expected a boxed type or a 'Vector' of them"
        ),
        (
            "---functions---\nf {X:Type} a:!X b:!X = X;",
            "s.tl:2:17: error: 'f' wraps 2 queries; expected at most one field of a type like '!X'"
        ),
        (
            "---functions---\nf {X:Type} {Y:Type} a:!X b:!Y = Y;",
            "s.tl:2:26: error: 'f' wraps 2 queries; expected at most one field of a type like '!X'"
        ),
        (
            "// Their number is not the CRC32 of the line: a.\na#0 x:int = A;",
            "s.tl:2:1: error: 'a' has the number 00000000; expected another one"
        ),
    ])
    func shapeWithoutASwiftFormIsRefusedAtItsPlace(schema: String, finding: String) {
        let run = PipelineRun(schema)
        #expect(run.findings == [finding])
        #expect(run.isRefused)
    }

    @Test func anErrorCanHaveOneNumber() {
        let errors = """
            {"A_%d_%d": {"codes": [400], "parameters": [{"name": "x", "unit": "id"}, {"name": "y", "unit": "id"}]}}
            """
        #expect(
            PipelineRun("a = A;", Sample.Tables(errors: errors)).findings
                == ["errors.json:1:2: error: the error 'A_%d_%d' has 2 numbers; expected at most one '%d'"]
        )
    }

    @Test(arguments: [
        "a flags:# = A; b x:%A y:vector<%A> = B;",
        "a x:int = A; aa = A; b x:a = B;",
        "---functions---\nf = Vector<Vector<bytes>>;",
        "---functions---\nf {X:Type} a:!X = Bool;",
    ])
    func similarShapesAreFine(schema: String) {
        #expect(PipelineRun(schema).findings.isEmpty)
    }
}
