import TLSchema
import Testing

@Suite struct ResolvedSchemaTests {
    private func schema(_ text: String) throws -> Schema {
        let checked = load(text)
        try #require(checked.diagnostics.isEmpty, "\(checked.diagnostics)")
        return try #require(checked.value)
    }

    static let types: [(written: String, meaning: TypeReference)] = [
        ("int", .int), ("long", .long), ("double", .double), ("string", .string), ("bytes", .bytes),
        ("int128", .int128), ("int256", .int256), ("Bool", .bool),
        ("Leaf", .boxed(QualifiedName("Leaf"))), ("leaf", .bare(QualifiedName("leaf"))),
        ("%Leaf", .bare(QualifiedName("leaf"))), ("ns.Tree", .boxed(QualifiedName("ns.Tree"))),
        ("ns.node", .bare(QualifiedName("ns.node"))), ("%ns.Single", .bare(QualifiedName("ns.single"))),
        ("Vector<int>", .vector(.int, isBoxed: true)), ("vector<int>", .vector(.int, isBoxed: false)),
        ("%Vector<int>", .vector(.int, isBoxed: false)), ("(Vector int)", .vector(.int, isBoxed: true)),
        ("%(Vector Leaf)", .vector(.boxed(QualifiedName("Leaf")), isBoxed: false)),
        ("Vector<vector<%Leaf>>", .vector(.vector(.bare(QualifiedName("leaf")), isBoxed: false), isBoxed: true)),
    ]

    @Test(arguments: types)
    func typeMeansTheSameInFieldsAndResults(written: String, meaning: TypeReference) throws {
        let text = """
            leaf = Leaf; ns.node = ns.Tree; ns.empty = ns.Tree; ns.single = ns.Single;
            a flags:# b:\(written) c:flags.3?\(written) = A;
            ---functions---
            f x:\(written) = \(written);
            """
        let schema = try schema(text)
        let fields = try #require(schema.constructor(named: QualifiedName("a"))).fields
        #expect(
            fields.map(\.content) == [
                .flags, .value(meaning, when: nil), .value(meaning, when: FlagBit(word: "flags", bit: 3)),
            ]
        )
        let function = try #require(schema.functions.first)
        #expect(function.result == meaning)
        #expect(function.fields.map(\.type) == [meaning])
    }

    @Test func presenceBitsMayUseAnyWordAndShareABit() throws {
        let schema = try schema("a flags:# b:flags.0?true c:flags.0?int more:# d:more.31?true = A;")
        let fields = try #require(schema.constructors.first).fields
        #expect(
            fields.map(\.content) == [
                .flags, .presence(FlagBit(word: "flags", bit: 0)), .value(.int, when: FlagBit(word: "flags", bit: 0)),
                .flags, .presence(FlagBit(word: "more", bit: 31)),
            ]
        )
        #expect(fields.map(\.name) == ["flags", "b", "c", "more", "d"])
    }

    @Test func wrapperIsGenericOverItsQuery() throws {
        let schema = try schema("---functions---\nwrap {X:Type} layer:int query:!X = X;")
        let function = try #require(schema.functions.first)
        #expect(function.typeParameters == ["X"])
        #expect(function.fields.last?.content == .value(.generic("X"), when: nil))
        #expect(function.result == .generic("X"))
    }

    @Test func typesStandInTheOrderOfTheirFirstConstructor() throws {
        let schema = try schema("b = B; a1 = A; c = ns.C; a2 = A;")
        #expect(schema.types.map(\.name.description) == ["B", "A", "ns.C"])
        #expect(schema.types[1].constructors.map(\.name.name) == ["a1", "a2"])
        #expect(schema.types[1].constructors.map(\.result) == [.boxed(QualifiedName("A")), .boxed(QualifiedName("A"))])
        #expect(schema.type(named: QualifiedName("ns.C"))?.constructors.count == 1)
    }

    @Test func constructorMayHaveAnotherNamespaceThanItsType() throws {
        #expect(try schema("x.a = y.A;").types.first?.name == QualifiedName("y.A"))
    }

    @Test func functionMayHaveTheNameOfAConstructor() throws {
        let schema = try schema("a b:int = A;\n---functions---\na = A;")
        #expect(schema.constructors.count + schema.functions.count == 2)
    }

    @Test func filesFormOneSchema() throws {
        let sources = [
            SchemaSource(path: "one.tl", text: "// LAYER 7\nvector#1cb5c415 {t:Type} # [ t ] = Vector t;\na b:B = A;"),
            SchemaSource(path: "two.tl", text: "// LAYER 7\nvector {t:Type} # [ t ] = Vector t;\nb c:vector<a> = B;"),
        ]
        let checked = Schema.load(sources)
        let schema = try #require(checked.value, "\(checked.diagnostics)")
        #expect(schema.layer == 7)
        #expect(schema.constructors.map(\.location.path) == ["one.tl", "two.tl"])
        #expect(schema.builtInConstructors.map(\.numberText) == ["1cb5c415"])
    }

    @Test func builtInDeclarationsAreKnownButNoTypes() throws {
        let text = """
            int ? = Int; long ? = Long; double ? = Double; string ? = String; bytes = Bytes;
            int128 4*[ int ] = Int128; int256 8*[ int ] = Int256;
            vector#1cb5c415 {t:Type} # [ t ] = Vector t;
            true#3fedd339 = True; null#56730bcc = Null; boolFalse#bc799737 = Bool; boolTrue = Bool;
            a = A;
            """
        let schema = try schema(text)
        #expect(schema.types.map(\.name.name) == ["A"])
        let lines = schema.builtInConstructors.map { "\($0.name)#\($0.numberText)" }
        #expect(
            lines == ["vector#1cb5c415", "true#3fedd339", "null#56730bcc", "boolFalse#bc799737", "boolTrue#997275b5"]
        )
        #expect(schema.builtInConstructors.last?.result == .bool)
        #expect(schema.builtInConstructors.first?.result == .boxed(QualifiedName("Vector")))
    }

    @Test func schemaOfBuiltInTypesAloneHasNoTypes() throws {
        #expect(try schema("int ? = Int;").types.isEmpty)
    }
}
