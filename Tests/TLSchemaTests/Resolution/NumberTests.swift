import TLSchema
import Testing

@Suite struct NumberTests {
    @Test func missingNumberIsTheChecksumOfTheLine() throws {
        let schema = try #require(load("---functions---\nping ping_id:long = Bool;").value)
        let function = try #require(schema.functions.first)
        #expect(function.canonicalLine == "ping ping_id:long = Bool")
        #expect(function.number == CanonicalLine.number(of: "ping ping_id:long = Bool"))
    }

    @Test func wrongNumberIsReportedWithBothValuesAndTheLine() {
        #expect(
            findings("pong#347773c6 msg_id:long ping_id:long = Pong;") == [
                "1:6: error: number of 'pong' is 347773c6, but the CRC32 of its line is 347773c5: "
                    + "'pong msg_id:long ping_id:long = Pong'; "
                    + "correct the line or the number, or list the name as a known number"
            ]
        )
    }

    @Test func namesInTheHeadOrTheOptionsMayHaveAnyNumber() throws {
        let text = "// Their number is not the CRC32 of the line: a (historical).\na#1 = A; b#2 = B;"
        let options = SchemaOptions(knownNumbers: [QualifiedName("b"), QualifiedName("absent")])
        let checked = load(text, options: options)
        #expect(checked.diagnostics.isEmpty)
        #expect(try #require(checked.value).constructors.map(\.number) == [1, 2])
        #expect(findings(text).count == 1)
    }

    @Test func listedNameWithoutNeedIsAWarning() throws {
        let checked = load("// Their number is not the CRC32 of the line: a, gone.\na = A;")
        #expect(
            checked.diagnostics.map(withoutPath) == [
                "1:47: warning: 'a' is listed as a known number, but its number is the CRC32 of its line; "
                    + "remove it from the list",
                "1:50: warning: 'gone' is listed as a known number, but it is not declared; remove it from the list",
            ]
        )
        #expect(checked.value != nil)
    }

    @Test func duplicateNumberNamesBothPlaces() {
        let text = "// Their number is not the CRC32 of the line: a, b.\na#12 = A;\n---functions---\nb#12 = A;"
        #expect(
            findings(text) == [
                "4:3: error: number 00000012 of 'b' belongs to 'a' already; expected a number of its own",
                "2:1: note: 'a' is declared here",
            ]
        )
    }

    @Test func numberOfABuiltInConstructorIsTaken() {
        let text = "// Their number is not the CRC32 of the line: a.\nboolTrue#997275b5 = Bool;\na#997275b5 = A;"
        #expect(
            findings(text) == [
                "3:3: error: number 997275b5 of 'a' belongs to 'boolTrue' already; expected a number of its own",
                "2:1: note: 'boolTrue' is declared here",
            ]
        )
    }

    @Test func listedFunctionMayBeASecondFormOfAnother() throws {
        let wrapper = "wrap {X:Type} token:string query:!X = X;"
        let number = hexNumber(CanonicalLine.number(of: "wrap X:Type token:string query:!X = X"))
        let prefix = "wrapPrefix#\(number) token:string = Bool;"
        let head = "// Their number is not the CRC32 of the line: wrapPrefix.\n---functions---\n"
        for text in ["\(head)\(wrapper)\n\(prefix)", "\(head)\(prefix)\n\(wrapper)"] {
            #expect(findings(text).isEmpty)
        }
        #expect(findings("---functions---\n\(wrapper)\n\(prefix)").count == 3)
    }
}
