import TLRuntime
import Testing

@Suite("TLDecodingError")
struct TLDecodingErrorTests {
    private static let table: [(TLDecodingError, Int, String)] = [
        (
            .unexpectedEnd(needed: 8, left: 3, offset: 16), 16,
            "the bytes end too early at offset 16: 8 more needed, 3 left"
        ),
        (
            .unknownConstructor(id: 0xab, expected: "User", offset: 4), 4,
            "unknown constructor 0x000000ab at offset 4, where a value of type 'User' was expected"
        ),
        (
            .invalidCount(count: 9, left: 12, offset: 8), 8,
            "a vector at offset 8 announces 9 elements, more than the 12 bytes after it can hold"
        ),
        (
            .invalidCount(count: -1, left: 12, offset: 8), 8,
            "a vector at offset 8 announces -1 elements, which is fewer than none"
        ),
        (.tooDeep(limit: 128, offset: 2048), 2048, "values are nested deeper than 128 levels at offset 2048"),
        (.trailingBytes(count: 1, offset: 20), 20, "the value ends at offset 20, but the bytes go on: 1 left"),
    ]

    @Test(arguments: table)
    func saysWhatHappenedAndWhere(_ error: TLDecodingError, _ offset: Int, _ sentence: String) {
        #expect(error.description == sentence)
        #expect("\(error)" == sentence)
        #expect(error.offset == offset)
    }

    @Test(
        arguments: [(0, "0x00000000"), (0xFFFF_FFFF, "0xffffffff"), (0x1cb5_c415, "0x1cb5c415")] as [(UInt32, String)]
    )
    func numbersHaveEightDigits(_ number: UInt32, _ text: String) {
        #expect("\(TLDecodingError.unknownConstructor(id: number, expected: "X", offset: 0))".contains(" \(text) "))
    }

    @Test func innerProblemKeepsTheOffsetFromTheStart() throws {
        var bytes = try Tree.tree(label: "abc", children: [.leaf, .leaf]).encoded()
        bytes[bytes.count - 4] = 0x77
        #expect(throws: TLDecodingError.unknownConstructor(id: 0xa077, expected: "Tree", offset: bytes.count - 4)) {
            try Tree(decoding: bytes)
        }
    }
}
