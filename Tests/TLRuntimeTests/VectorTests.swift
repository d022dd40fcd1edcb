import TLRuntime
import Testing

@Suite("Vectors")
struct VectorTests {
    @Test func boxedVectorStartsWithItsNumber() throws {
        #expect(try [Int32(5), 6].encoded() == words(TLConstructorID.vector, 2, 5, 6))
        #expect(try written { $0.vectorOfInt([5, 6]) } == words(TLConstructorID.vector, 2, 5, 6))
        #expect(try written { $0.vectorOfLong([5]) } == words(TLConstructorID.vector, 1, 5, 0))
    }

    @Test func bareVectorStartsWithItsCount() throws {
        #expect(try written { $0.bareVector([Int32(5), 6]) } == words(2, 5, 6))
        #expect(try read(words(2, 5, 6)) { $0.bareVector(of: Int32.self) } == [5, 6])
    }

    @Test func emptyVectorsRoundTrip() throws {
        let empty = words(TLConstructorID.vector, 0)
        #expect(try [String]().encoded() == empty)
        #expect(try [String](decoding: empty).isEmpty)
        #expect(try read(empty) { $0.vectorOfInt() }.isEmpty)
        #expect(try read(empty) { $0.vectorOfLong() }.isEmpty)
        #expect(try written { $0.vectorOfLong([]) } == empty)
    }

    @Test func copiedVectorsEqualThoseReadOneByOne() throws {
        let ints: [Int32] = [1, -1, .min, .max]
        let longs: [Int64] = [1, -1, .min, .max]
        #expect(try written { $0.vectorOfInt(ints) } == ints.encoded())
        #expect(try written { $0.vectorOfLong(longs) } == longs.encoded())
        #expect(try read(try ints.encoded()) { $0.vectorOfInt() } == ints)
        #expect(try read(try longs.encoded()) { $0.vectorOfLong() } == longs)
    }

    @Test func elementsOfEveryKindRoundTrip() throws {
        let flags = [true, false]
        #expect(try [Bool](decoding: flags.encoded()) == flags)
        let texts = ["", "abc", String(repeating: "é", count: 200)]
        #expect(try [String](decoding: texts.encoded()) == texts)
        let nested: [[[Int64]]] = [[[1, 2], []], [], [[3]]]
        #expect(try [[[Int64]]](decoding: nested.encoded()) == nested)
        let parts: [[UInt8]] = [[], [1], [2, 3, 4, 5]]
        let encoded = try written { $0.vector(parts) { $1.bytes($0) } }
        #expect(try read(encoded) { $0.vector { $0.bytes() } } == parts)
        #expect(try [TLBytes](decoding: encoded).map(\.bytes) == parts)
    }

    @Test func anotherNumberIsNoVector() {
        #expect(throws: TLDecodingError.unknownConstructor(id: 1, expected: "Vector", offset: 0)) {
            try [Int32](decoding: words(1, 0))
        }
    }

    @Test(arguments: [(-1, 4), (Int32.min, 4), (2, 4), (Int32.max, 4), (1, 0)])
    func countsThatCannotBeTrueFail(_ count: Int32, _ left: Int) {
        let bytes = words(TLConstructorID.vector, UInt32(bitPattern: count)) + [UInt8](repeating: 0, count: left)
        let expected = TLDecodingError.invalidCount(count: Int(count), left: left, offset: 4)
        #expect(throws: expected) { try [String](decoding: bytes) }
        #expect(readingError(bytes) { $0.vectorOfInt() } == expected)
        #expect(readingError(bytes) { $0.vectorOfLong() } == expected)
        #expect(readingError(Array(bytes.dropFirst(4))) { $0.bareVector { $0.int() } }?.offset == 0)
    }

    @Test func longsNeedEightBytesEach() {
        let bytes = words(TLConstructorID.vector, 2, 1, 0, 2)
        #expect(readingError(bytes) { $0.vectorOfLong() } == .invalidCount(count: 2, left: 12, offset: 4))
        #expect(throws: TLDecodingError.unexpectedEnd(needed: 8, left: 4, offset: 16)) { try [Int64](decoding: bytes) }
    }

    @Test func elementThatFailsLeavesNothing() throws {
        let bytes = words(TLConstructorID.vector, 2, TLConstructorID.boolTrue, 7)
        var values: [Bool]?
        let error = readingError(bytes) { values = $0.vector(of: Bool.self) }
        #expect(error == .unknownConstructor(id: 7, expected: "Bool", offset: 12))
        #expect(values == [])
    }

    @Test func countBeyondAnIntCannotBeWritten() {
        let count = Int(Int32.max) + 1
        #expect(writingError { $0.vectorCount(count) } == .tooManyElements(count: count))
        #expect(writingError { $0.vectorCount(count - 1) } == nil)
    }

    @Test(arguments: SeededGenerator.seeds)
    func randomVectorsRoundTrip(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let longs = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                Int64.random(in: .min ... .max, using: &generator)
            }
            let rows = longs.map { generator.bytes(count: Int(UInt8(truncatingIfNeeded: $0))).map { Int32($0) } }
            #expect(try [Int64](decoding: longs.encoded()) == longs)
            #expect(try read(try longs.encoded()) { $0.vectorOfLong() } == longs)
            #expect(try [[Int32]](decoding: rows.encoded()) == rows)
        }
    }
}
