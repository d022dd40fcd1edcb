import Testing

@testable import TLSchema

@Suite struct ValueSamplerTests {
    @Test(arguments: ["api.tl", "mtproto.tl"]) func decoderReadsEverySampleOfEveryCombinator(name: String) throws {
        let schema = try #require(Schema.load([try SchemaFiles.repository(name)]).value)
        let decoder = ValueDecoder(schemas: [schema])
        for seed in 1...3 {
            var sampler = ValueSampler(schema: schema, seed: UInt64(seed))
            for combinator in schema.constructors + schema.functions {
                let bytes = sampler.bytes(of: combinator, depth: seed)
                let result = try decoder.decode(bytes)
                let isSame = result.trailingCount == 0 && ValueEncoder.bytes(of: result.value) == bytes
                #expect(isSame, "\(combinator.name), seed \(seed)")
            }
        }
    }

    @Test func everyResultTypeCanBeSampled() throws {
        let api = try #require(RepositorySchemas.api)
        let decoder = ValueDecoder(schemas: [api])
        var sampler = ValueSampler(schema: api, seed: 7)
        for function in api.functions where function.typeParameters.isEmpty {
            let bytes = sampler.bytes(of: function.result, depth: 2)
            let result = try decoder.decode(bytes, as: function.result)
            #expect(result.trailingCount == 0, "\(function.name)")
        }
    }

    @Test func everyPrefixOfASampleFailsCleanly() throws {
        let api = try #require(RepositorySchemas.api)
        let decoder = ValueDecoder(schemas: [api])
        var sampler = ValueSampler(schema: api, seed: 11)
        for combinator in api.constructors.prefix(200) {
            let bytes = sampler.bytes(of: combinator, depth: 0)
            for count in 0..<bytes.count {
                #expect(throws: ValueDecodingError.self, "\(combinator.name), \(count) bytes") {
                    try decoder.decode(Array(bytes.prefix(count)))
                }
            }
        }
    }

    @Test func damagedSamplesAreReadOrRefusedButNeverCrash() throws {
        let api = try #require(RepositorySchemas.api)
        let decoder = ValueDecoder(schemas: [api])
        var sampler = ValueSampler(schema: api, seed: 13)
        var random = SeededRandom(seed: 13)
        var refused = 0
        for combinator in api.constructors {
            var bytes = sampler.bytes(of: combinator, depth: 1)
            for _ in 0..<4 { bytes[random.below(bytes.count)] = UInt8(truncatingIfNeeded: random.next()) }
            do {
                let result = try decoder.decode(bytes)
                #expect(result.trailingCount < bytes.count)
            } catch {
                #expect(error.offset <= bytes.count)
                refused += 1
            }
        }
        #expect(refused > 0)
    }

    @Test func seedDecidesEverything() throws {
        let api = try #require(RepositorySchemas.api)
        let message = try #require(api.constructor(named: QualifiedName("message")))
        func sample(_ seed: UInt64) -> [UInt8] {
            var sampler = ValueSampler(schema: api, seed: seed)
            return sampler.bytes(of: message) + sampler.bytes(of: message)
        }
        #expect(sample(1) == sample(1))
        #expect(sample(1) != sample(2))
    }

    @Test func generatorIsSplitMix64() {
        var random = SeededRandom(seed: 0)
        #expect(random.next() == 0xE220_A839_7B1D_CDAF)
        #expect(random.next() == 0x6E78_9E6A_A1B9_65F4)
    }

    @Test func samplesStaySmall() throws {
        let api = try #require(RepositorySchemas.api)
        var sampler = ValueSampler(schema: api, seed: 17)
        for name in ["message", "updates", "user", "pageBlockTable", "help.premiumPromo"] {
            let combinator = try #require(api.constructor(named: QualifiedName(name)))
            for _ in 0..<20 {
                #expect(sampler.bytes(of: combinator, depth: 6).count < 16 * ValueSampler.comfortableSize, "\(name)")
            }
        }
    }

    @Test func fieldsThatShareABitComeTogetherAndUnusedBitsStayZero() throws {
        let text = "a flags:# x:flags.3?int y:flags.3?long z:flags.3?true n:flags.9?int = A;"
        let schema = try #require(Schema.load([SchemaSource(path: "x.tl", text: text)]).value)
        let constructor = try #require(schema.constructors.first)
        let decoder = ValueDecoder(schemas: [schema])
        var sampler = ValueSampler(schema: schema, seed: 19)
        var seen: Set<UInt32> = []
        for _ in 0..<200 {
            guard case .object(let object) = try decoder.decode(sampler.bytes(of: constructor)).value,
                case .flags(let word)? = object["flags"]
            else { continue }
            seen.insert(word)
            #expect((object["x"] == nil) == (object["y"] == nil))
            #expect((object["x"] == nil) == (object["z"] == nil))
        }
        let possible: Set<UInt32> = [0, 0x008, 0x200, 0x208]
        #expect(seen == possible)
    }

    @Test func recursionIsSteeredToTheShallowestConstructor() throws {
        let text =
            "node#1 left:Tree right:Tree = Tree;\nwrapped leaf:Leaf = Tree;\nleaf = Leaf;\nnone tree:Tree = Leaf;"
        let known = SchemaOptions(knownNumbers: [QualifiedName("node")])
        let schema = try #require(Schema.load([SchemaSource(path: "x.tl", text: text)], options: known).value)
        let decoder = ValueDecoder(schemas: [schema])
        var sampler = ValueSampler(schema: schema, seed: 23)
        let shallow = sampler.bytes(of: .boxed(QualifiedName("Tree")), depth: 0)
        #expect(
            TLValuePrinter().text(of: try decoder.decode(shallow).value).split(separator: "\n").map { $0.prefix(8) }
                == ["wrapped#", "  leaf: "]
        )
        for _ in 0..<200 { _ = try decoder.decode(sampler.bytes(of: .boxed(QualifiedName("Tree")), depth: 8)) }
    }

    @Test func belowTheDepthOptionalObjectsAreAbsentAndVectorsEmpty() throws {
        let text = "a flags:# b:flags.0?B v:flags.1?Vector<int> n:flags.2?int t:flags.3?true w:Vector<B> = A;\nb = B;"
        let schema = try #require(Schema.load([SchemaSource(path: "x.tl", text: text)]).value)
        let decoder = ValueDecoder(schemas: [schema])
        var sampler = ValueSampler(schema: schema, seed: 37)
        var words: Set<UInt32> = []
        for _ in 0..<200 {
            let bytes = sampler.bytes(of: .boxed(QualifiedName("A")), depth: 0)
            guard case .object(let object) = try decoder.decode(bytes).value,
                case .flags(let word)? = object["flags"], case .vector(let elements, _)? = object["w"]
            else { continue }
            words.insert(word)
            #expect(elements.isEmpty)
        }
        let possible: Set<UInt32> = [0, 0b0100, 0b1000, 0b1100]
        #expect(words == possible)
    }

    @Test func belowTheDepthAWrapperHoldsTheShallowestFunction() throws {
        let text = """
            flat = Flat;
            deep flat:Flat = Deep;
            ---functions---
            wrap {X:Type} query:!X = X;
            asksDeep deep:Deep flat:Flat = Flat;
            asksFlat flat:Flat = Flat;
            """
        let schema = try #require(Schema.load([SchemaSource(path: "x.tl", text: text)]).value)
        var sampler = ValueSampler(schema: schema, seed: 41)
        let wrapper = try #require(schema.functions.first)
        let bytes = sampler.bytes(of: wrapper, depth: 0)
        guard case .object(let object) = try ValueDecoder(schemas: [schema]).decode(bytes).value,
            case .object(let query)? = object["query"]
        else {
            Issue.record("expected a wrapper that holds a function")
            return
        }
        #expect(query.combinator.name == QualifiedName("asksFlat"))
    }

    @Test func wrapperWithoutAnyOtherFunctionEnds() throws {
        let text = "a = A;\n---functions---\nwrap {X:Type} query:!X = X;"
        let schema = try #require(Schema.load([SchemaSource(path: "x.tl", text: text)]).value)
        var sampler = ValueSampler(schema: schema, seed: 29)
        let wrapper = try #require(schema.functions.first)
        #expect(sampler.bytes(of: wrapper, depth: 3).count == 12)
    }

    @Test func stringsAreUTF8OfAllInterestingLengths() throws {
        let api = try #require(RepositorySchemas.api)
        var sampler = ValueSampler(schema: api, seed: 31)
        let decoder = ValueDecoder(schemas: [api])
        var lengths: Set<Int> = []
        for _ in 0..<2000 {
            guard case .string(let content) = try decoder.decode(sampler.bytes(of: .string), as: .string).value else {
                continue
            }
            lengths.insert(content.count)
            #expect(String(validating: content, as: UTF8.self) != nil)
        }
        #expect(lengths.isSuperset(of: [0, 1, 253, 254, 255]))
        #expect((lengths.max() ?? 0) > 1000)
    }
}
