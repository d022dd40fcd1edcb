import TLSchema
import Testing

/// Whatever the bytes are, loading ends, does not crash, and gives a schema or a reason.
@Suite(.timeLimit(.minutes(10))) struct HostileInputTests {
    /// Small enough to be loaded thousands of times, with every feature of the language in it.
    static let sample = """
        // LAYER 7
        // Their number is not the CRC32 of the line: odd (for a reason).
        vector#1cb5c415 {t:Type} # [ t ] = Vector t; int ? = Int; boolTrue#997275b5 = Bool;
        odd#12 = Odd;
        leaf = ns.Tree; /* a
        comment */ ns.node flags:# left:ns.Tree right:%Odd
        more:flags.0?Vector<vector<int>> last:flags.31?true = ns.Tree;
        ---functions---
        wrap {X:Type} a:(Vector leaf) b:bytes query:!X = X; ask who:flags.X = Vector<Bool>;
        ---types---
        late a:int128 = Late;
        """

    private func check(_ bytes: [UInt8], _ comment: Comment) {
        let checked = Schema.load([SchemaSource(path: "s.tl", bytes: bytes)])
        let hasErrors = checked.diagnostics.contains { $0.severity == .error }
        #expect(hasErrors == (checked.value == nil), comment)
        #expect(checked.diagnostics.count <= 201, comment)
    }

    @Test(arguments: 0..<16 as Range<UInt64>)
    func randomBytesGiveAReason(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for round in 0..<100 {
            let bytes = (0..<Int.random(in: 0...300, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            check(bytes, "seed \(seed), round \(round)")
        }
    }

    @Test(arguments: 0..<16 as Range<UInt64>)
    func randomTokensGiveAReason(seed: UInt64) {
        let words = [
            "a", "b", "ns", "A", "int", "vector", "Vector", "flags", "true", "X", "Type", "0", "31", "ff", "\n", " ",
            ".", ":", ";", "#", "?", "=", "<", ">", "{", "}", "(", ")", "[", "]", "!", "%", "*", "-", "---functions---",
            "//", "/*", "*/", "// LAYER 1", "// Their number is not the CRC32 of the line: a", "\u{E9}", "a b:int = A;",
        ]
        var generator = SeededGenerator(seed: seed)
        for round in 0..<200 {
            let count = Int.random(in: 0...120, using: &generator)
            let text = (0..<count).map { _ in words.randomElement(using: &generator) ?? "" }.joined()
            check(Array(text.utf8), "seed \(seed), round \(round)")
        }
    }

    @Test(arguments: 0..<16 as Range<UInt64>)
    func changedSchemaGivesASchemaOrAReason(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let original = Array(Self.sample.utf8)
        for round in 0..<150 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...6, using: &generator) where !bytes.isEmpty {
                let position = Int.random(in: bytes.indices, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[position] = UInt8.random(in: 0x20...0x7E, using: &generator)
                case 1: bytes.remove(at: position)
                case 2: bytes.insert(original.randomElement(using: &generator) ?? 0, at: position)
                default:
                    let length = Int.random(in: 1...40, using: &generator)
                    bytes.insert(contentsOf: original.dropFirst(position).prefix(length), at: position / 2)
                }
            }
            check(bytes, "seed \(seed), round \(round)")
        }
    }

    @Test func everyPrefixOfASchemaGivesASchemaOrAReason() {
        let bytes = Array(Self.sample.utf8)
        for length in bytes.indices { check(Array(bytes.prefix(length)), "length \(length)") }
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func cutAndChangedRealSchemaGivesASchemaOrAReason(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var bytes = try SchemaFiles.repository("mtproto.tl").bytes
        bytes.removeLast(Int.random(in: 0..<bytes.count / 2, using: &generator))
        for _ in 0..<20 {
            bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        }
        check(bytes, "seed \(seed)")
    }

    /// Text that would take quadratic time or deep recursion in a careless reader.
    static let floods: [(name: String, unit: String, count: Int)] = [
        ("open brackets", "a b:Vector<", 20_000), ("open parentheses", "(", 100_000),
        ("percent signs", "a b:%", 20_000),
        ("one long word", "a", 400_000), ("open comments", "/*", 100_000), ("dashes", "---", 50_000),
        ("layers", "// LAYER 1\n", 20_000), ("layers in fields", "a//LAYER 1\n:b//LAYER 1\n.C ", 8_000),
        ("line starts", "a\n", 100_000), ("type parameters", "a {X:Type}", 20_000),
        ("braces", "{", 100_000), ("lines without end", "a b:c\n", 50_000), ("dots", "a.", 100_000),
    ]

    @Test(arguments: floods)
    func floodOfOneThingEndsSoon(name: String, unit: String, count: Int) {
        check(Array(String(repeating: unit, count: count).utf8), "\(name)")
    }

    @Test func manyConstructorsOfAnEndlessTypeEndSoon() {
        let lines = (0..<20_000).map { "a\($0) x:A y:A = A;" }
        check(Array(lines.joined(separator: "\n").utf8), "endless type")
    }

    @Test func longChainOfTypesEndsSoon() {
        let lines = (0..<20_000).map { "a\($0) x:A\($0 + 1) = A\($0);" } + ["a20000 = A20000;"]
        #expect(load(lines.joined(separator: "\n")).value?.types.count == 20_001)
    }
}
