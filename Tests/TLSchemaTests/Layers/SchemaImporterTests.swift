import TLSchema
import Testing

@Suite struct SchemaImporterTests {
    private func normalise(
        _ text: String,
        layer: Int? = nil,
        options: SchemaOptions = SchemaOptions()
    ) -> Checked<String> {
        SchemaImporter.normalise(SchemaSource(path: "x.tl", text: text), layer: layer, options: options)
    }

    private let raw = """
        // A file in the wild.
        // Note: Kept as it is.
        int ? = Int;
        vector#1cb5c415 {t:Type} # [ t ] = Vector t;
        boolFalse#bc799737 = Bool; boolTrue#997275b5 = Bool;

        /* people */
        zebra.b = zebra.B;
        userB#1  id:int
            tags:(Vector string) = User;
        userA flags:# bot:flags.0?true = User;
        Akin#a5b3c4d = kin; // dropped
        ---functions---
        users.get id:vector<int> = User;
        ---types---
        inputUser = InputUser;
        ---functions---
        getAll = Vector<User>;
        // LAYER 9
        """

    private let options = SchemaOptions(knownNumbers: [QualifiedName("userB")])

    @Test func wildSpellingComesOutNormalised() {
        let source = raw.replacing("Akin#a5b3c4d = kin; // dropped\n", with: "")
        let result = normalise(source, options: options)
        #expect(lines(result.diagnostics).isEmpty)
        #expect(
            result.value == """
                // Telegram API, layer 9: 6 constructors of 4 types, 2 methods.
                // Ordered by namespace and result type. Constructor numbers carry eight hex digits.
                // Note: Kept as it is.
                // Their number is not the CRC32 of the line: userB.

                // root namespace
                boolFalse#bc799737 = Bool;
                boolTrue#997275b5 = Bool;
                inputUser#2f1cd9e2 = InputUser;
                userA#cac428c7 flags:# bot:flags.0?true = User;
                userB#00000001 id:int tags:Vector<string> = User;

                // zebra
                zebra.b#967b846a = zebra.B;

                ---functions---

                // root namespace
                getAll#9c1a48b4 = Vector<User>;

                // users
                users.get#efd01adc id:vector<int> = User;

                // LAYER 9

                """
        )
    }

    @Test func errorsOfTheSchemaProduceNothing() {
        let result = normalise(raw, options: options)
        #expect(result.value == nil)
        #expect(!result.diagnostics.isEmpty)
    }

    @Test func importingTheResultChangesNothing() throws {
        let source = raw.replacing("Akin#a5b3c4d = kin; // dropped\n", with: "")
        let once = try #require(normalise(source, options: options).value)
        #expect(normalise(once).value == once)
    }

    @Test(arguments: ["api.tl", "mtproto.tl"]) func filesOfTheRepositoryAreNormalised(name: String) throws {
        let source = try SchemaFiles.repository(name)
        #expect(SchemaImporter.normalise(source).value == String(decoding: source.bytes, as: UTF8.self))
    }

    @Test func orderOfTheInputDoesNotMatter() throws {
        let source = try SchemaFiles.repository("api.tl")
        let text = String(decoding: source.bytes, as: UTF8.self)
        var lines = text.split(separator: "\n")
        let section = try #require(lines.firstIndex(of: "---functions---"))
        lines[..<section].reverse()
        lines[(section + 1)...].reverse()
        #expect(normalise(lines.joined(separator: "\r\n")).value == text)
    }

    @Test func reasonsOfKnownNumbersAreKept() throws {
        let text = "// Their number is not the CRC32 of the line: a (older spelling).\na#1 = A;"
        let result = try #require(normalise(text).value)
        #expect(result.contains("// Their number is not the CRC32 of the line: a (older spelling).\n"))
    }

    @Test func knownNumberThatIsTheCRC32IsNoLongerListed() throws {
        let number = CanonicalLine.number(of: "a = A")
        let text = "// Their number is not the CRC32 of the line: a.\na#\(hexNumber(number)) = A;"
        let result = try #require(normalise(text).value)
        #expect(!result.contains("Their number"))
    }

    @Test func givenLayerFillsInOrMustAgree() throws {
        #expect(try #require(normalise("a = A;", layer: 7).value).hasSuffix("// LAYER 7\n"))
        #expect(try #require(normalise("a = A;\n// LAYER 7", layer: 7).value).hasSuffix("// LAYER 7\n"))
        #expect(
            lines(normalise("a = A;\n// LAYER 7", layer: 8).diagnostics) == [
                "x.tl:1:1: error: this schema is of layer 7, expected layer 8"
            ]
        )
    }

    @Test func schemaWithoutLayerOrMethodsEndsWithItsTypes() {
        #expect(
            normalise("a = A;").value == """
                // TL schema: 1 constructors of 1 types, 0 methods.
                // Ordered by namespace and result type. Constructor numbers carry eight hex digits.

                // root namespace
                a#\(hexNumber(CanonicalLine.number(of: "a = A"))) = A;

                """
        )
    }

    @Test func schemaOfScalarsAloneHasNothingToImport() {
        let checked = normalise("int ? = Int;\nvector#1cb5c415 {t:Type} # [ t ] = Vector t;")
        #expect(checked.value == nil)
        #expect(
            checked.diagnostics.map(\.description) == [
                "x.tl:1:1: error: schema declares nothing but scalars and 'vector'; expected a declaration to import"
            ]
        )
    }
}
