import TLRuntime
import Testing

@Suite("Bytes that are not a value")
struct HostileBytesTests {
    @Test(arguments: SeededGenerator.seeds)
    func everyValueOfEachFieldRoundTrips(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let bytes = try Sample.random(using: &generator).encoded()
            #expect(try Sample(decoding: bytes).encoded() == bytes)
        }
    }

    @Test func everyStrictPrefixFails() throws {
        let bytes = try Sample().encoded()
        for count in 0..<bytes.count {
            #expect(throws: TLDecodingError.self, "the first \(count) bytes decoded") {
                try Sample(decoding: Array(bytes.prefix(count)))
            }
        }
    }

    @Test func everyStrictPrefixOfATreeFails() throws {
        let tree = Tree.tree(
            label: "root",
            children: [.leaf, .tree(label: "inner", children: [.leaf]), .path(levels: 9)]
        )
        let bytes = try tree.encoded()
        for count in 0..<bytes.count {
            #expect(throws: TLDecodingError.self) { try Tree(decoding: Array(bytes.prefix(count))) }
        }
    }

    @Test(arguments: [1, 3, 4, 100])
    func bytesAfterTheValueFail(_ count: Int) throws {
        let bytes = try Sample().encoded()
        #expect(throws: TLDecodingError.trailingBytes(count: count, offset: bytes.count)) {
            try Sample(decoding: bytes + [UInt8](repeating: 0, count: count))
        }
    }

    @Test func buffersDecodeLikeArrays() throws {
        let bytes = try Sample().encoded()
        let sample = try bytes.withUnsafeBytes { try Sample(decoding: $0) }
        #expect(try sample.encoded() == bytes)
        bytes.withUnsafeBytes { buffer in
            let short = UnsafeRawBufferPointer(rebasing: buffer.dropLast(4))
            #expect(throws: TLDecodingError.self) { try Sample(decoding: short) }
        }
    }

    /// Every outcome is right but a trap: what decodes must encode to a value that decodes again, and a failure lies
    /// inside.
    @Test(arguments: SeededGenerator.seeds)
    func damagedBytesFailOrDecode(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let sources = [try Sample().encoded(), try Tree.path(levels: 20).encoded(), try [["a", "bc"], []].encoded()]
        var failures = 0
        for round in 0..<6_000 {
            var bytes = sources[round % sources.count]
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                bytes[Int.random(in: bytes.indices, using: &generator)] = .random(in: .min ... .max, using: &generator)
            }
            failures += try outcome(Sample.self, bytes) + outcome(Tree.self, bytes) + outcome([[String]].self, bytes)
        }
        #expect(failures > 6_000)
    }

    @Test(arguments: SeededGenerator.seeds)
    func noiseFails(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for round in 0..<4_000 {
            let noise = generator.bytes(count: round % 97)
            #expect(try outcome(Sample.self, words(0x5a3b_1e00) + noise) <= 1)
            #expect(try outcome(Tree.self, words(0xa001) + noise) <= 1)
            #expect(try outcome([TLBytes].self, words(TLConstructorID.vector, 1) + noise) <= 1)
            #expect(try outcome([[Int64]].self, words(TLConstructorID.vector, 2, TLConstructorID.vector) + noise) <= 1)
        }
    }

    /// 1 for a failure, 0 for a value.
    private func outcome<Value: TLCodable>(_ type: Value.Type, _ bytes: [UInt8]) throws -> Int {
        let value: Value
        do throws(TLDecodingError) {
            value = try Value(decoding: bytes)
        } catch {
            #expect(error.offset >= 0 && error.offset <= bytes.count, "\(error) in \(bytes)")
            return 1
        }
        let again = try value.encoded()
        #expect(try Value(decoding: again).encoded() == again, "\(bytes)")
        return 0
    }
}
